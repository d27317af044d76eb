using DoorbellFace.Application.Page;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Composition;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>What the real commands change is in the same record as what the page changes; what they only look at is not.</summary>
[Collection(nameof(StandardOutput))]
public sealed class ConsoleAuditTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_changes_people_is_noted_with_the_person_and_where_it_was_done()
    {
        Enrol("Anna", DrawnFamily.Anna);
        Enrol("Anne", DrawnFamily.Anna);
        Enrol("Ben", DrawnFamily.Ben);
        PersonId anna = IdOf("Anna"), anne = IdOf("Anne"), ben = IdOf("Ben");
        Assert.Equal([(AuditAct.Enrolled, anna), (AuditAct.Enrolled, anne), (AuditAct.Enrolled, ben)], Noted());

        Run("people", "rename", "Ben", "Benjamin");
        Run("people", "merge", "Anne", "Anna", "--yes");
        Run("rules", "person", "Anna", "silent", "yes");
        Run("people", "undo-enrolment", "Benjamin");
        Run("people", "remove", "Anna", "--yes");

        Assert.Equal(
            [(AuditAct.Renamed, ben), (AuditAct.Joined, anna), (AuditAct.PersonChanged, anna), (AuditAct.PictureRemoved, ben),
                (AuditAct.PersonDeleted, anna)], Noted().Skip(3));
        Assert.DoesNotContain("Anna", File.ReadAllText(_folder["data/page/audit.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_changes_settings_tokens_and_the_password_is_noted()
    {
        Run("rules", "set", "quiet", "22:00-7:00");
        Run("rules", "clear", "--yes");
        Run("token", "add", "kitchen");
        Run("token", "revoke", "kitchen");
        HouseServices.PageAccessOf(_folder["data"]).SetFirst("a long password");
        Run("page", "reset-password");

        Assert.Equal(
            [AuditAct.SettingsChanged, AuditAct.SettingsChanged, AuditAct.TokenAdded, AuditAct.TokenRevoked, AuditAct.PasswordReset],
            Noted().Select(entry => entry.Act));
    }

    [Fact]
    public void Deleting_visits_is_noted_and_whatever_changes_nothing_is_not()
    {
        using (IVisitStore store = House().VisitStorage.OpenAsOwner()) store.Save(TestVisits.Ended());
        Run("visits", "list");
        Run("visits", "show", "last");
        Run("people", "list");
        Run("rules", "show");
        Run("token", "list");
        Run("page", "where");
        Run("page", "reset-password");
        Run("visits", "delete", "--older-than", "36500d", "--yes");
        Assert.Empty(Noted());

        Run("visits", "delete", "last", "--yes");

        Assert.Equal([AuditAct.VisitDeleted], Noted().Select(entry => entry.Act));
    }

    private IEnumerable<(AuditAct Act, PersonId? Person)> Noted() =>
        House().Audit.Last(100).Reverse().Select(entry =>
        {
            Assert.Equal(AuditLog.Console, entry.Who);
            return (entry.Act, entry.Person);
        });

    private PersonId IdOf(string name) => House().People.List().Single(person => person.Name == name).Id;

    private HouseServices House() => new(_folder["data"], NullLogger.Instance);

    private void Enrol(string name, FamilyMember member)
    {
        string photos = Directory.CreateDirectory(_folder[name]).FullName;
        for (int i = 0; i < 3; i++)
        {
            DrawnScene scene = DrawnScene.Random(48_000_000 + (name.Length * 100) + i, SceneVariation.Visiting);
            PictureFile.Write(Path.Combine(photos, $"{i}.png"), FaceRenderer.Render(member.Person, scene, 320, 240));
        }
        Run("enroll", name, "--photos", photos, "--anyway");
    }

    private void Run(params string[] words) => StandardOutput.Of(CommandList.CreateRoot(), [.. words, "--data", _folder["data"]]);
}
