using DoorbellFace.Core.Statistics;
using DoorbellFace.Trainer.Building;

namespace DoorbellFace.Trainer.Tests.Building;

public class CandidateChoiceTests
{
    [Fact]
    public void A_better_one_that_few_pictures_cannot_prove_does_not_replace_the_plain_backbone()
    {
        ModelCandidate plain = Candidate("plain", right: 47, of: 50), tuned = Candidate("tuned", right: 49, of: 50);

        Assert.Same(plain, CandidateChoice.Of([plain, tuned]));
    }

    [Fact]
    public void One_that_is_surely_better_does()
    {
        ModelCandidate plain = Candidate("plain", right: 30, of: 50), tuned = Candidate("tuned", right: 49, of: 50);

        Assert.Same(tuned, CandidateChoice.Of([plain, tuned]));
    }

    [Fact]
    public void Of_equals_one_that_is_twice_as_fast_is_taken()
    {
        ModelCandidate plain = Candidate("plain", right: 48, of: 50, milliseconds: 10);

        Assert.Equal("small", CandidateChoice.Of([plain, Candidate("small", right: 48, of: 50, milliseconds: 4)]).Name);
        Assert.Equal("plain", CandidateChoice.Of([plain, Candidate("small", right: 48, of: 50, milliseconds: 6)]).Name);
    }

    [Fact]
    public void Of_equals_one_that_knows_no_strangers_is_not_taken_however_fast()
    {
        ModelCandidate plain = Candidate("plain", right: 48, of: 50, milliseconds: 10);

        Assert.Same(plain, CandidateChoice.Of([plain, Candidate("small", right: 50, of: 50, milliseconds: 2, knowsStrangers: false)]));
    }

    [Fact]
    public void Explains_itself_in_three_sentences_with_figures()
    {
        ModelCandidate plain = Candidate("the plain backbone", right: 47, of: 50),
            tuned = Candidate("the fine-tuned one", right: 49, of: 50, milliseconds: 11);

        string text = CandidateChoice.Explain([plain, tuned], plain);

        Assert.Equal(
            "Of the pictures kept for choosing, the plain backbone put the right person first in 94.0 % (95 %: 83.8 % to 97.9 %), and "
            + "takes 10.0 ms a face. "
            + "Beside it stood the fine-tuned one (98.0 %, 11.0 ms). "
            + "So few pictures do not show that the fine-tuned one is better, and the chosen one has learnt from many more faces than the "
            + "family's.",
            text);
    }

    private static ModelCandidate Candidate(string name, int right, int of, double milliseconds = 10, bool knowsStrangers = true) =>
        new(name, "", Rate.OfSuccesses(right, of), milliseconds, knowsStrangers, Seconds: 1);
}
