using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Graphs;

/// <summary>
/// Quantise-dequantise (QDQ) form: the graph stays in floats on paper, and the runtime fuses each pair with the node between. Weights:
/// signed, one scale for each output channel. Activations: unsigned, one scale and zero point from the calibrated range. Biases: 32-bit
/// in units of input scale x weight scale, which is the sum's own unit.
/// </summary>
internal sealed class Int8Encoding(OnnxGraph graph, IReadOnlyDictionary<string, ActivationRange> ranges) : WeightEncoding(graph)
{
    /// <summary>
    /// Weights go up to 64 and not 127. Processors without VNNI (AVX2) add two products of activation and weight in 16 bits, and those
    /// saturate: 2 x 255 x 64 = 32640 just fits. (The same as ONNX Runtime's "reduce_range"; OpenVINO describes the fault as "saturation
    /// issue".) Measured on such a processor, a network of 6 labels and 180 crops: with 64 the first label was that of fp32 for 178, with
    /// 127 for 166.
    /// </summary>
    private const int LargestWeight = 64;

    private readonly Dictionary<string, string> _activations = [];
    private readonly Dictionary<string, float> _activationScales = [];
    private readonly Dictionary<string, float[]> _weightScales = [];

    public override string Activation(string tensor)
    {
        if (_activations.TryGetValue(tensor, out string? known)) return known;
        if (!ranges.TryGetValue(tensor, out ActivationRange range))
            throw new ArgumentException($"No range was calibrated for activation '{tensor}'.", nameof(tensor));
        // Zero must be exact: the padding of a convolution is made of it.
        float lowest = MathF.Min(range.Lowest, 0), highest = MathF.Max(range.Highest, 0);
        float scale = MathF.Max((highest - lowest) / byte.MaxValue, 1e-8f);
        byte zeroPoint = (byte)Math.Clamp(MathF.Round(-lowest / scale), 0, byte.MaxValue);
        string scaleName = Graph.Constant(tensor + ".scale", [scale]);
        string zeroName = Graph.Constant<byte>(tensor + ".zero", OnnxElementType.UInt8, [zeroPoint]);
        string quantized = Graph.Node("QuantizeLinear", [tensor, scaleName, zeroName], tensor + ".quantized");
        string result = Graph.Node("DequantizeLinear", [quantized, scaleName, zeroName], tensor + ".int8");
        _activationScales[result] = scale;
        return _activations[tensor] = result;
    }

    public override string Weights(string name, float[] values, long[] shape)
    {
        int channels = (int)shape[0], perChannel = values.Length / channels;
        var scales = new float[channels];
        var quantized = new sbyte[values.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> row = values.AsSpan(channel * perChannel, perChannel);
            float largest = 1e-12f;
            foreach (float value in row) largest = MathF.Max(largest, MathF.Abs(value));
            scales[channel] = largest / LargestWeight;
            for (int i = 0; i < perChannel; i++) quantized[(channel * perChannel) + i] = (sbyte)MathF.Round(row[i] / scales[channel]);
        }
        string narrow = Graph.Constant<sbyte>(name + ".int8", OnnxElementType.Int8, quantized, shape);
        string scaleName = Graph.Constant(name + ".scale", scales, channels);
        string zeroName = Graph.Constant<sbyte>(name + ".zero", OnnxElementType.Int8, new sbyte[channels], channels);
        _weightScales[name] = scales;
        return Graph.Node("DequantizeLinear", [narrow, scaleName, zeroName], name, OnnxAttribute.One("axis", 0));
    }

    public override string Bias(string name, float[] values, string input, string weights)
    {
        float inputScale = _activationScales[input];
        float[] scales = [.. _weightScales[weights].Select(scale => scale * inputScale)];
        double[] units = [.. values.Select((value, channel) => Math.Round((double)value / scales[channel]))];
        // A channel whose weights are all but zero has all but no unit, and its bias would not fit; then all of them stay floats.
        if (units.Any(unit => Math.Abs(unit) > int.MaxValue)) return base.Bias(name, values, input, weights);
        int[] quantized = [.. units.Select(unit => (int)unit)];
        string narrow = Graph.Constant<int>(name + ".int32", OnnxElementType.Int32, quantized, values.Length);
        string scaleName = Graph.Constant(name + ".scale", scales, values.Length);
        string zeroName = Graph.Constant<int>(name + ".zero", OnnxElementType.Int32, new int[values.Length], values.Length);
        return Graph.Node("DequantizeLinear", [narrow, scaleName, zeroName], name, OnnxAttribute.One("axis", 0));
    }
}
