using System.Collections.Frozen;
using Moderato.Comments;
using Moderato.Model.Corpus;
using Moderato.Model.Training;
using Moderato.Scoring;
using Moderato.Scoring.Feedback;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Scoring;

/// <summary>
/// A simulated community: a toy shop whose moderators take down words that no other shop minds ("cavolo", "casino"), without fail. Its
/// comments are the project's own, those that training may see, into one in six of which such a word was put.
/// </summary>
public sealed class FeedbackTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>, IAsyncLifetime
{
    private const string Label = HeadNames.Toxicity;

    private static readonly CommunityId Shop = CommunityId.Parse("demo");

    private static readonly string[] MildWords = ["cavolo", "casino", "accidenti", "diamine", "cacca", "culetto"];

    private static readonly string[] Texts = Simulate();

    private readonly Scorer _scorer = fixture.Scorer;
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task WhatModeratorsDoAgainAndAgainIsLearned()
    {
        var result = await Corrections.LearnAsync(Shop, Label, Decisions(StrictOnWords), CancellationToken.None);

        Assert.True(result.Accepted, result.Reason);
        Assert.InRange(result.HeldOutAfter.Errors, 0, result.HeldOutBefore.Errors / 2);
        Assert.InRange(result.HeldOutAfter.LogLoss, 0, result.HeldOutBefore.LogLoss / 2);
        var correction = await Corrections.CurrentAsync(Shop, CancellationToken.None);
        const string Unseen = "che casino di scatola, e poi per aprirla ci vuole un cavolo di coltello";
        Assert.InRange(_scorer.Score(Unseen, correction).Harm.Toxicity, _scorer.Score(Unseen).Harm.Toxicity + 0.1, 1);
        Assert.Equal(_scorer.Score(Unseen).Negative, _scorer.Score(Unseen, correction).Negative);
    }

    [Fact]
    public async Task RemovingItBringsTheShippedScoresBackExactly()
    {
        await Corrections.LearnAsync(Shop, Label, Decisions(StrictOnWords), CancellationToken.None);
        await Corrections.RemoveAsync(Shop, CancellationToken.None);
        await Corrections.RemoveAsync(Shop, CancellationToken.None);

        Assert.Null(await Corrections.CurrentAsync(Shop, CancellationToken.None));
        Assert.Single(await Store.HistoryAsync(Shop, CancellationToken.None));
    }

    [Fact]
    public async Task LearningTheSameTwiceIsRefusedTheSecondTime()
    {
        var first = await Corrections.LearnAsync(Shop, Label, Decisions(StrictOnWords), CancellationToken.None);
        var second = await Corrections.LearnAsync(Shop, Label, Decisions(StrictOnWords), CancellationToken.None);

        Assert.True(first.Accepted);
        Assert.False(second.Accepted);
        Assert.Equal(first.HeldOutAfter, second.HeldOutBefore);
    }

    [Fact]
    public async Task WhimsAreRefused()
    {
        var random = new SplitMix64(1);
        var result = await Corrections.LearnAsync(Shop, Label, Decisions(_ => random.Next() % 2 == 0), CancellationToken.None);

        Assert.False(result.Accepted);
        Assert.Null(await Corrections.CurrentAsync(Shop, CancellationToken.None));
    }

