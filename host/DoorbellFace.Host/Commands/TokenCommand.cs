using System.CommandLine;
using System.Globalization;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell token: which programs may ask the running door things (docs/api.md).</summary>
internal static class TokenCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new CommandGroup("token", "The tokens by which other programs ask the running door things. Alone, it lists them.", usual: "list")
        {
            CreateList(), CreateAdd(), CreateRevoke(),
        };

    private static Command CreateList()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the tokens: names and what each may do. A token itself is shown once, when it is made.")
        {
            data, json,
        };
        command.SetAction(parsed =>
        {
            IReadOnlyList<ApiToken> tokens = Tokens(parsed, data).List();
            if (parsed.GetValue(json))
                Screen.WriteJson(tokens.Select(token => new { token.Name, scopes = ApiTokens.WordsOf(token.Scopes), token.CreatedAt }));
            else if (tokens.Count == 0) Console.Out.WriteLine("There is no token: no other program gets in.");
            else foreach (ApiToken token in tokens) Console.Out.WriteLine(InWords(token));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateAdd()
    {
        var name = new Argument<string>("NAME") { Description = "What you call it, such as the program that gets it." };
        var scopes = new Option<string>("--scopes")
        {
            Description = "What it may do: read (visits, events, figures), speak, look (who is on a picture), with commas between them.",
            HelpName = "SCOPES",
            DefaultValueFactory = _ => "read",
        };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("add", "Make a token, and show it: it cannot be shown again.") { name, scopes, data, json };
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetValue(scopes)!;
            ApiScopes may = ApiTokens.ScopesIn(wanted)
                ?? throw new UserErrorException($"--scopes is {ShellWords.Quote(wanted)}: expected read, speak and look, with commas.");
            string token = Tokens(parsed, data).Add(parsed.GetValue(name)!, may);
            ConsoleAudit.Note(CommonOptions.DataFolderOf(parsed.GetValue(data)), AuditAct.TokenAdded);
            // Alone on standard output: a script takes it from there.
            if (parsed.GetValue(json)) Screen.WriteJson(new { name = parsed.GetValue(name), scopes = ApiTokens.WordsOf(may), token });
            else
            {
                Screen.Remark("Keep it now; it is not shown again. A running door takes it at once.");
                Console.Out.WriteLine(token);
            }
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        var name = new Argument<string>("NAME") { Description = "The token's name." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("revoke", "Take a token away. A running door refuses it from the next request on.") { name, data, json };
        command.SetAction(parsed =>
        {
            Tokens(parsed, data).Revoke(parsed.GetValue(name)!);
            ConsoleAudit.Note(CommonOptions.DataFolderOf(parsed.GetValue(data)), AuditAct.TokenRevoked);
            if (parsed.GetValue(json)) Screen.WriteJson(new { revoked = parsed.GetValue(name) });
            else Console.Out.WriteLine($"The token {parsed.GetValue(name)} is refused from now on.");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string InWords(ApiToken token)
    {
        string day = token.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{token.Name}: {string.Join(", ", ApiTokens.WordsOf(token.Scopes))}; made on {day}.";
    }

    private static ApiTokens Tokens(ParseResult parsed, Option<DirectoryInfo?> data) =>
        HouseServices.TokensOf(CommonOptions.DataFolderOf(parsed.GetValue(data)));
}
