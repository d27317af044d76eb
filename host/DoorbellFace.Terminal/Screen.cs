using System.Text.Json;
using Spectre.Console;

namespace DoorbellFace.Terminal;

/// <summary>
/// Where words go: results to standard output, progress and remarks to standard error, so that a pipe gets only the result.
/// </summary>
public static class Screen
{
    /// <summary>The option with which every command shows its progress in plain lines.</summary>
    public const string PlainOption = "--plain";

    /// <summary>The option that ends what <see cref="PlainOption"/> began.</summary>
    public const string NoPlainOption = "--no-plain";

    /// <summary>
    /// Nothing is drawn over and no frames or bars are drawn: for a screen reader or a braille display, which read every redrawing aloud;
    /// on a terminal that cannot draw over; and in a file or pipe.
    /// </summary>
    public static bool IsPlain { get; } =
        PlainScreen.IsWanted(Environment.GetCommandLineArgs(), Environment.GetEnvironmentVariable, Console.IsErrorRedirected,
            PlainScreen.IsRemembered);

    /// <summary>The console behind standard output; for tables.</summary>
    public static IAnsiConsole Output => AnsiConsole.Console;

    /// <summary>The console behind standard error; for progress bars.</summary>
    public static IAnsiConsole Remarks { get; } = AnsiConsole.Create(IsPlain
        ? new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        }
        : new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>A result for programs: one JSON object, snake_case names.</summary>
    public static string ToJson<T>(T result) => JsonSerializer.Serialize(result, JsonSettings.Indented);

    /// <summary>Writes a result for programs; see <see cref="ToJson"/>.</summary>
    public static void WriteJson<T>(T result) => Console.Out.WriteLine(ToJson(result));

    /// <summary>Writes one event of a stream for programs: a JSON object on one line.</summary>
    public static void WriteJsonLine<T>(T happening) => Console.Out.WriteLine(JsonSerializer.Serialize(happening, JsonSettings.OneLine));

    /// <summary>A remark for the person who waits.</summary>
    public static void Remark(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (IOException)
        {
            // A full disk behind standard error, or a terminal that is gone, must not end a doorbell.
        }
    }

    /// <summary>Shows a bar whose words change while <paramref name="work"/> runs.</summary>
    /// <param name="work">The work; it says after each step how far it is, of how much, and what there is to know.</param>
    public static T WithChangingProgress<T>(Func<Action<double, double, string>, T> work)
    {
        if (IsPlain)
        {
            var lines = new PlainProgress(Remark, TimeProvider.System);
            return work((done, total, words) => lines.Tell(words, done, total));
        }
        return Remarks.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting");
                T result = work((done, total, words) =>
                {
                    task.MaxValue(total).Value(done).Description(Markup.Escape(words));
                    context.Refresh();
                });
                task.StopTask();
                return result;
            });
    }

    /// <summary>Shows a progress bar with percentage and remaining time while <paramref name="work"/> runs.</summary>
    /// <param name="title">What is being done, in a few words.</param>
    /// <param name="total">How many steps there are.</param>
    /// <param name="work">The work; it calls its argument once after each step.</param>
    public static T WithProgress<T>(string title, int total, Func<Action, T> work)
    {
        if (IsPlain)
        {
            var lines = new PlainProgress(Remark, TimeProvider.System);
            int done = 0;
            return work(() => lines.Tell(title, Interlocked.Increment(ref done), total));
        }
        return Remarks.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
                T result = work(() => task.Increment(1));
                task.Value = task.MaxValue;
                return result;
            });
    }
}