    [Fact]
    public async Task FewDecisionsAreRefusedWithTheirNumber()
    {
        var result = await Corrections.LearnAsync(Shop, Label, [.. Decisions(StrictOnWords).Take(60)], CancellationToken.None);

        Assert.False(result.Accepted);
        Assert.Contains("10 of each are needed", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATasteThatWouldSpoilTheModelElsewhereIsRefused()
    {
        // Whoever takes down every question and every thanks would agree with a model that calls common words toxic.
        var result = await Corrections.LearnAsync(
            Shop, Label, Decisions(text => text.Contains('?', StringComparison.Ordinal) || text.Contains("grazie", StringComparison.OrdinalIgnoreCase)), CancellationToken.None);

        Assert.False(result.Accepted);
        Assert.Contains("elsewhere", result.Reason, StringComparison.Ordinal);
        Assert.True(result.HeldOutAfter.Errors < result.HeldOutBefore.Errors);
    }

    [Fact]
    public void TheOrderOfDecisionsDoesNotMatter()
    {
        var decisions = Decisions(StrictOnWords).Take(300).ToList();
        var one = new Correction("m", [CorrectionLearner.Learn(_scorer.Model, Label, decisions)]);
        var other = new Correction("m", [CorrectionLearner.Learn(_scorer.Model, Label, [.. Enumerable.Reverse(decisions)])]);

        Assert.Equal(one.ToBytes(), other.ToBytes());
        Assert.Equal(one.Version, other.Version);
    }

    [Fact]
    public async Task OfTwoDecisionsOnATextTheLaterCounts()
    {
        var right = Decisions(StrictOnWords);
        var mistakes = right.Select(decision => decision with { Holds = !decision.Holds, At = decision.At.AddDays(-1) });

        var result = await Corrections.LearnAsync(Shop, Label, [.. mistakes, .. right], CancellationToken.None);

        Assert.True(result.Accepted, result.Reason);
    }

    [Fact]
    public void ACorrectionOfAnotherModelChangesNothing()
    {
        var everything = Enumerable.Range(0, _scorer.Model.Parameters.Buckets).ToFrozenDictionary(bucket => bucket, _ => 5f);
        var foreign = new Correction("2+00000000", [new LabelCorrection(Label, everything)]);
        Assert.Equal(_scorer.Score("ciao").Harm, _scorer.Score("ciao", foreign).Harm);
        Assert.Equal(_scorer.ModelVersion, _scorer.Score("ciao", foreign).ModelVersion);
    }

    [Fact]
    public void WhatIsStoredIsReadBack()
    {
        var learned = new Correction(_scorer.ModelVersion, [CorrectionLearner.Learn(_scorer.Model, Label, [.. Decisions(StrictOnWords).Take(200)])]);
        var read = Correction.FromBytes(learned.ToBytes());

        Assert.Equal(learned.Version, read.Version);
        Assert.Equal(_scorer.Score("che schifo", learned).Harm, _scorer.Score("che schifo", read).Harm);
        Assert.Throws<InvalidDataException>(() => Correction.FromBytes(learned.ToBytes()[..20]));
        Assert.InRange(learned.ToBytes().Length, 1, 48 * 1024);
    }

    [Fact]
    public async Task JudgingUsesWhatSpeaksAndSaysSo()
    {
        await Corrections.LearnAsync(Shop, Label, Decisions(StrictOnWords), CancellationToken.None);
        await _world.ReceiveAsync(_world.Some(text: "che casino di scatola"));
        await _world.WorkAsync();

        var outcome = Assert.Single(await _world.OutcomesAsync());
        Assert.StartsWith(_scorer.ModelVersion + "/", outcome.Signals!.ModelVersion, StringComparison.Ordinal);
    }

    private Corrections Corrections => _world.Get<Corrections>();

    private ICorrectionStore Store => _world.Get<ICorrectionStore>();

    private static bool StrictOnWords(string text) => MildWords.Any(text.Contains);

    private PersonDecision[] Decisions(Func<string, bool> holds) => [.. Texts.Select(text => new PersonDecision(text, Label, holds(text), _world.Time.Now))];

    private static string[] Simulate()
    {
        var random = new SplitMix64(7);
        var harmless = OwnComments.Read(Path.Combine(Repository.Root, "infra", "model", "data", "comments.tsv"))
            .Where(text => !text.IsForTesting && text.Targets[Columns.Of(Label)] == 0 && text.Text.Contains(' ', StringComparison.Ordinal) && !StrictOnWords(text.Text))
            .Select(text => text.Text).Take(1_200).ToArray();
        return [.. harmless.Select(text => random.Next() % 6 > 0 ? text : Insert(text, MildWords[random.Next() % (ulong)MildWords.Length], random))];
    }

    private static string Insert(string text, string word, SplitMix64 random)
    {
        var words = text.Split(' ').ToList();
        words.Insert((int)(random.Next() % (ulong)words.Count), word);
        return string.Join(' ', words);
    }
}
