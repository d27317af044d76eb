using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Wall;

/// <summary>The faces that hang on the wall at the door, which are nobody's: kept, listed and forgotten.</summary>
/// <param name="storage">Where they are kept.</param>
public sealed class WallService(IWallStorage storage)
{
    /// <summary>More faces hang before no door; each costs a comparison with every face that is seen.</summary>
    public const int MostPictures = 50;

    /// <summary>All of them, in the order in which they were learnt.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    public WallPictures Read()
    {
        try
        {
            return storage.Read() is { } text ? WallPicturesJson.Read(text) : WallPictures.None;
        }
        catch (FormatException error)
        {
            throw new DoorbellException(ErrorKind.UnusableInput,
                $"{storage.Place} is no list of faces on the wall: {error.Message} Delete it, and have the wall learnt again.",
                cause: error);
        }
    }

    /// <summary>Learns faces; one that hangs where a face was learnt before takes its place.</summary>
    /// <exception cref="DoorbellException">There are too many, or they cannot be kept.</exception>
    public void Learn(IReadOnlyList<WallPicture> found)
    {
        List<WallPicture> kept = [.. Read().Pictures.Where(known => !found.Any(known.Is)), .. found];
        if (kept.Count > MostPictures)
            throw new DoorbellException(ErrorKind.Refused,
                $"{kept.Count} faces on the wall are more than {MostPictures}. Take some down, or turn the camera.");
        storage.Write(WallPicturesJson.Write(new WallPictures(kept)));
    }

    /// <summary>Forgets one, or all: who stands there is spoken of again.</summary>
    /// <param name="number">From 1, as they are listed; null: all.</param>
    /// <returns>How many are forgotten.</returns>
    /// <exception cref="DoorbellException">There is none of that number.</exception>
    public int Forget(int? number)
    {
        IReadOnlyList<WallPicture> all = Read().Pictures;
        if (number is { } one && (one < 1 || one > all.Count))
            throw new DoorbellException(ErrorKind.InvalidValue, all.Count == 0
                ? "No face on the wall has been learnt."
                : $"There is no face number {one} on the wall; there are {all.Count}.");
        WallPicture[] kept = number is { } gone ? [.. all.Where((_, index) => index != gone - 1)] : [];
        storage.Write(WallPicturesJson.Write(new WallPictures(kept)));
        return all.Count - kept.Length;
    }
}
