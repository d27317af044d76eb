namespace DoorbellFace.Application.Training;

/// <summary>The program that makes models out of photos; a process of its own, because of what it loads.</summary>
public interface ITrainer
{
    /// <summary>It is installed.</summary>
    bool IsHere { get; }

    /// <summary>Starts it. It leaves the model in use as it is.</summary>
    /// <param name="photos">Folder with a folder of pictures for each person, called as the person.</param>
    /// <param name="work">Where it puts what it makes.</param>
    /// <param name="minutes">Time for its trainings.</param>
    /// <param name="told">Gets each line that it tells of its work, one after another, on any thread.</param>
    /// <exception cref="DoorbellException">It is not there, or cannot be started.</exception>
    ITraining Start(string photos, string work, int minutes, Action<string> told);
}

/// <summary>A trainer at work. Disposing of it stops it.</summary>
public interface ITraining : IDisposable
{
    /// <summary>Ends with it; every line has been told then.</summary>
    Task<TrainingEnd> Ended { get; }

    /// <summary>Ends it and whatever it has started, at once; does nothing when it has ended.</summary>
    void Stop();
}

/// <summary>How a trainer has ended.</summary>
/// <param name="IsGood">As it should.</param>
/// <param name="Result">What it wrote as its result, JSON; empty when it did not come to that.</param>
public sealed record TrainingEnd(bool IsGood, string Result);
