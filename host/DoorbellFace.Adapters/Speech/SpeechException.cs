namespace DoorbellFace.Adapters.Speech;

/// <summary>Words could not be made into sound, or sound not be played. The message is a whole sentence with what to do.</summary>
public class SpeechException : Exception
{
    /// <summary>Creates the exception with its sentence.</summary>
    public SpeechException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The synthesizer has no such voice.</summary>
public sealed class UnknownVoiceException(string voice)
    : SpeechException(
        $"espeak-ng has no voice \"{voice}\". Choose one that `espeak-ng --voices` lists, such as \"en\", \"en-us\" or \"de\".");
