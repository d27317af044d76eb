namespace DoorbellFace.Core.Imaging;

/// <summary>One image from the sensor, as the link delivered it.</summary>
/// <param name="Pixels">The picture.</param>
/// <param name="Sequence">The device's frame number, 0 to 16383, then from 0 again.</param>
/// <param name="CapturedAt">When its last byte arrived at the host.</param>
/// <param name="ConcealedRows">Rows that never arrived intact and were drawn from their neighbours, ascending; empty for a whole
/// frame.</param>
public sealed record Frame(PixelBuffer Pixels, int Sequence, DateTimeOffset CapturedAt, IReadOnlyList<int> ConcealedRows);
