using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Rules;

namespace DoorbellFace.Core.Tests.Rules;

public class RulesJsonTests
{
    private static readonly PersonId Anna = TestVisits.Anna, Ben = PersonId.Parse("0190a000-0000-7000-8000-000000000002");

    private static readonly HouseRules Everything = new HouseRules
    {
        Quiet = new QuietHours(WeeklyTimes.TryParse("fri 22-7, sat")!) { Chime = ChimeRule.Soft, Except = [Ben] },
        VolumePercent = 60,
        WordsPerMinute = 220,
        IsMuted = true,
        Strangers = SayRule.Chime,
        Uncertain = SayRule.Chime,
        RepeatAfter = TimeSpan.FromMinutes(10),
        SayAgainAfter = TimeSpan.FromSeconds(30),
    }.With(Anna,
        new PersonRules { Sentence = "Die Schwester ist da – האחות כאן.", SayAs = "Ahna", IsSilent = true,
        Only = WeeklyTimes.TryParse("mon 8-18")! });

    [Fact]
    public void What_is_written_is_read_again()
    {
        string text = RulesJson.Write(Everything);
        var complaints = new List<string>();

        HouseRules read = RulesJson.Read(text, complaints);

        Assert.Empty(complaints);
        Assert.Equal(text, RulesJson.Write(read));
        Assert.Equal(Everything.PerPerson[Anna] with { Only = null }, read.PerPerson[Anna] with { Only = null });
        Assert.Equal((220, true), (read.WordsPerMinute, read.IsMuted));
        Assert.Equal((60, ChimeRule.Soft, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30)),
            (read.VolumePercent, read.Quiet!.Chime, read.RepeatAfter!.Value, read.SayAgainAfter!.Value));
    }

    [Fact]
    public void No_rules_are_an_empty_object() => Assert.Equal("{}", RulesJson.Write(HouseRules.None).Trim());

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_in_sentences()
    {
        string text = $$"""
            {
              "volume": 60, "volume_percent": 5, "strangers": "shout", "repeat_minutes": "ten", "again_seconds": 4, "uncertain": 1,
              "quiet": { "times": "at night", "chime": "loud", "except": ["Anna"], "until": 7 },
              "people": { "Anna": {}, "{{Anna}}": { "sentence": " ", "say_as": 3, "silent": "yes", "only": "8-9 mon", "name": "Anna" } }
            }
            """;
        var complaints = new List<string>();

        RulesJson.Read(text, complaints);

        string[] keys =
        [
            "volume", "volume_percent", "strangers", "repeat_minutes", "again_seconds", "uncertain", "quiet.times", "quiet.chime",
                "quiet.except", "quiet.until",
            "people.Anna", $"people.{Anna}.sentence", $"people.{Anna}.say_as", $"people.{Anna}.silent", $"people.{Anna}.only",
                $"people.{Anna}.name",
        ];
        Assert.Equal(keys.Order(StringComparer.Ordinal),
            complaints.Select(complaint => complaint.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.All(complaints, complaint => Assert.EndsWith(".", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{ \"volume_percent\": 60")]
    [InlineData("{ \"volume_percent\": 60, \"volume_percent\": 70 }")]
    [InlineData("{ \"people\": [] }")]
    [InlineData("{ \"people\": { \"00000000-0000-0000-0000-000000000000\": {} } }")]
    [InlineData("{ \"quiet\": null }")]
    [InlineData("{ \"quiet\": {} }")]
    [InlineData("{ \"quiet\": { \"times\": \"22-7\", \"except\": [1] } }")]
    public void What_is_no_list_of_rules_is_complained_about(string text)
    {
        var complaints = new List<string>();

        RulesJson.Read(text, complaints);

        Assert.NotEmpty(complaints);
    }

    [Fact]
    public void Nothing_is_left_of_somebody_who_is_removed()
    {
        string text = RulesJson.Write(Everything.Without([Anna, Ben]));

        foreach (string trace in (string[])[Anna.ToString(), Ben.ToString(), "Schwester", "Ahna"])
            Assert.DoesNotContain(trace, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_of_one_person_go_to_the_one_they_turned_out_to_be()
    {
        HouseRules moved = Everything.Merged(Anna, Ben);

        Assert.Equal(Everything.PerPerson[Anna], moved.PerPerson[Ben]);
        Assert.False(moved.PerPerson.ContainsKey(Anna));
        Assert.Equal([Anna], Everything.Merged(Ben, Anna).Quiet!.Except);
    }

    [Fact]
    public void Whoever_has_rules_keeps_them_and_is_not_silenced_by_a_merge()
    {
        HouseRules merged = Everything.With(Ben, new PersonRules { SayAs = "Benn" }).Merged(Anna, Ben);

        Assert.Equal(new PersonRules { SayAs = "Benn", Sentence = Everything.PerPerson[Anna].Sentence }, merged.PerPerson[Ben]);
    }
}
