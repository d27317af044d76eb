using System.CommandLine;
using DoorbellFace.Benchmarks;
using DoorbellFace.Terminal;

var root = CommandRunner.CreateRoot(
    "Measures what docs/results/ reports.",
    new Command("bench",
        "Measures what docs/results/ reports.")
    {
        DoorBenchmark.Create(), ChimeBenchmark.Create(), PageBenchmark.Create(), RecognitionBenchmark.Create(), TrainBenchmark.Create(),
    });

return await CommandRunner.RunAsync(root, args);
