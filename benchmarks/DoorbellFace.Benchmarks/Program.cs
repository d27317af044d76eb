using DoorbellFace.Benchmarks;
using DoorbellFace.Terminal;

var root = CommandRunner.CreateRoot("Measures what docs/results/ reports.", DoorBenchmark.Create(), TrainBenchmark.Create());

return await CommandRunner.RunAsync(root, args);
