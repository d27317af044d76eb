using Xunit;

namespace DoorbellFace.Testing;

/// <summary>A test that needs the measuring photos. Where they are not there it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    /// <summary>Skips the test unless the folder is there.</summary>
    /// <param name="folder">A folder below the data folder, such as "fivecelebs".</param>
    public DataFactAttribute(string folder)
    {
        if (MeasuringData.Find(folder) is null)
            Skip = $"needs the measuring photos '{folder}', which are not here; set {MeasuringData.Variable} to the folder that holds them";
    }
}
