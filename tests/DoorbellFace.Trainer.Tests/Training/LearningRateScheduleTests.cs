using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Tests.Training;

public class LearningRateScheduleTests
{
    [Fact]
    public void Rises_evenly_and_falls_along_half_a_cosine_to_nothing()
    {
        var schedule = new LearningRateSchedule(peak: 0.1, totalSteps: 100, warmUpShare: 0.1);

        Assert.Equal(0.1 / 11, schedule.At(0), tolerance: 1e-12);
        Assert.Equal(0.1 * 10 / 11, schedule.At(9), tolerance: 1e-12);
        Assert.Equal(0.1, schedule.At(10), tolerance: 1e-12);
        Assert.Equal(0.05, schedule.At(55), tolerance: 1e-12);
        Assert.Equal(0, schedule.At(100), tolerance: 1e-12);
        Assert.True(Enumerable.Range(10, 89).All(step => schedule.At(step) > schedule.At(step + 1)));
    }

    [Fact]
    public void Works_for_a_single_step()
    {
        Assert.Equal(0.1, new LearningRateSchedule(peak: 0.1, totalSteps: 1, warmUpShare: 0.1).At(0), tolerance: 1e-12);
    }
}
