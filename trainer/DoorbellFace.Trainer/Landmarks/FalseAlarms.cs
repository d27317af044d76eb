using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Faces.Haar;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>A place that the doorbell's sweep took for a face and that is none.</summary>
/// <param name="Gray">The picture.</param>
/// <param name="Place">Where.</param>
/// <param name="IsHard">Whether a network made before takes it for a face as well, and its second look does not come upon a true one
/// nearby.</param>
internal sealed record FalseAlarm(PixelBuffer Gray, FacePlace Place, bool IsHard);

/// <summary>
/// Looks for <see cref="FalseAlarm"/>s with the doorbell's own sweep, in pictures turned and enlarged by chance: the candidates at the door
/// are what the network must tell apart.
/// </summary>
/// <param name="seed">Decides how each picture is turned.</param>
/// <param name="earlier">Folder of a network made before, whose mistakes are the hard ones; null when there is none.</param>
internal sealed class FalseAlarms(int seed, string? earlier)
{
    /// <summary>From this probability on the earlier network's answer counts as a mistake.</summary>
    private const float HardProbability = 0.2f;

    /// <summary>A picture is enlarged by a factor between these, evenly in its logarithm.</summary>
    private const float Smallest = 0.6f, Largest = 1.4f;

    /// <summary>
    /// Frames in which pictures are shown to the sweep: the doorbell's, and a smaller one for photos that are little more than a face. The
    /// sweep makes itself ready for one size.
    /// </summary>
    private static readonly (int Width, int Height) NonfaceFrame = (320, 240), FaceFrame = (200, 200);

    /// <summary>In photos without faces every candidate is one.</summary>
    /// <param name="pictures">Gray8.</param>
    /// <param name="turns">How often each picture is looked at, turned differently each time.</param>
    /// <param name="onPicture">Called after each picture, from several threads.</param>
    public IReadOnlyList<FalseAlarm> InNonfaces(IReadOnlyList<PixelBuffer> pictures, int turns, Action onPicture) =>
        In(pictures.Count, i => pictures[i], NonfaceFrame, turns, (_, _) => true, onPicture);

    /// <summary>
    /// In photos with a face: candidates on the known face that are far off its size or angle. Candidates elsewhere count only where they
    /// are not upright: many photos show a second face, close behind the first.
    /// </summary>
    /// <param name="faces">The photos.</param>
    /// <param name="turns">How often each photo is looked at, turned differently each time.</param>
    /// <param name="onPicture">Called after each picture, from several threads.</param>
    public IReadOnlyList<FalseAlarm> BesideFaces(IReadOnlyList<KnownFace> faces, int turns, Action onPicture) =>
        In(faces.Count, i => faces[i].Gray, FaceFrame, turns,
            (i, hit) => IsWrong(faces[i].Place, hit) && !MayBeAnother(faces[i].Place, hit), onPicture);

    /// <summary>Whether a hit is surely not the face at <paramref name="face"/>, nor another upright one.</summary>
    public static bool IsWrong(FacePlace face, FacePlace hit)
    {
        if (face.Rotation.AngleTo(hit.Rotation) >= PlaceLimits.OtherDegrees) return true;
        float distance = PlaceLimits.Shift(face, hit);
        float size = hit.Edge / face.Edge;
        bool touches = distance < (1 + size) / 2;
        return touches && (distance > PlaceLimits.OtherShift || size is > PlaceLimits.OtherLarger or < 1 / PlaceLimits.OtherLarger);
    }

    /// <summary>Whether a hit stands upright, and has its centre outside the known face.</summary>
    private static bool MayBeAnother(FacePlace face, FacePlace hit) =>
        face.Rotation.AngleTo(hit.Rotation) < PlaceLimits.OtherDegrees && PlaceLimits.Shift(face, hit) > PlaceLimits.OtherShift;

    private List<FalseAlarm> In(int count, Func<int, PixelBuffer> picture, (int Width, int Height) frame, int turns, Func<int, FacePlace,
        bool> isWrong, Action onPicture)
    {
        var found = new List<FalseAlarm>[count];
        Parallel.For(0, count, () => new Looker(frame.Width, frame.Height, earlier), (i, _, looker) =>
        {
            found[i] =
                [.. Enumerable.Range(0, turns).SelectMany(turn =>
                    looker.In(picture(i), new SeededRandom(seed, i, turn), place => isWrong(i, place)))];
            onPicture();
            return looker;
        }, looker => looker.Dispose());
        return [.. found.SelectMany(list => list)];
    }

    /// <summary>One thread's sweep and earlier network.</summary>
    private sealed class Looker(int width, int height, string? earlier) : IDisposable
    {
        private readonly IFaceProposer _sweep = LoadedFaceFinder.LoadHaarSweep(HaarSweepOptions.BeforeVerifier);
        private readonly OnnxFaceVerifier? _verifier = earlier is null ? null : OnnxFaceVerifier.Load(earlier, threads: 1);

        /// <summary>
        /// The candidates at all angles; and where the earlier network was misled, the place to which it would move the box.
        /// </summary>
        public IEnumerable<FalseAlarm> In(PixelBuffer gray, SeededRandom random, Func<FacePlace, bool> isWrong)
        {
            var turn = Rotation.FromDegrees(random.Between(-180, 180));
            float scale = 1 / MathF.Exp(random.Between(MathF.Log(Smallest), MathF.Log(Largest)));
            var map = AffineTransform.TargetToSource(width, height, gray.Width / 2f, gray.Height / 2f, scale, turn);
            PixelBuffer turned = AffineSampler.Sample(gray, map, width, height);
            IReadOnlyList<FaceDetection> candidates = _sweep.Propose(turned).Last();
            IReadOnlyList<FaceVerification>? looks = _verifier?.Verify(turned, candidates);
            for (int i = 0; i < candidates.Count; i++)
            {
                FacePlace place = Back(FacePlace.Of(candidates[i]));
                // Beyond the picture its edge is drawn out.
                if (!Shows(gray, place) || !isWrong(place)) continue;
                FacePlace? misled = looks?[i].FaceProbability >= HardProbability ? Back(FacePlace.Of(looks[i].Landmarks)) : null;
                bool isHard = misled is { } again && isWrong(again);
                yield return new FalseAlarm(gray, place, isHard);
                if (isHard) yield return new FalseAlarm(gray, misled!.Value, true);
            }

            FacePlace Back(FacePlace place)
            {
                (float x, float y) = map.Apply(place.CenterX, place.CenterY);
                return new FacePlace(x, y, place.Edge * scale, Rotation.FromDegrees(place.Rotation.Degrees + turn.Degrees));
            }
        }

        private static bool Shows(PixelBuffer gray, FacePlace place) =>
            place.CenterX >= 0 && place.CenterY >= 0 && place.CenterX < gray.Width && place.CenterY < gray.Height;

        public void Dispose() => _verifier?.Dispose();
    }
}
