using System.Net;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What is left when the program, or the process that reads pictures for it, is killed or hangs while photos are sent: on the real program,
/// without a browser.
/// </summary>
public sealed class KilledUploadTests
{
    private const int Seed = 47_000_000;

    /// <summary>The archive is half there, or all of it and its pictures are being read.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_is_killed_during_an_upload_leaves_no_file_no_process_and_nobody(bool isBeingRead)
    {
        await using DoorWithPage door = await DoorWithPage.StartAsync();
        using HttpClient family = await FamilyForm.SetPasswordAsync(door.Address);
        // The stores are there, and so is the process that reads pictures.
        await FamilyForm.SendAsync(family, "Anna", "anna.zip", Photos(DrawnFamily.Anna));
        int reader = Assert.Single(door.Children);
        IReadOnlyList<string> before = door.Files;

        using var rest = new SemaphoreSlim(0);
        var halfSent = new TaskCompletionSource();
        if (isBeingRead)
        {
            await LinuxProcess.HoldAsync(reader);
            halfSent.SetResult();
        }
        using MultipartFormDataContent form = await PageForm.PhotosAsync(family, "Eve", "eve.zip", isBeingRead
            ? new ByteArrayContent(Photos(DrawnFamily.Clara))
            : new HeldContent(Photos(DrawnFamily.Clara), halfSent, rest));
        Task<HttpResponseMessage> sending = family.PostAsync("people?handler=Enrol", form);
        await halfSent.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (isBeingRead) Assert.Equal(HttpStatusCode.Redirect, (await sending).StatusCode);
        await door.KillAndStartAgainAsync(async () =>
        {
            if (isBeingRead) LinuxProcess.Signal(reader, "CONT");
            rest.Release();
            if (!isBeingRead) await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
            await LinuxProcess.IsGoneAsync(reader);
            Assert.Equal(before, door.Files);
        });

        string people = await family.GetStringAsync("people");
        Assert.Contains("Anna", people, StringComparison.Ordinal);
        Assert.DoesNotContain("Eve", people, StringComparison.Ordinal);
        Assert.Equal(before, door.Files);
        Assert.Contains("Eve is known", await FamilyForm.SendAsync(family, "Eve", "eve.zip", Photos(DrawnFamily.Clara)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_hangs_its_reader_keeps_neither_the_bell_nor_the_page_and_is_refused_in_a_sentence()
    {
        await using DoorWithPage door = await DoorWithPage.StartAsync();
        using HttpClient family = await FamilyForm.SetPasswordAsync(door.Address);
        await FamilyForm.SendAsync(family, "Anna", "anna.zip", Photos(DrawnFamily.Anna));
        int reader = Assert.Single(door.Children);
        IReadOnlyList<string> before = door.Files;

        await LinuxProcess.HoldAsync(reader);
        Task<string> sending = FamilyForm.SendAsync(family, "Eve", "eve.png", Photo(DrawnFamily.Clara, 0));
        await door.BeginToRingAsync(DrawnFamily.Anna.Person, Seed + 50);
        Assert.False(sending.IsCompleted);
        await door.HearAsync("visitor_identified");
        Assert.Contains("chime_started", door.Heard);
        Assert.Contains("Visits", await family.GetStringAsync("visits"), StringComparison.Ordinal);
        LinuxProcess.Signal(reader, "KILL");

        string said = WebUtility.HtmlDecode(await sending);
        Assert.Contains("No usable picture of Eve; nothing was saved.", said, StringComparison.Ordinal);
        Assert.Contains("eve.png: The file could not be read", said, StringComparison.Ordinal);
        await door.LeaveAsync();
        // The visit is kept, and nothing is left in passing.
        Assert.Equal(before.Where(IsPassing), door.Files.Where(IsPassing));
        bool IsPassing(string file) => !file.StartsWith(door.DataFolder, StringComparison.Ordinal);
        Assert.Contains("Eve is known", await FamilyForm.SendAsync(family, "Eve", "eve.zip", Photos(DrawnFamily.Clara)),
            StringComparison.Ordinal);
    }

    private static byte[] Photos(FamilyMember member) =>
        HostileArchives.Of(Enumerable.Range(0, 3).Select(i => ($"{i}.png", Photo(member, i))));

    private static byte[] Photo(FamilyMember member, int number) =>
        PictureFile.EncodePng(DoorWithPage.Picture(member.Person, Seed + number));
}
