using System.Reflection;

namespace DoorbellFace.Trainer;

/// <summary>The version of this trainer, as it goes into manifests and files.</summary>
internal static class ProgramVersion
{
    /// <summary>Three numbers, such as 0.1.0.</summary>
    public static string Text { get; } = Assembly.GetExecutingAssembly().GetName().Version!.ToString(fieldCount: 3);
}
