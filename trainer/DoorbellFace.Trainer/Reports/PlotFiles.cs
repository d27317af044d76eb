using ScottPlot;

namespace DoorbellFace.Trainer.Reports;

/// <summary>Writes plots into a folder, each as PNG and as SVG.</summary>
internal sealed class PlotFiles(string folder)
{
    /// <summary>Writes one.</summary>
    /// <param name="name">The files' name without its ending.</param>
    /// <param name="plot">The plot.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <returns>It as SVG, to put into a page.</returns>
    public string Write(string name, Plot plot, int width = 800, int height = 500)
    {
        plot.SavePng(Path.Combine(folder, name + ".png"), width, height);
        string svg = plot.GetSvgXml(width, height);
        File.WriteAllText(Path.Combine(folder, name + ".svg"), svg);
        return svg;
    }
}
