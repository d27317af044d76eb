using System.Runtime.InteropServices;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// The rotation sweep with a Haar cascade, coarse to fine. Coarse: windows of every size at every second or third pixel and a few angles,
/// of interest already when they pass the first stages, gathered into candidates. Fine, if nobody else looks closer: around the likeliest
/// candidates, windows at steps of a few degrees and a few hundredths of their size; the more of them pass the whole cascade, the surer the
/// face, and their mean is its place, size and angle. Not thread-safe: one worker owns it.
/// </summary>
public sealed class HaarSweep : IFaceProposer
{
    /// <summary>
    /// Hits of one candidate: centres nearer than this part of the larger edge, neither twice the other's size, and angles nearer than
    /// this. A face may pass for one upside down in the very same place: what stands otherwise is a candidate of its own.
    /// </summary>
    private const float SameCandidateDistance = 0.35f, SameCandidateDegrees = 50;

    private static readonly float[] CloserDegrees = [-15, -7.5f, 0, 7.5f, 15];
    private static readonly float[] CloserSizes = [0.8f, 0.9f, 1, 1.12f, 1.25f];

    private readonly HaarCascade _cascade;
    private readonly HaarSweepOptions _options;
    private readonly int _closerStages;
    private readonly List<HaarHit> _hits = [], _closerHits = [];
    private HaarScanner? _scanner;

    /// <summary>Sweeps with the given cascade.</summary>
    public HaarSweep(HaarCascade cascade, HaarSweepOptions? options = null)
    {
        (_cascade, _options) = (cascade, options ?? new HaarSweepOptions());
        if (_options.StepDegrees < 1 || 90 % _options.StepDegrees != 0)
            throw new ArgumentOutOfRangeException(nameof(options), _options.StepDegrees, "The step must divide 90 degrees.");
        _closerStages = Math.Max(1, cascade.Stages.Count - 2);
    }

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<FaceDetection>> Propose(PixelBuffer gray)
    {
        if (gray.Format != PixelFormat.Gray8)
            throw new ArgumentException($"The sweep looks at Gray8; this is {gray.Format}.", nameof(gray));
        if (_scanner is null || !_scanner.Fits(gray)) _scanner = new HaarScanner(_cascade, gray.Width, gray.Height, SmallestScale);
        HaarScanner scanner = _scanner;
        var pyramid = new HalvedPictures(gray);
        _hits.Clear();
        ScanSizes(scanner, pyramid, Rotation.None, 0b0001);
        yield return Candidates(scanner, pyramid, _options.MostUprightCandidates);

        ScanSizes(scanner, pyramid, Rotation.None, 0b1110);
        for (int degrees = _options.StepDegrees; degrees < 90; degrees += _options.StepDegrees)
            ScanSizes(scanner, pyramid, Rotation.FromDegrees(degrees), 0b1111);
        yield return Candidates(scanner, pyramid, _options.MostCandidates);
    }

    private float SmallestScale => (float)_options.MinFaceEdgePixels / _cascade.WindowEdge;

    private void ScanSizes(HaarScanner scanner, HalvedPictures pyramid, Rotation rotation, uint quarters)
    {
        for (float scale = SmallestScale; scale * _cascade.WindowEdge <= pyramid.ShorterSide; scale *= _options.SizeFactor)
            scanner.Scan(pyramid, scale, rotation, quarters, _options.CandidateStages, _hits);
    }

    private List<FaceDetection> Candidates(HaarScanner scanner, HalvedPictures pyramid, int most) =>
    [
        .. Gather(_hits)
            .Select(hits => HaarCandidate.Of(hits, _options.CandidateStages, _options.StepDegrees))
            .OrderByDescending(candidate => candidate.Weight)
            .Take(most)
            .Select(candidate => _options.LooksCloser ? Closer(scanner, pyramid, candidate) : candidate.ToDetection(candidate.Weight))
            .OrderByDescending(face => face.Confidence),
    ];

    private FaceDetection Closer(HaarScanner scanner, HalvedPictures pyramid, HaarCandidate candidate)
    {
        _closerHits.Clear();
        foreach (float degrees in CloserDegrees)
        {
            var rotation = Rotation.FromDegrees(candidate.Rotation.Degrees + degrees);
            foreach (float size in CloserSizes)
                scanner.ScanPatch(pyramid, candidate.CenterX, candidate.CenterY, candidate.Edge * size / _cascade.WindowEdge, rotation,
                    _closerStages, _closerHits);
        }
        if (_closerHits.Count == 0) return candidate.ToDetection(0);
        HaarCandidate closer = HaarCandidate.Of(_closerHits, _closerStages, CloserDegrees[^1] * 2);
        return closer.ToDetection(_closerHits.Sum(hit => hit.Stages - _closerStages + 1));
    }

    /// <summary>Gathers hits of one face, those that passed most stages leading.</summary>
    private static List<List<HaarHit>> Gather(List<HaarHit> hits)
    {
        var gathered = new List<List<HaarHit>>();
        var leaders = new List<HaarHit>();
        foreach (HaarHit hit in hits.OrderByDescending(hit => hit.Stages).ThenByDescending(hit => hit.Margin))
        {
            // Thousands of hits against a hundred leaders each: without a call for each pair.
            ReadOnlySpan<HaarHit> span = CollectionsMarshal.AsSpan(leaders);
            int at = 0;
            while (at < span.Length && !IsSameCandidate(in span[at], in hit)) at++;
            if (at < span.Length)
            {
                gathered[at].Add(hit);
                continue;
            }
            leaders.Add(hit);
            gathered.Add([hit]);
        }
        return gathered;
    }

    private static bool IsSameCandidate(in HaarHit one, in HaarHit other)
    {
        float larger = MathF.Max(one.Edge, other.Edge), x = one.CenterX - other.CenterX, y = one.CenterY - other.CenterY;
        float reach = SameCandidateDistance * larger;
        return (x * x) + (y * y) < reach * reach && MathF.Min(one.Edge, other.Edge) > larger / 2
            && one.Rotation.AngleTo(other.Rotation) < SameCandidateDegrees;
    }
}
