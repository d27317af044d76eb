using DoorbellFace.Vision;
using Microsoft.ML.OnnxRuntime;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>Measures what every activation reaches, by running the exported graph over crops from the training split.</summary>
internal static class Int8Calibration
{
    /// <summary>The range of each activation that <see cref="Int8Encoding"/> will ask for.</summary>
    /// <param name="calibration">From <see cref="NetworkGraph"/>.</param>
    /// <param name="tensors">Input tensors, one crop each; 50 to 200 are plenty.</param>
    public static IReadOnlyDictionary<string, ActivationRange> Measure(CalibrationModel calibration, IEnumerable<float[]> tensors)
    {
        RuntimeTelemetry.TurnOff();
        // Unoptimised: a fused node has no place where the activation between its parts could be read.
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(calibration.Model, options);
        using var runOptions = new RunOptions();
        string[] outputs = [.. calibration.Activations.Where(name => name != NetworkGraph.InputName)];
        var ranges = calibration.Activations.ToDictionary(name => name, _ => ActivationRange.Empty);
        int seen = 0;
        foreach (float[] tensor in tensors)
        {
            seen++;
            ranges[NetworkGraph.InputName] = ranges[NetworkGraph.InputName].Including(tensor);
            using var input = OrtValue.CreateTensorValueFromMemory(tensor, calibration.InputShape);
            using var values = session.Run(runOptions, [NetworkGraph.InputName], [input], outputs);
            for (int i = 0; i < outputs.Length; i++)
                ranges[outputs[i]] = ranges[outputs[i]].Including(values[i].GetTensorDataAsSpan<float>());
        }
        return seen > 0 ? ranges : throw new ArgumentException("Calibration needs at least one tensor.", nameof(tensors));
    }
}
