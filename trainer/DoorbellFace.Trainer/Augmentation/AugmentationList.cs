using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Augmentation;

/// <summary>
/// Which augmentations a training uses, by their names on the command line and in the order given. "imagenet-normalise" is the odd one out:
/// the paper counts it among them, though it changes every picture alike and belongs to the preprocessing.
/// </summary>
internal sealed class AugmentationList
{
    /// <summary>Names for whole lists: what the doorbell's frames go through, the paper's four, and nothing at all.</summary>
    public const string Doorbell = "doorbell", Paper = "paper", None = "none";

    /// <summary>
    /// As <see cref="Doorbell"/> for faces that were aligned by their landmarks: what is left of the pose is what landmarks are off by.
    /// </summary>
    public const string AlignedDoorbell = "aligned-doorbell";

    private const string Normalise = "imagenet-normalise";

    private static readonly Dictionary<string, Func<int, IAugmentation?>> Known = new(StringComparer.Ordinal)
    {
        ["rotation"] = _ => new RandomRotation(),
        ["resized-crop"] = size => new RandomResizedCrop(size),
        ["noise"] = _ => new GaussianNoise(),
        [Normalise] = _ => null,
        ["placement"] = size => new RandomPlacement(size, maxRotationDegrees: 12, maxScale: 0.08f, maxShift: 0.05f),
        ["aligned-placement"] = size => new AlignedPlacement(size, span: 1),
        ["flip"] = _ => new HorizontalFlip(),
        ["occlusion"] = _ => new RandomOcclusion(),
        ["exposure"] = _ => new RandomExposure(),
        ["camera"] = _ => new SmallCamera(),
    };

    private static readonly Dictionary<string, string[]> Lists = new(StringComparer.Ordinal)
    {
        [Doorbell] = ["placement", "flip", "exposure", "camera", Normalise],
        [AlignedDoorbell] = ["aligned-placement", "flip", "exposure", "camera", Normalise],
        [Paper] = ["rotation", "resized-crop", "noise", Normalise],
        [None] = [],
    };

    private readonly string[] _names;

    private AugmentationList(string[] names) => _names = names;

    /// <summary>Every name that can be given.</summary>
    public static IEnumerable<string> Names => Lists.Keys.Concat(Known.Keys);

    /// <summary>Whether a picture looks different each time.</summary>
    public bool ChangesPictures => _names.Any(name => name != Normalise);

    /// <summary>The names, with whole lists written out; the same text means the same augmentation.</summary>
    public override string ToString() => _names.Length == 0 ? None : string.Join(',', _names);

    /// <summary>Reads "rotation,noise".</summary>
    /// <exception cref="ArgumentException">A name is none; see <see cref="Complaint"/>.</exception>
    public static AugmentationList Parse(string text) =>
        Complaint(text) is { } complaint
            ? throw new ArgumentException(complaint, nameof(text))
            : new AugmentationList([.. NamesIn(text).SelectMany(name => Lists.TryGetValue(name, out string[]? names) ? names : [name])]);

    /// <summary>What is wrong with such a text, as a sentence, or null.</summary>
    public static string? Complaint(string text)
    {
        string[] names = NamesIn(text);
        string? stranger = names.Length == 0 ? text : names.FirstOrDefault(name => !Names.Contains(name));
        if (stranger is not null)
            return $"--augment has '{stranger}'; expected one or more of {string.Join(", ", Names)}, with commas between them.";
        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"--augment has '{twice.Key}' twice."
            : null;
    }

    /// <summary>The augmentations, one after the other.</summary>
    /// <param name="size">Edge of the network's input, in pixels. The preprocessor brings to it what the augmentations do not.</param>
    public AugmentationChain Chain(int size) => new([.. _names.Select(name => Known[name](size)).OfType<IAugmentation>()]);

    /// <summary>How a crop becomes the network's input: with ImageNet's mean and spread if the list has them, else from 0 to 1.</summary>
    /// <param name="size">Edge of the network's input, in pixels.</param>
    /// <param name="colour">In colour; else gray, as the doorbell's camera is.</param>
    public PreprocessorSettings Preprocessor(int size, bool colour)
    {
        PreprocessorSettings settings = PreprocessorSettings.ImageNetGray(size);
        if (colour) settings = settings with { ChannelOrder = "RGB" };
        return _names.Contains(Normalise) ? settings : settings with { ImageMean = [0, 0, 0], ImageStd = [1, 1, 1] };
    }

    private static string[] NamesIn(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
