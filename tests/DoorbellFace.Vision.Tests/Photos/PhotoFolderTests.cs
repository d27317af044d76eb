using System.Diagnostics;
using System.Net.Sockets;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Vision.Tests.Photos;

/// <summary>Folders as people, telephones, network storages and other systems leave them.</summary>
public sealed class PhotoFolderTests : IDisposable
{
    private static readonly byte[] Png = PictureFile.EncodePng(new PixelBuffer(4, 3, PixelFormat.Gray8, new byte[12]));

    private readonly string _root = Directory.CreateTempSubdirectory("doorbell-photos-").FullName;

    public void Dispose()
    {
        // .NET cannot delete what has a name in another encoding.
        Shell("rm -rf -- *");
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Photos_in_folders_of_a_persons_folder_are_the_persons_and_nobody_vanishes()
    {
        Add("Anna/1.png", "Anna/2019/2.png", "Anna/2020/Summer/3.png", "Ben/2021/4.png", "loose.png");
        Directory.CreateDirectory(At("Clara/empty"));

        var folder = PhotoFolder.Read(_root);

        Assert.Equal(["Anna/1.png", "Anna/2019/2.png", "Anna/2020/Summer/3.png", "Ben/2021/4.png", "loose.png"], folder.Photos);
        Assert.Equal([("Anna", 3), ("Ben", 1), ("Clara", 0)], folder.People.Select(person => (person.Name, person.Photos.Count)));
        Assert.Equal(["loose.png"], folder.Loose);
        Assert.Equal(["The folder 'Clara' holds no photo."], folder.RemarksOnPeople());
        Assert.Empty(folder.Remarks());
    }

    [Fact]
    public void A_link_to_the_folder_above_and_second_names_of_a_photo_give_nothing_twice()
    {
        Add("Anna/1.png", "Anna/2.png");
        File.CreateSymbolicLink(At("Anna/0-first.png"), At("Anna/1.png"));
        Directory.CreateSymbolicLink(At("Anna/all"), "..");
        Directory.CreateSymbolicLink(At("Twin"), At("Anna"));

        var folder = PhotoFolder.Read(_root);

        Assert.Equal(["Anna/1.png", "Anna/2.png"], folder.Photos);
        Assert.Equal(
            [("Anna/0-first.png", PassedOverCause.SeenAlready), ("Anna/all", PassedOverCause.SeenAlready),
                ("Twin", PassedOverCause.SeenAlready)], Causes(folder));
    }

    [Fact]
    public void A_link_out_to_the_folder_above_brings_no_other_persons_photos_in()
    {
        Add("Anna/1.png", "Ben/2.png");
        Directory.CreateSymbolicLink(At("Anna/all"), "..");

        var folder = PhotoFolder.Read(At("Anna"));

        Assert.Equal(["1.png"], folder.Photos);
        Assert.Equal([("all", PassedOverCause.SeenAlready)], Causes(folder));
    }

    [Fact]
    public void A_folder_elsewhere_is_reached_through_its_link_once()
    {
        using var elsewhere = new PhotoFolderTests();
        elsewhere.Add("2024/1.png");
        Directory.CreateDirectory(At("Anna"));
        Directory.CreateSymbolicLink(At("Anna/nas"), elsewhere._root);
        Directory.CreateSymbolicLink(At("Anna/nas-again"), elsewhere._root);

        var folder = PhotoFolder.Read(_root);

        Assert.Equal(["Anna/nas/2024/1.png"], folder.Photos);
        Assert.Equal([("Anna/nas-again", PassedOverCause.SeenAlready)], Causes(folder));
    }

    [Fact]
    public void Thumbnails_and_what_systems_keep_beside_photos_are_counted_and_no_photos()
    {
        Add("Anna/1.png", "Anna/._1.png", "Anna/.thumbnails/1.png", "Anna/@eaDir/1.png/SYNOPHOTO_THUMB_M.png", "#recycle/2.png",
            "__MACOSX/3.png", "Anna/.DS_Store");

        var folder = PhotoFolder.Read(_root);

        Assert.Equal(["Anna/1.png"], folder.Photos);
        Assert.Equal(["Anna"], folder.People.Select(person => person.Name));
        Assert.All(folder.PassedOver, item => Assert.Equal(PassedOverCause.Hidden, item.Cause));
        Assert.Equal(["Passed over as hidden, or made by a program: 5, such as '#recycle'."], folder.Remarks());
    }

    [Fact]
    public void What_is_in_a_file_decides_and_what_only_looks_like_a_picture_is_named()
    {
        Add("Anna/1.png", "Anna/no-ending", "Anna/IMG_1.CR2");
        File.WriteAllText(At("Anna/broken.jpg"), "no picture");
        File.WriteAllText(At("Anna/notes.txt"), "He likes apples.");

        var folder = PhotoFolder.Read(_root);

        Assert.Equal(["Anna/1.png", "Anna/broken.jpg", "Anna/no-ending"], folder.Photos);
        Assert.Equal(1, folder.OtherFiles);
        Assert.Equal([("Anna/IMG_1.CR2", PassedOverCause.OtherFormat)], Causes(folder));
        Assert.False(PictureFile.TryRead(At("Anna/broken.jpg")).Succeeded);
    }

    [Fact]
    public void Pipes_sockets_dead_links_and_names_in_another_encoding_end_no_scan()
    {
        Add("Anna/1.png");
        Shell("mkfifo Anna/pipe.jpg; ln -s nowhere Anna/dead.jpg; cp Anna/1.png \"Anna/$(printf 'Gro\\337mutter.png')\"; mkdir \"$(printf "
            + "'Ren\\351e')\"; cp Anna/1.png \"$(printf 'Ren\\351e')/1.png\"");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("Anna/socket.jpg")));

