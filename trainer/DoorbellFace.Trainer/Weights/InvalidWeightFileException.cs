namespace DoorbellFace.Trainer.Weights;

/// <summary>A file of weights cannot be used. The message is a whole sentence for the user: what was expected and what was found.</summary>
public sealed class InvalidWeightFileException : Exception
{
    /// <summary>Creates the exception with its sentence.</summary>
    public InvalidWeightFileException(string message)
        : base(message)
    {
    }
}
