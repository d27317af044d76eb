using System.CommandLine;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Commands;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Commands;

public sealed class CommandRefusalTests : IDisposable
{
    private readonly DrawnFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_names_every_setting_that_is_wrong()
    {
        UserErrorException error = Refusal("train", _folder.Path, "--epochs", "0", "--size", "8", "--batch", "1", "--lr", "2");

        Assert.Equal(ExitCode.WrongUsage, error.ExitCode);
        Assert.Equal(
            ["--epochs is 0; expected 1 to 1000.", "--size is 8; expected 32 to 512 pixels.", "--batch is 1; expected 2 to 1024.",
                "--lr is 2; expected a number above 0 and up to 1."],
            error.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("--network is resnet50; expected one of resnet18, alexnet, ", "--network", "resnet50")]
    [InlineData("--size is 112; reference_cnn takes 256 pixels only.", "--network", "reference_cnn")]
    [InlineData("--size is 32; expected 63 to 512 pixels.", "--network", "alexnet", "--size", "32")]
    [InlineData("--mode is frozen; expected fine-tune or features.", "--mode", "frozen")]
    [InlineData("--augment has 'blur'; expected one or more of doorbell, aligned-doorbell, paper, none, rotation, ", "--augment",
        "rotation,blur")]
    [InlineData("--optimizer is lion; expected one of adamw, adam, sgd.", "--optimizer", "lion")]
    [InlineData("--schedule is linear; expected cosine or constant.", "--schedule", "linear")]
    [InlineData("--patience is -1; expected 0 (never stop early) to 1000 epochs.", "--patience", "-1")]
    [InlineData("--micro-batch is -4; expected 0 (whole batches) to 1024.", "--micro-batch", "-4")]
    [InlineData("--copies is 0; expected 1 to 100.", "--copies", "0")]
    [InlineData("There are no published weights called 'reference_cnn'. There are: ", "--network", "reference_cnn", "--size", "256",
        "--start", "imagenet")]
    public void Train_refuses_networks_sizes_and_starts_that_do_not_exist(string sentence, params string[] options)
    {
        UserErrorException error = Refusal(["train", _folder.Path, .. options]);

        Assert.Equal(ExitCode.WrongUsage, error.ExitCode);
        Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hard-pairs is -1; expected 0 to 100.", "--hard-pairs", "-1")]
    [InlineData("--start is given 2 times, and 'other.pth' is no face backbone made before: only of such there is a mean.",
        "--start", "face-backbone", "other.pth")]
    public void Pretrain_says_what_is_wrong_before_the_teacher_is_asked(string sentence, params string[] options)
    {
        UserErrorException error = Refusal(["pretrain", "--data", "/nowhere", "--teacher", "/nowhere", "--out", _folder.In("run"),
            .. options]);

        Assert.Equal((ExitCode.WrongUsage, sentence), (error.ExitCode, error.Message));
        Assert.False(Directory.Exists(_folder.In("run")));
    }

    [Fact]
    public void Pretrain_takes_no_mean_of_backbones_of_different_sizes_unless_it_is_told_the_size()
    {
        string other = Directory.CreateDirectory(_folder.In("other")).FullName;
        File.Copy(Path.Combine(ShippedModels.FaceBackbone, OnnxModel.ModelFile), Path.Combine(other, OnnxModel.ModelFile));
        string manifest = File.ReadAllText(Path.Combine(ShippedModels.FaceBackbone, OnnxModel.ManifestFile));
        File.WriteAllText(
            Path.Combine(other, OnnxModel.ManifestFile), manifest.Replace("\"size\": 112", "\"size\": 96", StringComparison.Ordinal));

        UserErrorException error = Refusal("pretrain", "--data", "/nowhere", "--teacher", "/nowhere", "--out", _folder.In("run"),
            "--start", "face-backbone", other);

        Assert.Equal(
            (ExitCode.WrongUsage, "The backbones of --start take pictures of 112 and 96 pixels. Give --size as well."),
            (error.ExitCode, error.Message));
    }

    [Fact]
    public void Train_says_when_the_pictures_are_not_there()
    {
        UserErrorException error = Refusal("train", "/nowhere", "--out", _folder.In("run"));

        Assert.Equal(ExitCode.BadInput, error.ExitCode);
        Assert.StartsWith("There is no folder '/nowhere'.", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("run")));
    }

    [Fact]
    public void Train_neither_overwrites_a_training_nor_resumes_what_is_not_there()
    {
        Assert.Contains("There is no training in", Refusal("train", _folder.Path, "--out", _folder.In("run"), "--resume").Message,
            StringComparison.Ordinal);

        WriteCheckpoint();
        Assert.Contains("already holds a training. --resume goes on with it",
            Refusal("train", _folder.Path, "--out", _folder.In("run")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_resumes_with_the_settings_it_began_with_or_not_at_all()
    {
        WriteCheckpoint();

        UserErrorException error =
            Refusal("train", _folder.Path, "--out", _folder.In("run"), "--resume", "--epochs", "50", "--lr", "0.001", "--seed", "2");

        Assert.Equal(ExitCode.WrongUsage, error.ExitCode);
        Assert.Contains("began with --epochs 40 (now 50) and --seed 1 (now 2), and a resumed training goes on as it began.", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Train_and_export_write_into_no_folder_that_holds_something_else()
    {
        Directory.CreateDirectory(_folder.In("run/model"));
        File.WriteAllText(_folder.In("run/model/diary.txt"), "mine");

        Assert.Contains("diary.txt'. Choose another.", Refusal("train", _folder.Path, "--out", _folder.In("run")).Message,
            StringComparison.Ordinal);
        WriteCheckpoint();
        Assert.Contains("diary.txt'. Choose another.",
            Refusal("export", _folder.In("run/last.checkpoint"), "--out", _folder.In("run/model")).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.In("run/model/diary.txt")));
    }

    [Fact]
    public void Export_knows_three_precisions_and_needs_a_place()
    {
        Assert.NotEmpty(Root().Parse(["export", "best.checkpoint", "--out", "x", "--precision", "int4"]).Errors);
        Assert.NotEmpty(Root().Parse(["export", "best.checkpoint"]).Errors);
        Assert.Empty(Root().Parse(["export", "best.checkpoint", "--out", "x", "--precision", "int8"]).Errors);
    }

    [Theory]
    [InlineData("--size is 32; expected 63 (AlexNet's smallest) to 512 pixels.", "--size", "32")]
    [InlineData("--seeds is '1,1'; expected whole numbers, each once, with commas between: 1,2,3.", "--seeds", "1,1")]
    [InlineData("--seeds is 'one'; expected whole numbers, ", "--seeds", "one")]
    [InlineData("--start is 'imagenet'; expected NETWORK=WEIGHTS, such as resnet18=imagenet.", "--start", "imagenet")]
    [InlineData("--start names the network 'lenet'; expected one of resnet18, ", "--start", "lenet=random")]
    [InlineData("--minutes is -1; expected a number above 0.", "--minutes", "-1")]
    public void Reproduce_refuses_what_makes_no_grid(string sentence, params string[] options)
    {
        UserErrorException error = Refusal(["reproduce", "--data", _folder.Path, "--out", _folder.In("grid"), .. options]);

        Assert.Equal(ExitCode.WrongUsage, error.ExitCode);
        Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("grid")));
    }

    private static Command Root() =>
        CommandRunner.CreateRoot("trainer", TrainCommand.Create(), PretrainCommand.Create(), ExportCommand.Create(),
            PrepareCommand.Create(), ReproduceCommand.Create());

    private static UserErrorException Refusal(params string[] arguments) =>
        Assert.Throws<UserErrorException>(() =>
            Root().Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));

    private void WriteCheckpoint()
    {
        var settings = new TrainingSettings();
        var state = new TrainingState
        {
            Version = TrainingState.CurrentVersion,
            Settings = settings,
            Preprocessor = PreprocessorSettings.ImageNetGray(settings.Size),
            Labels = ["Anna"],
            Dataset = new DatasetDescription("family", new string('a', 64), new Dictionary<string, int> { ["Anna"] = 5 }),
            Epochs = [],
        };
        using var network = new ResNet18(1);
        Directory.CreateDirectory(_folder.In("run"));
        Checkpoint.Write(_folder.In("run/last.checkpoint"), state, network, optimizer: null);
    }
}