        var folder = PhotoFolder.Read(_root);

        Assert.Equal(["Anna/1.png"], folder.Photos);
        Assert.Equal(
            [
                ("Anna/Gro\uFFFDmutter.png", PassedOverCause.NameNotUtf8), ("Anna/dead.jpg", PassedOverCause.Gone),
                    ("Anna/pipe.jpg", PassedOverCause.NoFile),
                ("Anna/socket.jpg", PassedOverCause.NoFile), ("Ren\uFFFDe", PassedOverCause.NameNotUtf8),
            ],
            Causes(folder).Order());
        Assert.Contains("is a pipe, a socket or a device", PictureFile.TryRead(At("Anna/pipe.jpg")).Reason, StringComparison.Ordinal);
    }

    [NotRootFact]
    public void A_folder_that_may_not_be_read_is_named_and_the_rest_is_read()
    {
        Add("Anna/1.png", "Anna/lost+found/2.png", "Anna/2.png");
        Shell("chmod 000 Anna/lost+found");
        try
        {
            var folder = PhotoFolder.Read(_root);

            Assert.Equal(["Anna/1.png", "Anna/2.png"], folder.Photos);
            Assert.Equal([("Anna/lost+found", PassedOverCause.Forbidden)], Causes(folder));
        }
        finally
        {
            Shell("chmod 700 Anna/lost+found");
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_photos() =>
        Assert.Equal([(".", PassedOverCause.Gone)], Causes(PhotoFolder.Read(At("nowhere"))));

    [Fact]
    public void Of_many_things_passed_over_ten_are_named_and_all_are_counted()
    {
        Add([.. Enumerable.Range(0, 14).Select(i => $"{i:00}.nef")]);

        IReadOnlyList<string> remarks = PhotoFolder.Read(_root).Remarks();

        Assert.Equal(11, remarks.Count);
        Assert.Equal("... and 4 more, 14 in all.", remarks[^1]);
    }

    private static IEnumerable<(string Path, PassedOverCause Cause)> Causes(PhotoFolder folder) =>
        folder.PassedOver.Select(item => (item.Path, item.Cause));

    private string At(string path) => Path.Combine(_root, path);

    private void Add(params string[] paths)
    {
        foreach (string path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.WriteAllBytes(At(path), Png);
        }
    }

    private void Shell(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-e", "-c", script]) { WorkingDirectory = _root })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}

/// <summary>A test of missing permission; whoever is root misses none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NotRootFactAttribute : FactAttribute
{
    public NotRootFactAttribute()
    {
        if (Environment.IsPrivilegedProcess) Skip = "needs a user who is not root: root may read everything";
    }
}
