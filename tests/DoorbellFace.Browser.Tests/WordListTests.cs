using DoorbellFace.Core.Languages;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Browser.Tests;

/// <summary>Every language of the page has every phrase, with the same placeholders as the English one, and nothing else.</summary>
public class WordListTests
{
    public static TheoryData<string> Tags => [.. Language.All.Select(language => language.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void A_language_has_every_phrase_and_no_other(string tag) =>
        Assert.Equal(Enum.GetValues<Phrase>().Select(WordList.KeyOf).Order(StringComparer.Ordinal),
            WordList.Of(Language.Find(tag)!).Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Tags))]
    public void A_phrase_has_the_same_placeholders_in_every_language(string tag)
    {
        WordList words = WordList.Of(Language.Find(tag)!), english = WordList.Of(Language.English);

        Assert.All(Enum.GetValues<Phrase>(), phrase =>
            Assert.Equal(english.PlaceholdersOf(phrase).Order(), words.PlaceholdersOf(phrase).Order()));
    }
}
