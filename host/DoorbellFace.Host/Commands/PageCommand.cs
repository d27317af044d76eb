using System.CommandLine;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;
using DoorbellFace.Web;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell page: what whoever has the console may do about the page.</summary>
internal static class PageCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new CommandGroup("page", "Look after the page that a running door serves. Alone, it says where that is.",
            usual: "where") { CreateWhere(), CreateReset() };

    private static Command CreateWhere()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("where", "Say where the page is, by the settings, and whether it has a password.") { data, json };
        command.SetAction(parsed =>
        {
            bool hasPassword = HouseServices.PageAccessOf(CommonOptions.DataFolderOf(parsed.GetValue(data))).HasPassword;
            PageSettings page = RunSettings.ReadUsual([]).Page;
            if (parsed.GetValue(json)) Screen.WriteJson(new { on = page.IsOn, address = page.Location, hasPassword });
            else Console.Out.WriteLine(InWords(page, hasPassword));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string InWords(PageSettings page, bool hasPassword)
    {
        if (!page.IsOn) return "The page is switched off. The setting page.on switches it on.";
        string password = hasPassword ? "It has a password." : "It has no password yet: open it on this computer and set one.";
        return $"{page.Location} while the door runs. {password}";
    }

    private static Command CreateReset()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command(
            "reset-password",
            "Take the page's password away, and end every session. The page then asks for a new one, on this computer alone.")
        {
            data, json,
        };
        command.SetAction(parsed =>
        {
            string folder = CommonOptions.DataFolderOf(parsed.GetValue(data));
            bool reset = HouseServices.PageAccessOf(folder).Reset();
            if (reset) ConsoleAudit.Note(folder, AuditAct.PasswordReset);
            if (parsed.GetValue(json)) Screen.WriteJson(new { reset });
            else Console.Out.WriteLine(
                reset ? "The page has no password now. Open it on this computer and set a new one." : "The page has no password yet.");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
