namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// Goes along an ONNX graph of a ResNet of basic blocks (He et al., Deep Residual Learning, 2015, figure 2), from its input to the mean
/// over all places, and says which constant is what by torchvision's names. The constants' own names may be anything.
/// </summary>
internal sealed class ResNetGraph
{
    private const string Convolution = "Conv", Normalisation = "BatchNormalization", Relu = "Relu", Sum = "Add";

    private static readonly string[] NormalisationParts = ["weight", "bias", "running_mean", "running_var"];

    private readonly ILookup<string, OnnxNode> _takers;
    private readonly OrderedDictionary<string, string> _names = [];
    private readonly HashSet<OnnxNode> _named = [];

    private ResNetGraph(IReadOnlyList<OnnxNode> nodes) =>
        _takers = nodes.SelectMany(node => node.Inputs.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);

    /// <summary>The constants' names by those of torchvision, such as "layer1.0.bn1.running_mean", in the order of the graph.</summary>
    /// <param name="nodes">The graph's steps.</param>
    /// <exception cref="InvalidWeightFileException">It is no such network.</exception>
    public static IReadOnlyDictionary<string, string> Names(IReadOnlyList<OnnxNode> nodes)
    {
        var made = nodes.SelectMany(node => node.Outputs).ToHashSet();
        bool IsFirst(OnnxNode node) => node.Operation == Convolution && node.Inputs.Count > 0 && !made.Contains(node.Inputs[0]);
        OnnxNode first = nodes.FirstOrDefault(IsFirst) ?? throw NotBuiltSo("nothing convolves the input");
        var graph = new ResNetGraph(nodes);
        graph.Walk(first);
        return graph._names;
    }

    private void Walk(OnnxNode first)
    {
        string value = Only(Only(Layer(first, "conv1", "bn1"), Relu), "MaxPool");
        for (int layer = 1, block = 0; !_takers[value].Any(node => node.Operation is "AveragePool" or "GlobalAveragePool"); block++)
        {
            // Where size or channels change, what is carried past goes through a convolution, too: a new layer begins.
            if (_takers[value].All(node => node.Operation == Convolution))
            {
                layer++;
                block = 0;
            }
            value = Block(value, $"layer{layer}.{block}.");
        }
    }

    private string Block(string input, string name)
    {
        OnnxNode[] convolutions = [.. _takers[input].Where(node => node.Operation == Convolution)];
        // The convolution that is carried past meets the sum right after its normalisation.
        OnnxNode[] main = [.. convolutions.Where(node => IsFollowedBy(Relu, node))], carried = [.. convolutions.Except(main)];
        if (main.Length != 1 || carried.Length > 1) throw NotBuiltSo($"{name[..^1]} begins with {convolutions.Length} convolutions");
        string inner = Only(Layer(main[0], name + "conv1", name + "bn1"), Relu);
        string output = Layer(Taker(inner, Convolution), name + "conv2", name + "bn2");
        string past = carried.Length == 0 ? input : Layer(carried[0], name + "downsample.0", name + "downsample.1");
        OnnxNode sum = Taker(output, Sum);
        if (!sum.Inputs.Contains(past)) throw NotBuiltSo($"{name[..^1]} adds something else than what is carried past it");
        return Only(Output(sum), Relu);
    }

    private bool IsFollowedBy(string operation, OnnxNode convolution) =>
        _takers[Output(convolution)].SelectMany(node => _takers[Output(node)]).Any(node => node.Operation == operation);

    /// <summary>Names a convolution and the normalisation after it.</summary>
    /// <returns>What comes out of the latter.</returns>
    private string Layer(OnnxNode convolution, string convolutionName, string normalisationName)
    {
        if (!_named.Add(convolution)) throw NotBuiltSo("it goes in a circle");
        OnnxNode normalisation = Taker(Output(convolution), Normalisation);
        if (convolution.Inputs.Count != 2 || normalisation.Inputs.Count != 1 + NormalisationParts.Length)
            throw NotBuiltSo($"{convolutionName} has a bias, or {normalisationName} is incomplete");
        _names.Add(convolutionName + ".weight", convolution.Inputs[1]);
        foreach ((string part, string constant) in NormalisationParts.Zip(normalisation.Inputs.Skip(1)))
            _names.Add($"{normalisationName}.{part}", constant);
        return Output(normalisation);
    }

    private string Only(string value, string operation) => Output(Taker(value, operation));

    /// <summary>The one step of that kind which takes the value.</summary>
    private OnnxNode Taker(string value, string operation)
    {
        OnnxNode[] takers = [.. _takers[value].Where(node => node.Operation == operation)];
        return takers.Length == 1
            ? takers[0]
            : throw NotBuiltSo($"'{Printable.Text(value)}' goes into {takers.Length} steps '{operation}'");
    }

    private static string Output(OnnxNode node) =>
        node.Outputs.Count == 1 ? node.Outputs[0] : throw NotBuiltSo($"a step '{Printable.Text(node.Operation)}' has no output of its own");

    private static InvalidWeightFileException NotBuiltSo(string reason) =>
        new($"the network in it is not built as ResNet18 is: {reason}.");
}
