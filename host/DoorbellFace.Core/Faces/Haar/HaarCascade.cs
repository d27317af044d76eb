using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// A trained cascade of boosted Haar-like features (Viola and Jones 2001), as OpenCV stores it: stages of stumps, each a weighted sum of a
/// few rectangles of a square window against a threshold. Immutable.
/// </summary>
public sealed class HaarCascade
{
    private HaarCascade(int windowEdge, IReadOnlyList<HaarStage> stages) => (WindowEdge, Stages) = (windowEdge, stages);

    /// <summary>Edge of the window that the features are placed in, in pixels.</summary>
    public int WindowEdge { get; }

    /// <summary>The stages in the order in which a window must pass them.</summary>
    public IReadOnlyList<HaarStage> Stages { get; }

    /// <summary>Reads OpenCV's XML format.</summary>
    /// <exception cref="InvalidDataException">It is no cascade of this kind; the message says what was expected and found.</exception>
    public static HaarCascade Parse(Stream xml)
    {
        try
        {
            XElement cascade = XDocument.Load(xml).Root?.Element("cascade")
                ?? throw new InvalidDataException("There is no element <cascade>.");
            Require(Text(cascade, "stageType") == "BOOST" && Text(cascade, "featureType") == "HAAR",
                "It is not made of boosted Haar features.");
            int edge = Number(Text(cascade, "width"));
            Require(edge == Number(Text(cascade, "height")) && edge is > 0 and <= 64,
                "Its window is not square, or larger than 64 pixels.");
            List<HaarRectangle[]> features = [.. Children(cascade, "features").Select(feature => ParseFeature(feature, edge))];
            List<HaarStage> stages = [.. Children(cascade, "stages").Select(stage => ParseStage(stage, features))];
            Require(stages.Count > 0, "It has no stages.");
            return new HaarCascade(edge, stages);
        }
        catch (Exception error) when (error is XmlException or FormatException or OverflowException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>
    /// The cascade that finds what this one finds, turned clockwise by so many quarters of a circle. Exact: no pixel is resampled.
    /// </summary>
    public HaarCascade Turned(int quarterTurns)
    {
        int quarters = ((quarterTurns % 4) + 4) % 4;
        return quarters == 0 ? this : new HaarCascade(WindowEdge, [.. Stages.Select(stage => stage with
        {
            Stumps =
                [.. stage.Stumps.Select(stump =>
                    stump with { Rectangles = [.. stump.Rectangles.Select(rectangle => rectangle.Turned(quarters, WindowEdge))] })],
        })]);
    }

    private static HaarRectangle[] ParseFeature(XElement feature, int edge)
    {
        Require(Number(feature.Element("tilted")?.Value ?? "0") == 0, "It has features tilted by 45 degrees, which are not read.");
        HaarRectangle[] rectangles = [.. Children(feature, "rects").Select(rect =>
        {
            string[] words = Words(rect);
            Require(words.Length == 5, $"A rectangle has {words.Length} numbers; 5 were expected.");
            float weight = Real(words[4]);
            Require(weight == MathF.Round(weight), $"A rectangle has the weight {weight}; whole numbers were expected.");
            return new HaarRectangle(Number(words[0]), Number(words[1]), Number(words[2]), Number(words[3]), (int)weight);
        })];
        Require(rectangles.Length is 2 or 3, $"A feature has {rectangles.Length} rectangles; 2 or 3 were expected.");
        Require(rectangles.All(r => r.X >= 0 && r.Y >= 0 && r.Width > 0 && r.Height > 0 && r.X + r.Width <= edge && r.Y + r.Height <= edge),
            "A rectangle reaches out of the window.");
        return rectangles;
    }

    private static HaarStage ParseStage(XElement stage, List<HaarRectangle[]> features) => new(
        Real(Text(stage, "stageThreshold")),
        [.. Children(stage, "weakClassifiers").Select(weak =>
        {
            string[] nodes = Words(weak.Element("internalNodes")), leaves = Words(weak.Element("leafValues"));
            Require(nodes.Length == 4 && leaves.Length == 2,
                "Its weak classifiers are trees; only cascades of stumps are read (haarcascade_frontalface_alt.xml or _default.xml).");
            int feature = Number(nodes[2]);
            Require(feature >= 0 && feature < features.Count, $"It names feature {feature} of {features.Count}.");
            return new HaarStump(features[feature], Real(nodes[3]), Real(leaves[0]), Real(leaves[1]));
        })]);

    private static IEnumerable<XElement> Children(XElement parent, string name) =>
        parent.Element(name)?.Elements("_") ?? throw new InvalidDataException($"There is no element <{name}>.");

    private static string Text(XElement parent, string name) =>
        parent.Element(name)?.Value.Trim() ?? throw new InvalidDataException($"There is no element <{name}>.");

    private static string[] Words(XElement? element) => element?.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static float Real(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static void Require(bool holds, string complaint)
    {
        if (!holds) throw new InvalidDataException(complaint);
    }
}

/// <summary>One stage: a window goes on when its stumps add up to the threshold.</summary>
/// <param name="Threshold">The least sum to pass.</param>
/// <param name="Stumps">One or more.</param>
public sealed record HaarStage(float Threshold, IReadOnlyList<HaarStump> Stumps);

/// <summary>One weak classifier: below the threshold it gives one value, else the other.</summary>
/// <param name="Rectangles">Two or three; the feature is the sum of their pixels times their weights.</param>
/// <param name="Threshold">In units of the window's standard deviation times its area.</param>
/// <param name="Below">Given when the feature is below the threshold.</param>
/// <param name="Above">Given else.</param>
public sealed record HaarStump(IReadOnlyList<HaarRectangle> Rectangles, float Threshold, float Below, float Above);

/// <summary>A weighted rectangle of the window.</summary>
/// <param name="X">Left column, from 0.</param>
/// <param name="Y">Top row, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Weight">What its sum of pixels is multiplied by.</param>
public readonly record struct HaarRectangle(int X, int Y, int Width, int Height, int Weight)
{
    /// <summary>Where it lies after the window has been turned clockwise.</summary>
    /// <param name="quarters">0 to 3.</param>
    /// <param name="edge">The window's edge.</param>
    internal HaarRectangle Turned(int quarters, int edge) => quarters switch
    {
        1 => new(edge - Y - Height, X, Height, Width, Weight),
        2 => new(edge - X - Width, edge - Y - Height, Width, Height, Weight),
        3 => new(Y, edge - X - Width, Height, Width, Weight),
        _ => this,
    };
}
