using System.Text.Json;
using static TorchSharp.torch;
namespace DoorbellFace.Trainer.Distillation;
internal static class TemporarySafetensors
{
    public static Dictionary<string, Tensor> Read(string path)
    {
        byte[] all = File.ReadAllBytes(path);
        int n = (int)BitConverter.ToInt64(all);
        using var doc = JsonDocument.Parse(all.AsMemory(8, n));
        var result = new Dictionary<string, Tensor>();
        foreach (var p in doc.RootElement.EnumerateObject())
        {
            if (p.Name == "__metadata__") continue;
            long[] shape = [.. p.Value.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())];
            int from = p.Value.GetProperty("data_offsets")[0].GetInt32(), to = p.Value.GetProperty("data_offsets")[1].GetInt32();
            float[] v = new float[(to - from) / 4];
            Buffer.BlockCopy(all, 8 + n + from, v, 0, to - from);
            result[p.Name] = from_array(v).reshape(shape);
        }
        return result;
    }
}
