using DoorbellFace.Core.Languages;

namespace DoorbellFace.Core.Tests.Languages;

public class LanguageTests
{
    public static TheoryData<string> Tags => [.. Language.All.Select(language => language.Tag)];

    [Fact]
    public void English_German_and_Hebrew_are_there() => Assert.Equal(["en", "de", "he"], Language.All.Select(language => language.Tag));

    /// <summary>A sentence that is missing throws when the file is read; one that lost a placeholder would swallow a name.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Each_sentence_has_the_placeholders_that_English_has(string tag)
    {
        Language language = Language.Find(tag)!;

        foreach (Sentence sentence in Enum.GetValues<Sentence>())
        {
            HashSet<string> wanted = [.. Language.English.PlaceholdersOf(sentence).SelectMany(names => names).Where(IsWord)];
            Assert.All(language.PlaceholdersOf(sentence), names =>
                Assert.True(wanted.SetEquals(names.Where(IsWord)), $"{tag}, {sentence}"));
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void No_sentence_leaves_a_placeholder_or_a_brace_behind(string tag)
    {
        Language language = Language.Find(tag)!;

        foreach (Sentence sentence in Enum.GetValues<Sentence>())
        {
            foreach (int count in (int[])[1, 2, 3, 25])
            {
                string said =
                    language.Say(sentence, count, ("name", "Anna"), ("names", "Anna"), ("others", "Ben"), ("who", "Ben"), ("time", "14:10"),
                        ("day", "Monday"), ("when", "yesterday"), ("seen", "2"), ("looked", "3"), ("part", "the light"));
                Assert.DoesNotContain('{', said);
                Assert.NotEmpty(said);
            }
        }
    }

    [Theory]
    [InlineData("en", "That was Ben.", "Ben", false)]
    [InlineData("en", "  it's  anna maria! ", "anna maria", false)]
    [InlineData("en", "Ben", "Ben", false)]
    [InlineData("en", "that was not Anna", "Anna", true)]
    [InlineData("en", "Notburga", "Notburga", false)]
    [InlineData("de", "Das war nicht Jürgen.", "Jürgen", true)]
    [InlineData("de", "das ist Anna", "Anna", false)]
    [InlineData("he", "זה היה בן", "בן", false)]
    [InlineData("he", "זאת לא הייתה ענת", "ענת", true)]
    [InlineData("en", " . ", null, false)]
    public void A_name_is_found_in_what_people_say_of_a_visitor(string tag, string said, string? name, bool isNot)
    {
        Assert.Equal(name, Language.Find(tag)!.NameIn(said, out bool denied));
        Assert.Equal(isNot, denied);
    }

    /// <summary>A sentence that was copied from English and forgotten.</summary>
    [Theory]
    [InlineData("de")]
    [InlineData("he")]
    public void No_sentence_is_left_in_English(string tag)
    {
        Language language = Language.Find(tag)!;

        Assert.All(
            Enum.GetValues<Sentence>().Where(sentence => sentence != Sentence.CameList), sentence =>
                Assert.NotEqual(Language.English.Say(sentence), language.Say(sentence)));
    }

    [Theory]
    [InlineData("he", true)]
    [InlineData("de", false)]
    public void A_language_knows_its_direction(string tag, bool isRightToLeft) =>
        Assert.Equal(isRightToLeft, Language.Find(tag)!.IsRightToLeft);

    [Fact]
    public void Hebrew_is_written_in_Hebrew_letters() =>
        Assert.All(Enum.GetValues<Sentence>(), sentence =>
            Assert.DoesNotContain(Language.Find("he")!.Say(sentence, 2).Replace("{", "", StringComparison.Ordinal), letter =>
                letter is >= 'A' and <= 'Z'));

    [Theory]
    [InlineData("en", "Anna, Ben and Clara")]
    [InlineData("de", "Anna, Ben und Clara")]
    [InlineData("he", "Anna, Ben וClara")]
    public void Several_are_joined_as_the_language_does(string tag, string expected) =>
        Assert.Equal(expected, Language.Find(tag)!.List(["Anna", "Ben", "Clara"]));

    [Theory]
    [InlineData("en", 27, "Friday")]
    [InlineData("en", 1, "1 November")]
    [InlineData("de", 1, "1. November")]
    [InlineData("he", 27, "שישי")]
    public void Days_are_said_as_the_language_does(string tag, int day, string expected) =>
        Assert.Equal(expected, Language.Find(tag)!.Day(new DateOnly(2026, 11, day), new DateOnly(2026, 11, 29)));

    [Fact]
    public void Large_numbers_are_digits() => Assert.Equal("25", Language.English.Number(25));

    [Fact]
    public void A_tag_that_is_none_finds_nothing() => Assert.Null(Language.Find("xx"));

    /// <summary>A number may stand in words in one language and in digits in another.</summary>
    private static bool IsWord(string placeholder) => placeholder is not ("{count}" or "{digits}");
}
