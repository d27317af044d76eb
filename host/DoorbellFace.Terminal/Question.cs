using System.CommandLine;

namespace DoorbellFace.Terminal;

/// <summary>A question to whoever sits at the terminal, before something is done that they may not mean.</summary>
public static class Question
{
    /// <summary>--yes: nothing is asked.</summary>
    public static Option<bool> YesOption(string description = "Do it without asking first.") => new("--yes") { Description = description };

    /// <summary>Whether somebody can be asked: standard input is a terminal.</summary>
    public static bool CanAsk => !Console.IsInputRedirected;

    /// <summary>
    /// Asks before something that cannot be undone. Where nobody can be asked (a script, a pipe) the command itself counts as the answer.
    /// </summary>
    /// <param name="question">What is to be done, as a question.</param>
    /// <param name="yes">The user has answered already.</param>
    /// <exception cref="UserErrorException">The answer was no.</exception>
    public static void BeforeWhatCannotBeUndone(string question, bool yes)
    {
        if (yes || !CanAsk || Ask(question, isYesUsual: false, Console.In, Console.Error)) return;
        throw new UserErrorException("Nothing was changed.", ExitCode.Failed);
    }

    /// <summary>Asks until the answer is yes or no; an empty line is the usual answer, and so is the end of the input.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isYesUsual">What an empty line means.</param>
    /// <param name="answers">Where the answer comes from.</param>
    /// <param name="words">Where the question goes.</param>
    public static bool Ask(string question, bool isYesUsual, TextReader answers, TextWriter words)
    {
        while (true)
        {
            words.Write($"{question} {(isYesUsual ? "[Y/n]" : "[y/N]")} ");
            words.Flush();
            switch (answers.ReadLine()?.Trim().ToLowerInvariant())
            {
                case null or "":
                    return isYesUsual;
                case "y" or "yes":
                    return true;
                case "n" or "no":
                    return false;
                default:
                    words.WriteLine("Please answer y for yes or n for no.");
                    break;
            }
        }
    }
}
