using Xunit;

namespace DoorbellFace.Testing;

/// <summary>A test that needs a program of the system. Where it is not installed the test is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program, string package)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            Skip = $"needs {program}, which is not installed here: sudo apt-get install {package}";
    }
}
