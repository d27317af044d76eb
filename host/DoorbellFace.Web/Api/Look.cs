using System.Net.Mime;
using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Api;

/// <summary>
/// Who is on a picture that somebody sends: every face, with how sure that is. The picture is held in memory alone.
/// </summary>
internal static class Look
{
    /// <summary>The most bytes of a picture.</summary>
    public const long MostBytes = 32L << 20;

    /// <summary>Answers.</summary>
    public static async Task AnswerAsync(HttpContext context, PageParts parts, LookRoom room)
    {
        ApiEndpoints.LimitBody(context, MostBytes);
        string kind = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!kind.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            && !kind.Equals(MediaTypeNames.Application.Octet, StringComparison.OrdinalIgnoreCase))
        {
            await Problem.AnswerAsync(
                context, StatusCodes.Status415UnsupportedMediaType, "The body is expected to be a picture: image/jpeg, image/png or "
                + "another, or application/octet-stream. What it is, its first bytes say.");
            return;
        }
        using var picture = new MemoryStream();
        await context.Request.Body.CopyToAsync(picture, context.RequestAborted);
        PhotoAnswer answer = await room.LookAsync(picture.ToArray(), context.RequestAborted);
        if (answer.Problem is { } problem) throw new DoorbellException(ErrorKind.InvalidValue, problem);
        await ApiEndpoints.WriteAsync(
            context, new { sentence = SentenceOf(answer, parts.Language), faces = answer.Faces.Select(Shape) });
    }

    /// <summary>Everybody on it as a part of a sentence, in the language of the doorbell; null without a face.</summary>
    private static string? SentenceOf(PhotoAnswer answer, Language language)
    {
        if (answer.Faces.Count == 0) return null;
        Visitor[] visitors = [.. answer.Faces.Select(face => face.Who).OrderBy(who => who.Outcome)
            .Select(who => Visitor.Of(who, frames: 1))];
        VisitRecord everybody = new VisitRecord { Id = default, StartedAt = default, StartedBy = VisitStart.Look }.Of(visitors);
        return new VisitSentences(language).Who(everybody);
    }

    private static object Shape(FaceAnswer face) => new
    {
        face.Who.Outcome,
        face.Who.Person,
        face.Who.Name,
        sure = Sureness.Word(Visitor.Of(face.Who, frames: 1).Outcome, face.Who.Figures),
        face.Who.Figures,
        face.Who.Reason,
        box = new { face.Detection.Box.X, face.Detection.Box.Y, face.Detection.Box.Width, face.Detection.Box.Height },
        angle_degrees = face.Detection.Rotation.Degrees,
    };
}
