using System.Text.Json;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Web.Api;

/// <summary>How sure an answer is, in words for programs.</summary>
internal static class Sureness
{
    /// <summary>"very_sure", "sure" or "not_sure"; null where there is nothing to be sure of.</summary>
    public static string? Word(VisitOutcome outcome, MatchFigures? figures) =>
        VisitReports.HowSure(outcome, figures) is { } sure ? JsonNamingPolicy.SnakeCaseLower.ConvertName(sure.ToString()) : null;
}
