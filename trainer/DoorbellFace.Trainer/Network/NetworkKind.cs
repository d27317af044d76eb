using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;

namespace DoorbellFace.Trainer.Network;

/// <summary>A network that can be trained.</summary>
/// <param name="Name">As it is written on the command line and in files.</param>
/// <param name="Title">As it is written in a text.</param>
/// <param name="InputSize">Edge of the input in pixels that it was made for.</param>
/// <param name="SmallestSize">Smallest edge that leaves something of the maps.</param>
/// <param name="LargestSize">Largest edge that makes sense.</param>
/// <param name="Create">Makes one for a number of labels, with random start values from torch's own generator.</param>
internal sealed record NetworkKind(string Name, string Title, int InputSize, int SmallestSize, int LargestSize,
    Func<int, FaceNetwork> Create)
{
    /// <summary>Name of the ResNet18 that has a third block in its last layer.</summary>
    public const string LongResNet = "resnet18_3";

    /// <summary>How a face becomes its input, by the input's edge in pixels.</summary>
    public Func<int, PreprocessorSettings> Preprocessor { get; init; } = PreprocessorSettings.ImageNetGray;

    /// <summary>Whether it takes faces that were brought to their place by their landmarks.</summary>
    public bool TakesAlignedFaces => Preprocessor(InputSize).Alignment is not null;

    /// <summary>
    /// Those of the paper in its order, the two modern ones, ResNet18's longer sister, our own backbone, and the paper's reference.
    /// </summary>
    public static IReadOnlyList<NetworkKind> All { get; } =
    [
        new("resnet18", "ResNet18", 224, 32, 512, classes => new ResNet18(classes)),
        new("alexnet", "AlexNet", 224, 63, 512, classes => new AlexNet(classes)),
        new("vgg16", "VGG16", 224, 32, 512, classes => new Vgg16(classes)),
        new("squeezenet1_0", "SqueezeNet 1.0", 224, 32, 512, classes => new SqueezeNet(classes)),
        new("densenet121", "DenseNet-121", 224, 32, 512, classes => new DenseNet121(classes)),
        new("mobilenet_v3_small", "MobileNetV3-Small", 224, 32, 512, classes => new MobileNetV3Small(classes)),
        new("efficientnet_b0", "EfficientNet-B0", 224, 32, 512, classes => new EfficientNetB0(classes)),
        new(LongResNet, "ResNet18 with three blocks in layer4", 224, 32, 512, classes => new ResNet18(classes, lastBlocks: 3)),
        new(BackboneClassifier.KindName, "the face backbone", 112, 64, 256, classes => new BackboneClassifier(classes))
        {
            Preprocessor = PreprocessorSettings.AlignedGray,
        },
        new("reference_cnn", "the paper's reference CNN", ReferenceCnn.InputSize, ReferenceCnn.InputSize, ReferenceCnn.InputSize, classes =>
            new ReferenceCnn(classes)),
    ];

    /// <summary>The network of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static NetworkKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new UserErrorException($"There is no network '{name}'. There are: {string.Join(", ", All.Select(kind => kind.Name))}.",
            ExitCode.WrongUsage);
}
