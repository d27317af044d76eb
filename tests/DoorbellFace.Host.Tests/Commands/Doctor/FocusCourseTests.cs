using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands.Doctor;

namespace DoorbellFace.Host.Tests.Commands.Doctor;

public class FocusCourseTests
{
    private const double ManyEdges = 0.1, NoEdges = 0;

    [Fact]
    public void The_way_to_the_best_place_and_past_it()
    {
        var course = new FocusCourse();

        Assert.Equal(["No edges.", "20.", "45.", "70, sharp.", "88, sharp.", "75, sharp. It was 88.", "50. It was 88.", "87, sharp."],
            Said(course, (0.9, NoEdges), (0.2, ManyEdges), (0.45, ManyEdges), (0.7, ManyEdges), (0.88, ManyEdges), (0.75, ManyEdges),
            (0.5, ManyEdges), (0.87, ManyEdges)));
    }

    /// <summary>Two frames of a still scene are never quite the same: that is no reason to turn back.</summary>
    [Fact]
    public void The_wobble_of_a_still_scene_is_not_told() =>
        Assert.Equal(["80, sharp.", "78, sharp.", "81, sharp.", "79, sharp."],
            Said(new FocusCourse(), (0.8, ManyEdges), (0.78, ManyEdges), (0.81, ManyEdges), (0.79, ManyEdges)));

    private static string[] Said(FocusCourse course, params (double Value, double EdgePart)[] frames) =>
        [.. frames.Select(frame => course.Next(new PictureSharpness(frame.Value, frame.EdgePart)))];
}
