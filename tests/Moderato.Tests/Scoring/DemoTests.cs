using System.Text.Json;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Tests.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Scoring;

/// <summary>The comments of <c>up --demo</c>, which nothing was trained on, against what we ourselves say of them.</summary>
public sealed class DemoTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    private static readonly AuthorHistory Regular = new([new PastComment(DateTimeOffset.UnixEpoch, Decision.Approve, Sentiment.Neutral)]);

    private static readonly (string Text, string Sentiment, string Kind)[] Comments = Read();

    /// <summary>A floor, so that no training makes it worse unseen; the misses are in the model card.</summary>
    [Fact]
    public void MostSentimentsAreWhatWeWouldSay() =>
        Assert.InRange(Comments.Count(c => fixture.Scorer.Score(c.Text).Sentiment.ToString().Equals(c.Sentiment, StringComparison.OrdinalIgnoreCase)), 136, Comments.Length);

    [Theory]
    [InlineData("insult")]
    [InlineData("spam")]
    public void WhatShouldWaitForAPersonDoes(string kind) => Assert.All(
        Comments.Where(c => c.Kind == kind),
        c => Assert.Equal(Decision.Hold, SomeFacts.BuiltIn(fixture.Scorer.Score(c.Text), Regular, DateTimeOffset.UnixEpoch).Decision));

    [Fact]
    public void FairCriticismIsNotTakenForAnInsultOrSpam() => Assert.InRange(
        Comments.Where(c => c.Kind is "criticism" or "anger").Count(c => SomeFacts.BuiltIn(fixture.Scorer.Score(c.Text), Regular, DateTimeOffset.UnixEpoch).Rule is "attack" or "spam" or "threat" or "rude-words"),
        0,
        2);

    private static (string, string, string)[] Read()
    {
        using var demo = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "local", "Demo", "comments.json")));
        return
        [
            .. demo.RootElement.GetProperty("comments").EnumerateArray().Select(comment =>
            {
                var expect = comment.GetProperty("expect");
                return (comment.GetProperty("text").GetString()!, expect.GetProperty("sentiment").GetString()!, expect.GetProperty("kind").GetString()!);
            }),
        ];
    }
}
