using Moderato.Comments;
using Moderato.Mood;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class VoicesTests
{
    [Theory]
    [InlineData(0.5, 0.1, "", true)]
    [InlineData(0.44, 0.1, "", false)]
    [InlineData(0.5, 0.1, "QuestionOrder", false)]
    [InlineData(0.6, 0.1, "QuestionOrder", true)]
    [InlineData(0.5, 0.1, "QuestionOrder,Complaint", true)]
    [InlineData(0.2, 0.5, "", true)]
    [InlineData(0.2, 0.1, "Complaint", true)]
    [InlineData(0.2, 0.1, "Complaint,QuestionOrder", false)]
    [InlineData(0.1, 0.49, "QuestionPresale", false)]
    public void WhoIsUnhappy(double negative, double anger, string intents, bool expected)
    {
        var voice = Voices.Of(SomeVoices.Outcome("testo", signals: s => s with
        {
            Negative = negative,
            Neutral = 1 - negative,
            Positive = 0,
            Anger = anger,
            Intents = [.. intents.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(i => new IntentScore(Enum.Parse<Intent>(i), 0.6))],
        }))!;

        Assert.Equal(expected, voice.Unhappy);
        Assert.Equal(intents.Contains("Question", StringComparison.Ordinal), voice.Asks);
    }

    [Fact]
    public void AKindComplaintIsNotUnhappy() => Assert.False(Voices.Of(SomeVoices.Outcome(
        "testo", signals: s => s with { Negative = 0.2, Neutral = 0.2, Positive = 0.6, Intents = [new IntentScore(Intent.Complaint, 0.5)] }))!.Unhappy);

    [Fact]
    public void ThePlatformsTimeCountsUnlessItLiesAhead()
    {
        Assert.Equal(SomeVoices.Now.AddDays(-400), At(SomeVoices.Now.AddDays(-400)));
        Assert.Equal(SomeVoices.Now, At(SomeVoices.Now.AddSeconds(1)));
        Assert.Equal(SomeVoices.Now, At(null));

        static DateTimeOffset At(DateTimeOffset? written) => Voices.Of(SomeVoices.Outcome("testo", c => c with { CreatedAt = written }))!.At;
    }

    [Theory]
    [InlineData("||", true)]
    [InlineData("||zzBB.", false)]
    [InlineData("t||", false)]
    [InlineData("m||", false)]
    [InlineData(null, false)]
    public void ANewcomerHasWrittenNothingBefore(string? snapshot, bool expected) =>
        Assert.Equal(expected, Voices.Of(SomeVoices.Outcome("testo", snapshot: snapshot))!.Newcomer);

    [Fact]
    public void TheTeamIsNeverUnhappy() => Assert.False(Voices.Of(SomeVoices.Outcome("testo", signals: s => s with { Anger = 1 }, snapshot: "m||"))!.Unhappy);

    [Fact]
    public void WhatWasRemovedOrNeverJudgedHasNoVoice()
    {
        Assert.Null(Voices.Of(SomeVoices.Outcome("testo", c => c.AsTombstone())));
        Assert.Null(Voices.Of(SomeVoices.Outcome("testo") with { Signals = null }));
    }

    [Fact]
    public void AnAnswerNamesWhatItAnswersOnTheSamePlatformOnly()
    {
        var asked = Voices.Of(SomeVoices.Outcome("testo"))!;
        var answer = Voices.Of(SomeVoices.Outcome("testo", c => c with { Key = c.Key with { Id = "c2" }, ParentId = "c1" }))!;
        var elsewhere = Voices.Of(SomeVoices.Outcome("testo", c => c with { Key = new CommentKey(PlatformId.Parse("facebook"), "c2"), ParentId = "c1" }))!;

        Assert.Equal(asked.Comment, answer.AnswerTo);
        Assert.NotEqual(asked.Comment, elsewhere.AnswerTo);
        Assert.NotEqual(asked.Person, elsewhere.Person);
        Assert.Equal(0u, asked.AnswerTo);
    }

    [Fact]
    public void WithoutAnAuthorThePersonIsNobody()
    {
        var voice = Voices.Of(SomeVoices.Outcome("testo", c => c with { Author = null }))!;
        Assert.Equal(0u, voice.Person);
        Assert.False(voice.Newcomer);
    }
}
