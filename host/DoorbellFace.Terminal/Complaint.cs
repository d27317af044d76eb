using System.CommandLine.Parsing;
using System.Globalization;

namespace DoorbellFace.Terminal;

/// <summary>Sentences for what went wrong, where a library's own would speak of its types.</summary>
internal static class Complaint
{
    /// <summary>What is wrong with the command line: "--baud is a whole number; it was 'fast'."</summary>
    public static string Of(ParseError error)
    {
        (string? name, Type? type) = error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
            _ => (null, null),
        };
        bool isConversion = error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);
        if (!isConversion || name is null || KindOf(type!) is not { } kind) return error.Message;
        string given = error.SymbolResult!.Tokens is [var token, ..] ? token.Value : "";
        return $"{name} is {kind}; it was '{given}'.";
    }

    /// <summary>
    /// What is wrong with a number as it was typed: it has a decimal point, no other marks, and an end. Null when it is right or no number
    /// is wanted.
    /// </summary>
    public static string? OfNumber(string name, Type type, string given)
    {
        Type plain = Nullable.GetUnderlyingType(type.GetElementType() ?? type) ?? type.GetElementType() ?? type;
        if (plain != typeof(double) && plain != typeof(float)) return null;
        // What is no number at all has been complained of by the parser, which knows where it stands.
        bool isReadByTheParser =
            double.TryParse(given, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double read);
        bool isRight = double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && double.IsFinite(read);
        return !isReadByTheParser || isRight ? null : $"{name} is {KindOf(plain)}; it was '{given}'.";
    }

    /// <summary>What the file system refuses ends a command with a sentence wherever it happens; null for another exception.</summary>
    public static string? OfFileSystem(Exception error) => error is IOException or UnauthorizedAccessException
        ? $"{error.Message} Is the path right, may this user write there, and is there room on the disk?"
        : null;

    private static string? KindOf(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(int) || plain == typeof(long))
            return $"a whole number up to {(plain == typeof(int) ? int.MaxValue : long.MaxValue)}";
        if (plain == typeof(double) || plain == typeof(float)) return "a number, such as 0.5";
        return plain == typeof(bool) ? "true or false, or stands alone" : null;
    }
}
