namespace DoorbellFace.Firmware.Tests;

/// <summary>The sketch builds without a warning everywhere it should, into the same bytes, and fits the chip.</summary>
public class BuildTests
{
    private const int SramBytes = 2048, FlashBytes = 32256, SparePartOfSram = 4;

    [FirmwareFact]
    public void The_neutral_code_passes_its_own_tests_on_the_PC() =>
        Assert.Contains(" 0 failed",
            FirmwareBuild.Make(FirmwareBuild.Folder, $"BUILD={Path.Combine(Repository.Root, "artifacts", "firmware")}", "test"),
            StringComparison.Ordinal);

    [FirmwareFact("cppcheck")]
    public void Cppcheck_finds_nothing() => FirmwareBuild.Make(FirmwareBuild.Folder, "check");

    [FirmwareFact("arduino-builder")]
    public void The_Arduino_IDEs_own_build_takes_the_sketch() =>
        Assert.Contains("Sketch uses",
            FirmwareBuild.Make(FirmwareBuild.Folder, $"BUILD={Path.Combine(Repository.Root, "artifacts", "firmware")}", "ide"),
            StringComparison.Ordinal);

    [FirmwareFact]
    public void Two_builds_from_different_folders_are_identical()
    {
        string root = Path.Combine(Path.GetTempPath(), $"doorbell-build-{Guid.NewGuid():N}");
        try
        {
            string[] built = [.. new[] { "one", "a-second-folder/with-a-longer-name" }.Select(name => BuildCopy(Path.Combine(root, name)))];

            foreach (string extension in (string[])[".hex", ".elf"])
            {
                byte[] first = File.ReadAllBytes(built[0] + extension), second = File.ReadAllBytes(built[1] + extension);
                Assert.True(first.Length > 1000);
                Assert.True(first.AsSpan().SequenceEqual(second), $"The {extension} files differ.");
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [FirmwareTheory]
    [InlineData(500_000)]
    [InlineData(1_000_000)]
    [InlineData(2_000_000)]
    public void Flash_SRAM_and_stack_fit_with_room_to_spare(int baud)
    {
        string elf = FirmwareBuild.Sketch(baud);
        string report = FirmwareBuild.Run(Path.Combine(FirmwareBuild.Folder, "report-size"), elf, Path.GetDirectoryName(elf)!);

        int[] numbers =
            [.. report.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => int.TryParse(word, out _)).Select(int.Parse)];
        (int flash, int sram, int stack) = (numbers[0], numbers[2], numbers[4]);
        Assert.InRange(flash, 4000, FlashBytes);
        Assert.InRange(sram, 644, SramBytes);
        Assert.InRange(stack, 40, SramBytes - sram - (SramBytes / SparePartOfSram));
    }

    private static string BuildCopy(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(FirmwareBuild.Folder, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(FirmwareBuild.Folder, file);
            if (relative.StartsWith("build", StringComparison.Ordinal)) continue;
            string copy = Path.Combine(folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        FirmwareBuild.Make(folder);
        return Path.Combine(folder, "build", "uno-500000", "doorbell_cam");
    }
}
