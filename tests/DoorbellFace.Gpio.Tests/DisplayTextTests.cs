using System.Text;
using DoorbellFace.Core.Languages;
using DoorbellFace.Gpio.Display;

namespace DoorbellFace.Gpio.Tests;

/// <summary>Sentences and names as a display of 16 by 2 shows them; shapes that were loaded are read back as their letters.</summary>
public class DisplayTextTests
{
    [Theory]
    [InlineData("Anna is at the door.", "Anna is at the  |door.           ")]
    [InlineData("Jürgen ist an der Tür.", "Jürgen ist an   |der Tür.        ")]
    [InlineData("Zoë and Łukasz", "Zoe and Lukasz  |                ")]
    [InlineData("José Ørsted-Æbelø", "Jose            |Oersted-Aebeloe ")]
    [InlineData("Дмитрий is at the door.", "Dmitriy is at   |the door.       ")]
    [InlineData("Σωκράτης", "Sokratis        |                ")]
    [InlineData("محمد is at the door.", "mhmd is at the  |door.           ")]
    [InlineData("李 is at the door.", "? is at the     |door.           ")]
    [InlineData("C:\\~", "C:/-            |                ")]
    public void Names_of_any_script_are_shown(string text, string shown) => Assert.Equal([shown], Shown(text));

    /// <summary>From right to left: the first letter of the sentence stands at the right end of the first line.</summary>
    [Theory]
    [InlineData("דוד בדלת.", "       .תלדב דוד|                ")]
    [InlineData("Anna בדלת.", "      .תלדב Anna|                ")]
    [InlineData("בשעה 14:10 Ben.", " .Ben 14:10 העשב|                ")]
    public void Hebrew_stands_from_right_to_left(string text, string shown) => Assert.Equal([shown], Shown(text, isRightToLeft: true));

    /// <summary>A Hebrew name in an English sentence is turned by itself.</summary>
    [Fact]
    public void A_hebrew_name_in_another_sentence_is_turned_by_itself() =>
        Assert.Equal(["ןב דוד is at the|door.           "], Shown("דוד בן is at the door."));

    [Fact]
    public void A_long_sentence_is_several_pages_broken_between_words() =>
        Assert.Equal(
            ["Anna is at the  |door with two   ", "people I don't  |know.           "],
            Shown("Anna is at the door with two people I don't know."));

    [Fact]
    public void A_word_that_is_longer_than_a_line_is_cut() =>
        Assert.Equal(["Donaudampfschiff|fahrt           "], Shown("Donaudampfschifffahrt"));

    /// <summary>The display holds eight shapes: each page of each sentence of each language keeps to that.</summary>
    [Fact]
    public void No_page_needs_more_shapes_than_a_display_holds()
    {
        foreach (Language language in Language.All)
        {
            foreach (Sentence sentence in Enum.GetValues<Sentence>())
            {
                var text = new DisplayText(16, 2, language.IsRightToLeft);
                IReadOnlyList<DisplayPage> pages = text.Pages(language.Say(sentence), out IReadOnlyList<string> lost);
                Assert.All(pages, page => Assert.True(page.Shapes.Count <= 8 && page.Lines.All(line => line.Length == 16)));
                Assert.Empty(lost);
            }
        }
    }

    [Fact]
    public void What_cannot_be_shown_is_told()
    {
        _ = new DisplayText(16, 2, false).Pages("李小龍 is at the door.", out IReadOnlyList<string> lost);
        Assert.Equal(["李", "小", "龍"], lost);
    }

    [Fact]
    public void Nothing_is_no_page() => Assert.Empty(new DisplayText(16, 2, false).Pages("  ", out _));

    [Fact]
    public void Every_hebrew_letter_and_every_umlaut_has_a_shape_of_its_own()
    {
        string[] shapes =
            [.. "אבגדהוזחטיכךלמםנןסעפףצץקרשתäöüÄÖÜß".EnumerateRunes().Select(letter => Convert.ToHexString(Letters.ShapeOf(letter)!))];
        Assert.Equal(shapes.Length, shapes.Distinct().Count());
    }

    private static string[] Shown(string text, bool isRightToLeft = false)
    {
        Dictionary<string, string> letters = [];
        foreach (Rune letter in text.EnumerateRunes())
            if (Letters.ShapeOf(letter) is { } shape) letters[Convert.ToHexString(shape)] = letter.ToString();
        return [.. new DisplayText(16, 2, isRightToLeft).Pages(text, out _).Select(page => string.Join('|', page.Lines.Select(line =>
            string.Concat(line.Select(cell => cell < 8 ? letters[Convert.ToHexString(page.Shapes[cell])] : cell.ToString())))))];
    }
}
