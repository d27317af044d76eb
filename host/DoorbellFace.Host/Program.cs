using DoorbellFace.Core.Models;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Composition;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

if (PictureReaderProgram.TryRun(args)) return 0;

RuntimeTelemetry.SetInEnvironment();
if (RuntimeTelemetry.DeleteLeftovers() is { } leftovers)
    Screen.Remark(
        $"An earlier version let ONNX Runtime collect reports for its maker, and may have sent some. That is off now, and {leftovers} is "
        + $"deleted.");

return await CommandRunner.RunAsync(
    CommandList.CreateRoot(), args, error =>
        error is InvalidModelException or DetectorModelException or CascadeMissingException or InvalidPictureException
            ? error.Message
            : null);
