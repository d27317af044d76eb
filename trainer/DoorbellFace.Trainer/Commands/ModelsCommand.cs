using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Models;
using DoorbellFace.Application.Page;
using System.CommandLine;
using System.Globalization;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;
using Spectre.Console;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell models list|pull|verify|rollback: the published weights that a training may start from.</summary>
internal static class ModelsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--folder")
        {
            Description = "Where the weights are kept.", HelpName = "DIR", DefaultValueFactory = _ => WeightStore.DefaultFolder,
        };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        return new Command("models",
            "Weights for a training to start from: those that others have trained on ImageNet, to be fetched and checked, and our own face "
            + "backbone.")
        {
            List(folder, json), Pull(folder, json), Verify(folder, json), RollBack(json),
        };
    }

    private static Command List(Option<string> folder, Option<bool> json)
    {
        var command = new Command("list", "Show which weights there are and which are here.") { folder, json };
        command.SetAction(parsed =>
        {
            var store = new WeightStore(parsed.GetValue(folder)!);
            if (parsed.GetValue(json))
            {
                Screen.WriteJson(
                    new { folder = store.Folder, weights = PublishedWeights.All.Select(weights =>
                        new { weights.Network, weights.FileName, weights.Megabytes, here = File.Exists(store.PathOf(weights)) }),
                            own = OwnWeights() });
                return (int)ExitCode.Done;
            }
            var table = new Table { Border = TableBorder.None };
            table.AddColumns("network", "size", "here", "file");
            foreach (PublishedWeights weights in PublishedWeights.All)
                table.AddRow(weights.Network, string.Create(CultureInfo.InvariantCulture, $"{weights.Megabytes:0} MB"),
                    Presence(store, weights), weights.FileName);
            foreach (OwnModel own in OwnWeights())
                table.AddRow(own.Name, string.Create(CultureInfo.InvariantCulture, $"{own.Bytes / 1e6:0} MB"), "yes",
                    $"{own.File}, made by this program: ./doorbell train FACES --start {own.Name}");
            Screen.Output.Write(table);
            Console.Out.WriteLine($"Folder: {store.Folder}");
            Console.Out.WriteLine("Fetch one: ./doorbell models pull NETWORK");
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>What comes with the program and a training may start from.</summary>
    private static OwnModel[] OwnWeights()
    {
        if (ShippedModels.FindOrNull(ShippedModels.FaceBackboneName) is not { } folder) return [];
        var file = new FileInfo(Path.Combine(folder, OnnxModel.ModelFile));
        return file.Exists ? [new OwnModel(StartWeights.FaceBackbone, BackboneClassifier.KindName, file.FullName, file.Length)] : [];
    }

    private static Command Pull(Option<string> folder, Option<bool> json)
    {
        var names = new Argument<string[]>("NETWORK")
        {
            Description = "Whose weights; see ./doorbell models list.", Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "All of them (1 GB)." };
        var from = new Option<string?>("--from")
        {
            Description = "Take the files out of this folder and not from the network.", HelpName = "DIR",
        };
        var mirror = new Option<string?>("--mirror")
        {
            Description = "Fetch from this folder of a server and not from their makers'.", HelpName = "URL",
        };
        var attempts = new Option<int>("--attempts")
        {
            Description = "Times in a row that nothing may come before it gives up.", HelpName = "N",
            DefaultValueFactory = _ => new DownloadSettings().Attempts,
        };
        var command =
            new Command("pull",
                "Fetch weights. What is here is not fetched again; an interrupted download goes on where it was.") { names, all, from,
                mirror, attempts, folder, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<PublishedWeights> wanted = parsed.GetValue(all)
                ? PublishedWeights.All
                : [.. parsed.GetValue(names)!.Select(PublishedWeights.Of)];
            if (wanted.Count == 0)
                throw new UserErrorException("Which weights? Name a network, or use --all. ./doorbell models list shows them.",
                    ExitCode.WrongUsage);
            string? directory = parsed.GetValue(from), mirrorUrl = parsed.GetValue(mirror);
            if (directory is not null && mirrorUrl is not null)
                throw new UserErrorException("--from and --mirror are two places; give one of them.", ExitCode.WrongUsage);
            if (parsed.GetValue(attempts) < 1)
                throw new UserErrorException($"--attempts is {parsed.GetValue(attempts)}; expected 1 or more.", ExitCode.WrongUsage);
            var pull =
                new WeightPull(new WeightStore(parsed.GetValue(folder)!), TimeProvider.System,
                    new DownloadSettings { Attempts = parsed.GetValue(attempts) });
            return PullAll(pull, wanted, directory, MirrorOf(mirrorUrl), parsed.GetValue(json));
        });
        return command;
    }

    private static Command Verify(Option<string> folder, Option<bool> json)
    {
        var names = new Argument<string[]>("NETWORK")
        {
            Description = "Whose weights; without a name, all that are here.", Arity = ArgumentArity.ZeroOrMore,
        };
        var command =
            new Command("verify", "Check weights byte for byte against the hash that they first came with.") { names, folder, json };
        command.SetAction(parsed =>
        {
            var store = new WeightStore(parsed.GetValue(folder)!);
            string[] named = parsed.GetValue(names)!;
            IReadOnlyList<PublishedWeights> wanted = named.Length > 0
                ? [.. named.Select(PublishedWeights.Of)]
                : [.. PublishedWeights.All.Where(weights => File.Exists(store.PathOf(weights)))];
            var found = wanted.Select(weights => (weights, condition: store.Check(weights))).ToList();
            if (parsed.GetValue(json))
                Screen.WriteJson(found.Select(item => new { item.weights.Network, item.weights.FileName, item.condition }));
            else foreach ((PublishedWeights weights, WeightCondition condition) in found)
                Console.Out.WriteLine($"{weights.FileName}: {Sentence(weights, condition)}");
            if (found.Count == 0) Screen.Remark($"There are no weights in {store.Folder} yet.");
            return (int)(found.Any(item => item.condition == WeightCondition.Changed)
                ? ExitCode.Failed
                : found.Any(item => item.condition == WeightCondition.Missing) ? ExitCode.BadInput : ExitCode.Done);
        });
        return command;
    }

    private static Command RollBack(Option<bool> json)
    {
        var data = new Option<string>("--data")
        {
            Description = "Data folder of the doorbell.", HelpName = "DIR", DefaultValueFactory = _ => DataFolder.Default,
        };
        var command =
            new Command("rollback",
                "Bring the model that ./doorbell build-model replaced back into use; the one in use now is kept in its place.") { data,
                json };
        command.SetAction(parsed =>
        {
            var installed = new FolderModelStore(parsed.GetValue(data)!, ModelCheck.Run);
            installed.RollBack();
            ConsoleAudit.Note(parsed.GetValue(data)!, AuditAct.ModelChanged);
            if (parsed.GetValue(json)) Screen.WriteJson(new { model = installed.Current, previous = installed.Previous });
            else Console.Out.WriteLine(
                $"The model before is in use again, in {installed.Current}. A running doorbell uses it from the next ring on.");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static int PullAll(WeightPull pull, IReadOnlyList<PublishedWeights> wanted, string? directory, Uri? mirror, bool json)
    {
        using var stop = new StopSignal(() => Screen.Remark("Stopping. What has come is kept; the same command goes on from there."));
        foreach (PublishedWeights weights in wanted)
        {
            bool came = Screen.Remarks.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(),
                    new TransferSpeedColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask(Markup.Escape(weights.FileName), maxValue: weights.Megabytes * 1e6);
                    void Progress(long done, long? total) => task.MaxValue(total ?? Math.Max(done, weights.Megabytes * 1e6)).Value(done);
                    return directory is null
                        ? pull.FromNetwork(weights, mirror, Progress, stop.Requested)
                        : pull.FromFolder(weights, directory, Progress, stop.Requested);
                });
            if (!json) Console.Out.WriteLine($"{weights.FileName}: {(came ? "came, and is what was published." : "is here already.")}");
        }
        if (json) Screen.WriteJson(wanted.Select(weights => new { weights.Network, path = pull.Store.PathOf(weights) }));
        return (int)ExitCode.Done;
    }

    private sealed record OwnModel(string Name, string Network, string File, long Bytes);

    private static Uri? MirrorOf(string? mirror)
    {
        if (mirror is null) return null;
        return Uri.TryCreate(mirror.TrimEnd('/') + "/", UriKind.Absolute, out Uri? home) && home.Scheme is "http" or "https"
            ? home
            : throw new UserErrorException($"--mirror is '{mirror}'; expected a URL that begins with http:// or https://.",
                ExitCode.WrongUsage);
    }

    private static string Presence(WeightStore store, PublishedWeights weights)
    {
        if (File.Exists(store.PathOf(weights))) return "yes";
        var part = new FileInfo(store.PartOf(weights));
        return part.Exists ? string.Create(CultureInfo.InvariantCulture, $"{part.Length / 1e6:0} MB of it") : "no";
    }

    private static string Sentence(PublishedWeights weights, WeightCondition condition) => condition switch
    {
        WeightCondition.Sound => "sound.",
        WeightCondition.Changed => $"NOT what it first was. Delete it and fetch it again: ./doorbell models pull {weights.Network}",
        _ => $"not here. Fetch it: ./doorbell models pull {weights.Network}",
    };
}
