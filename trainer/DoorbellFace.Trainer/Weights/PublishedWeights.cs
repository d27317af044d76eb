using System.Text.RegularExpressions;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Weights;

/// <summary>ImageNet weights that others publish.</summary>
/// <param name="Network">The network's name; see <see cref="Network.NetworkKind"/>.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Megabytes">About how large it is.</param>
internal sealed partial record PublishedWeights(string Network, string FileName, double Megabytes)
{
    /// <summary>Where the makers of torchvision publish theirs; a file's name ends in the first eight digits of its SHA-256.</summary>
    private static readonly Uri TorchvisionHome = new("https://download.pytorch.org/models/");

    private readonly string? _hashStart;

    /// <summary>
    /// torchvision's as in torchvision/models/*.py, release 0.14, but for EfficientNet's, which was published under a wrong hash until
    /// release 0.17 (pytorch/vision#7744). Sizes from torchvision's documentation. The last is ML.NET's featurizer; see
    /// <see cref="FeaturizerPackage"/>.
    /// </summary>
    public static IReadOnlyList<PublishedWeights> All { get; } =
    [
        new("resnet18", "resnet18-f37072fd.pth", 46.8),
        new("alexnet", "alexnet-owt-7be5be79.pth", 244.4),
        new("vgg16", "vgg16-397923af.pth", 553.4),
        new("squeezenet1_0", "squeezenet1_0-b66bff10.pth", 5.0),
        new("densenet121", "densenet121-a639ec97.pth", 32.3),
        new("mobilenet_v3_small", "mobilenet_v3_small-047dcff4.pth", 10.3),
        new("efficientnet_b0", "efficientnet_b0_rwightman-7f5810bc.pth", 21.5),
        new(NetworkKind.LongResNet, "microsoft.ml.dnnimagefeaturizer.resnet18.0.23.1.nupkg", 59.5)
        {
            Home = new Uri("https://api.nuget.org/v3-flatcontainer/microsoft.ml.dnnimagefeaturizer.resnet18/0.23.1/"),
            HashStart = "7679c0f8832902d64019b7c8f79784d02bcbbce008d22a5249bdef8e8f45cb73",
        },
    ];

    /// <summary>The folder of the server where the file lies; ends in a slash.</summary>
    public Uri Home { get; init; } = TorchvisionHome;

    /// <summary>What the file's SHA-256 begins with, in hex: the eight digits in its name, or all 64.</summary>
    public string HashStart { get => _hashStart ?? HashInName().Match(FileName).Groups[1].Value; init => _hashStart = value; }

    /// <summary>No file of these weights is longer. A server that sends more sends something else.</summary>
    public long MostBytes => (long)(Megabytes * 1.2e6);

    /// <summary>The weights of that network.</summary>
    /// <exception cref="UserErrorException">There are none.</exception>
    public static PublishedWeights Of(string network) =>
        All.FirstOrDefault(weights => weights.Network == network)
        ?? throw new UserErrorException(
            $"There are no published weights called '{network}'. There are: {string.Join(", ", All.Select(weights => weights.Network))}.",
                ExitCode.WrongUsage);

    [GeneratedRegex(@"-([0-9a-f]{8})\.pth$")]
    private static partial Regex HashInName();
}
