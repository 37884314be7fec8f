using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Review;
using Moderato.Tests.Support;
using Xunit;
using Outcome = Moderato.Comments.Outcome;

namespace Moderato.Tests.Review;

/// <summary>What waits for a person: in which order, and that two people never get the same.</summary>
public sealed class ReviewListTests : IAsyncLifetime
{
    private const string Rude = "Siete dei ladri, vergognatevi stronzi";

    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.CreateAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task WhatIsGraveComesFirstAndWhatHasWaitedLongBeforeIt()
    {
        await HoldAsync("mild", toxicity: 0.1);
        await HoldAsync("grave", toxicity: 0.95);
        await HoldAsync("threat", toxicity: 0.9, threat: 0.9);
        Assert.Equal("threat grave mild", await _desk.WaitingIdsAsync());
        _desk.World.Time.Advance(TimeSpan.FromHours(7.5));
        await HoldAsync("new", toxicity: 0.8);
        Assert.Equal("threat grave mild new", await _desk.WaitingIdsAsync());
        Assert.Equal([true, true, true, false], (await _desk.WaitingAsync()).Select(i => (bool)i!["overdue"]!));
    }

    [Fact]
    public void NothingStarves()
    {
        var score = Gen.Choose(0, 1000).Select(n => n / 1000.0);
        var some = from toxicity in score
                   from anger in score
                   from negative in score
                   from threat in score
                   from escalated in Gen.Elements(true, false)
                   from stars in Gen.Choose(1, 5)
                   select Held("x", toxicity, anger, negative, threat, escalated ? Decision.Escalate : Decision.Hold, stars);
        Prop.ForAll(some.ToArbitrary(), outcome =>
        {
            var wait = ReviewPriority.DueAt(outcome) - outcome.Comment.ReceivedAt;
            return wait >= TimeSpan.Zero && wait <= ReviewPriority.Longest;
        }).QuickCheckThrowOnFailure();
        // More harm is never due later.
        Prop.ForAll((from a in score from b in score select (a, b)).ToArbitrary(), pair =>
            ReviewPriority.DueAt(Held("x", Math.Max(pair.a, pair.b))) <= ReviewPriority.DueAt(Held("x", Math.Min(pair.a, pair.b)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task TwoPeopleNeverGetTheSame()
    {
        await _desk.JudgeAsync([.. Enumerable.Range(0, 30).Select(i => _desk.Some($"{i}", $"{Rude} {i}", $"a{i}"))]);
        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(p => ClaimAsync(new { by = $"p{p}", limit = 5 })));
        var taken = claims.SelectMany(c => c.Json["items"]!.AsArray().Select(i => (string)i!["outcome"]!["commentId"]!)).ToList();
        Assert.Equal(taken.Count, taken.Distinct().Count());
        // Whoever was overtaken everywhere asks again, and nothing is left over.
        foreach (var person in Enumerable.Range(0, 6))
            Assert.Equal(5, (await ClaimAsync(new { by = $"p{person}", limit = 5 })).Json["items"]!.AsArray().Count);
        Assert.All(await _desk.WaitingAsync("?limit=100"), i => Assert.NotNull(i!["claimedBy"]));
        Assert.Empty((await ClaimAsync(new { by = "late" })).Json["items"]!.AsArray());
        _desk.World.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(10, (await ClaimAsync(new { by = "late" })).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task WhoeverHasItDecides()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("1", Rude)));
        var functions = _desk.World.Make<ReviewFunctions>();
        Task<HttpAnswer> OneAsync(string by) => functions.Claim(Http.Request("POST", body: new { by }), "demo", id, CancellationToken.None).AnswerAsync();
        Assert.Equal((200, "tests/anna"), await OneAsync("anna") is var mine ? (mine.Status, (string?)mine.Json["claimedBy"]) : default);
        Assert.Equal(409, (await OneAsync("bruno")).Status);
        Assert.Equal(409, (await _desk.DecideAsync(id, new { decision = "approve", by = "bruno" })).Status);
        Assert.Equal(409, (await functions.Release(Http.Request("POST", body: new { by = "bruno" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(204, (await functions.Release(Http.Request("POST", body: new { by = "anna" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(200, (await _desk.DecideAsync(id, new { decision = "approve", by = "bruno" })).Status);
        Assert.Equal(404, (await OneAsync("anna")).Status);
    }

    [Fact]
    public async Task PagesAreWholeAndWhatNoLongerWaitsFallsOut()
    {
        var ids = await _desk.JudgeAsync([.. Enumerable.Range(0, 12).Select(i => _desk.Some($"{i}", $"{Rude} {i}", $"a{i}"))]);
        var all = (await _desk.WaitingAsync("?limit=100")).Select(i => (string)i!["outcome"]!["commentId"]!).ToList();
        Assert.Equal(12, all.Count);
        // Somebody was stopped between the decision and the list.
        var store = _desk.World.Get<IReviewStore>();
        var standing = (await store.FindAsync(World.Demo, OutcomeId.TryParse(ids[3], out var third) ? third.Value : default, CancellationToken.None))!;
        await store.ReplaceAsync(standing, standing.Outcome with { Ruling = new Ruling("r", Decision.Approve, "anna", _desk.World.Time.Now, 1) }, CancellationToken.None);

        var (read, cursor) = (new List<string>(), "");
        do
        {
            var page = await _desk.World.Make<ReviewFunctions>().List(Http.Request(query: $"?limit=5{cursor}"), "demo", CancellationToken.None).AnswerAsync();
            read.AddRange(page.Json["items"]!.AsArray().Select(i => (string)i!["outcome"]!["commentId"]!));
            cursor = page.Json["nextCursor"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(all.Where(i => i != "3"), read);
        Assert.Equal(11, (await _desk.World.RowsAsync(_desk.World.Tables.Reviews)).Count);
    }

    [Fact]
    public async Task EverythingWrongIsSaidAtOnce()
    {
        Assert.Equal(["by", "limit", "minutes"], (await ClaimAsync(new { limit = 0, minutes = 1.5 })).Fields);
        var list = await _desk.World.Make<ReviewFunctions>().List(Http.Request(query: "?limit=x&cursor=x"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal(["cursor", "limit"], list.Fields);
    }

    private Task<HttpAnswer> ClaimAsync(object body) => _desk.World.Make<ReviewFunctions>().ClaimNext(Http.Request("POST", body: body), "demo", CancellationToken.None).AnswerAsync();

    /// <summary>A comment held with these scores, as moderation leaves it.</summary>
    private async Task HoldAsync(string id, double toxicity, double threat = 0)
    {
        var outcome = Held(id, toxicity, threat: threat);
        await _desk.World.Get<Moderato.Moderation.IModerationStore>().InsertAsync([outcome], CancellationToken.None);
        await _desk.World.Get<ReviewQueue>().FollowAsync([outcome], CancellationToken.None);
    }

    private Outcome Held(string id, double toxicity, double anger = 0, double negative = 0, double threat = 0, Decision decision = Decision.Hold, int stars = 5) => new()
    {
        Comment = _desk.Some(id, "x") with { Stars = stars },
        Signals = _desk.World.Get<Moderato.Scoring.Scorer>().Score("x") with { Harm = new Harm(toxicity, 0, 0, threat, 0, 0), Anger = anger, Negative = negative, Distress = 0 },
        Verdict = new Verdict(decision, "rule", "", "1"),
        DecidedAt = _desk.World.Time.Now,
    };
}
