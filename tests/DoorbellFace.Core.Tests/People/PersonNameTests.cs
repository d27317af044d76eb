using DoorbellFace.Core.People;

namespace DoorbellFace.Core.Tests.People;

public class PersonNameTests
{
    [Theory]
    [InlineData("Jos\u00e9", "Jose\u0301")]
    [InlineData("Anna", "anna")]
    [InlineData("Anna", "An\u200bna")]
    [InlineData("Anna", "\u200fAnna\u200e")]
    [InlineData("Dr. M\u00fcller", "dr.  Mu\u0308ller ")]
    [InlineData("Nguy\u1ec5n", "Nguye\u0302\u0303n")]
    [InlineData("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("q\u0323\u0307", "q\u0307\u0323")]
    public void These_are_the_same_name(string one, string other) => Assert.True(PersonName.AreSame(one, other));

    [Theory]
    [InlineData("Jos\u00e9", "Jose")]
    [InlineData("Anna", "Anne")]
    [InlineData("Anna B", "AnnaB")]
    public void These_are_two_names(string one, string other) => Assert.False(PersonName.AreSame(one, other));

    [Theory]
    [InlineData("Jose\u0301", "Jos\u00e9")]
    [InlineData("  Anna   B. ", "Anna B.")]
    [InlineData("\u202bAnna\u202c", "Anna")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    public void A_name_is_kept_composed_and_without_what_cannot_be_seen(string typed, string kept) =>
        Assert.Equal(kept, PersonName.Clean(typed));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u200b")]
    [InlineData("-!?")]
    [InlineData("An\u0007na")]
    [InlineData("unknown")]
    [InlineData("Someone I don't know")]
    public void This_is_no_name(string text) => Assert.NotNull(PersonName.Complaint(text));

    [Theory]
    [InlineData("Anna")]
    [InlineData("\u05d9\u05e2\u05dc")]
    [InlineData("R2D2")]
    public void This_is_one(string text) => Assert.Null(PersonName.Complaint(text));

    [Fact]
    public void A_name_of_sixty_letters_is_one_and_a_longer_one_is_not()
    {
        Assert.Null(PersonName.Complaint(new string('a', 60)));
        Assert.NotNull(PersonName.Complaint(new string('a', 61)));
    }
}
