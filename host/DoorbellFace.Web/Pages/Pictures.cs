using System.Globalization;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Pages;

/// <summary>The pictures: of the camera now, of visits, and of people.</summary>
internal static class Pictures
{
    private const string Png = "image/png";

    private static readonly TimeSpan WaitsFor = TimeSpan.FromSeconds(5), LooksEvery = TimeSpan.FromMilliseconds(40);

    /// <summary>Serves them to whoever is logged in.</summary>
    public static void Map(WebApplication page)
    {
        var now = new EncodedPicture();
        page.MapGet("/now/picture", (long? after, PageParts parts, HttpContext context) => NowAsync(after ?? 0, now, parts, context));
        page.MapGet("/visits/{id}/picture", (string id, PageParts parts) => Results.File(parts.Visits.PictureOf(id).Path, Png));
        page.MapGet("/people/{id}/pictures/{sample}", OfPerson);
    }

    /// <summary>
    /// The newest picture that is newer than the one somebody has; waits for it a few seconds. Whoever is slow gets the next one and never
    /// an old one.
    /// </summary>
    private static async Task<IResult> NowAsync(long after, EncodedPicture encoded, PageParts parts, HttpContext context)
    {
        long begun = parts.Time.GetTimestamp();
        while (true)
        {
            if (parts.Door.Picture is { } picture && picture.Number > after)
            {
                context.Response.Headers["X-Picture"] = $"{picture.Number}";
                context.Response.Headers["X-Time"] =
                    TimeZoneInfo.ConvertTime(picture.At, parts.Time.LocalTimeZone).ToString("H:mm:ss", CultureInfo.InvariantCulture);
                context.Response.Headers["X-Faces"] =
                    string.Join(';', picture.Faces.Select(face => $"{face.X} {face.Y} {face.Width} {face.Height}"));
                return Results.Bytes(encoded.Png(picture, parts), Png);
            }
            if (parts.Time.GetElapsedTime(begun) > WaitsFor) return Results.NoContent();
            await Task.Delay(LooksEvery, parts.Time, context.RequestAborted);
        }
    }

    private static IResult OfPerson(string id, string sample, PageParts parts)
    {
        StoredSample? kept = Guid.TryParse(sample, out Guid picture)
            && parts.People.List().Any(person => person.Id.ToString() == id && person.Samples.Any(one => one.Id.Value == picture))
                ? parts.People.FindPicture(new SampleId(picture))
                : null;
        return kept is null ? Results.NotFound() : Results.Bytes(parts.Pictures.EncodePng(kept.Crop.Pixels), Png);
    }

    /// <summary>Ten who watch cost one encoding.</summary>
    private sealed class EncodedPicture
    {
        private readonly Lock _gate = new();
        private DoorPicture? _of;
        private byte[] _png = [];

        public byte[] Png(DoorPicture picture, PageParts parts)
        {
            lock (_gate)
            {
                if (!ReferenceEquals(_of?.Pixels, picture.Pixels)) (_of, _png) = (picture, parts.Pictures.EncodePng(picture.Pixels));
                return _png;
            }
        }
    }
}
