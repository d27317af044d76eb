using DoorbellFace.Application.Training;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DoorbellFace.Web.Pages;

/// <summary>How far a build is, for an open page that asks every few seconds, and the faces that a candidate mixes up.</summary>
internal static class BuildProgress
{
    /// <summary>Serves them to whoever is logged in.</summary>
    public static void Map(WebApplication page)
    {
        page.MapGet("/model/progress", (int? after, PageParts parts, PageWords words) =>
        {
            ModelBuild? build = parts.Builds.Last;
            bool isRunning = build is { State: BuildState.Running };
            return Results.Json(new
            {
                isRunning,
                step = isRunning ? BuildWords.StepOf(build!, words) : BuildWords.EndOf(build, words),
                value = build?.Step ?? 0,
                most = Math.Max(build?.Steps ?? 0, 1),
                lines = build?.Log.Skip(Math.Max(0, (after ?? 0) - build.Dropped)) ?? [],
                told = build?.LinesTold ?? 0,
            });
        });
        page.MapGet("/model/candidates/{candidate:int}/{mixUp:int}", (int candidate, int mixUp, PageParts parts) =>
            parts.Builds.PictureOf(candidate, mixUp) is { } picture ? Results.Bytes(picture, "image/png") : Results.NotFound());
    }
}
