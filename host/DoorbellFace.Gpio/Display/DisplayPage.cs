namespace DoorbellFace.Gpio.Display;

/// <summary>What a display shows at one time.</summary>
/// <param name="Lines">Each as long as the display is wide; the codes 0 to 7 stand for the shapes.</param>
/// <param name="Shapes">Shapes that are loaded into the display, eight at most.</param>
internal sealed record DisplayPage(IReadOnlyList<string> Lines, IReadOnlyList<byte[]> Shapes);
