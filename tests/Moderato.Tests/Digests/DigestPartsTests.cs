using Moderato.Comments;
using Moderato.Digests;
using Moderato.Members;
using Moderato.Mood;
using Moderato.Policy;
using Moderato.Review;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>What a digest says, part by part.</summary>
public sealed class DigestPartsTests : IAsyncLifetime
{
    private Telling _telling = null!;

    public async Task InitializeAsync() => _telling = await Telling.BeginAsync();

    public async Task DisposeAsync() => await _telling.DisposeAsync();

    private World World => _telling.World;

    [Fact]
    public async Task WhatWaitsAtThisMomentNeedsYou()
    {
        var held = SomeDay.Outcome("held", Decision.Hold, at: Telling.At(17));
        var over = SomeDay.Outcome("over", Decision.Hold, at: Telling.At(17, 1));
        await _telling.TellAsync(held, over with { Ruling = new Ruling("r", Decision.Approve, "anna", Telling.At(17, 5), 1) });
        await World.Get<ReviewQueue>().FollowAsync([held, over], CancellationToken.None); // the second is listed though somebody decided
        await AddAsync(new ReviewItem(OutcomeId.Of(over.Comment), 9, ReviewCause.Decision, Telling.At(17, 9)));

        var digest = await _telling.CompileAsync(17);
        Assert.Equal(1, digest.NeedsYou.Total);
        var item = Assert.Single(digest.NeedsYou.Items);
        Assert.Equal((OutcomeId.Of(held.Comment).ToString(), "decision", Decision.Hold, "very-negative", Telling.At(17)), (item.OutcomeId, item.Cause, item.Decision!.Value, item.Rule, item.Since));
        Assert.Equal((DayVerdict.NeedsYou, 1), (digest.Verdict, digest.VerdictNumber));
    }

    [Fact]
    public async Task MoreThanFiveAreCountedAndTheFirstAreShown()
    {
        var held = Enumerable.Range(0, 12).Select(i => SomeDay.Outcome($"{i:d2}", Decision.Hold, at: Telling.At(17, i))).ToList();
        await _telling.TellAsync(held);
        await World.Get<ReviewQueue>().FollowAsync(held, CancellationToken.None);
        var digest = await _telling.CompileAsync(17);
        Assert.Equal((12, 5), (digest.NeedsYou.Total, digest.NeedsYou.Items.Count));
        Assert.Equal(digest.NeedsYou.Items.OrderBy(i => i.DueAt), digest.NeedsYou.Items);
    }

    [Fact]
    public async Task AChannelIsBesideItsLastWeeks()
    {
        for (var day = 1; day < 17; day++)
            await _telling.TellAsync([.. Enumerable.Range(0, 5).Select(i => SomeDay.Said($"{day}-{i}", $"a{i}", "Che bello", at: Telling.At(day, i)))]);
        await _telling.TellAsync([.. Enumerable.Range(0, 12).Select(i => Telling.Unhappy($"b{i % 6}", 17, "Pessimo servizio", i))]);
        var channel = Assert.Single((await _telling.CompileAsync(17)).ByChannel.Items);
        Assert.Equal((12, 6, 12, MoodBeside.Worse, 80, 0), (channel.Comments, channel.People, channel.Negative, channel.Beside, channel.BeforeComments, channel.BeforeNegative));
    }

    [Fact]
    public async Task ACauseKeepsItsIdOverAGapOfThreeDays()
    {
        await ComplainAsync(9);
        var first = Assert.Single((await _telling.CompileAsync(9)).Causes.Items);
        Assert.Equal((3, 3, new DateOnly(2026, 3, 9), 1), (first.People, first.Comments, first.Since, first.Days));
        Assert.NotEmpty(first.Concepts);
        Assert.Equal(3, first.Examples.Count);
        Assert.InRange(first.Anger, 0.79, 0.81);

        await ComplainAsync(10);
        Assert.Equal((first.Id, 2), IdAndDays(await _telling.CompileAsync(10)));
        for (var quiet = 11; quiet <= 13; quiet++)
            Assert.Equal(0, (await _telling.CompileAsync(quiet)).Causes.Total);
        await ComplainAsync(14);
        Assert.Equal((first.Id, 6), IdAndDays(await _telling.CompileAsync(14)));
    }

    [Fact]
    public async Task AfterALongerGapItIsAnotherCause()
    {
        await ComplainAsync(9);
        var first = Assert.Single((await _telling.CompileAsync(9)).Causes.Items);
        for (var quiet = 10; quiet <= 13; quiet++)
            await _telling.CompileAsync(quiet);
        await ComplainAsync(14);
        var (id, days) = IdAndDays(await _telling.CompileAsync(14));
        Assert.NotEqual(first.Id, id);
        Assert.Equal(1, days);
    }

    [Fact]
    public async Task OnePersonIsNoCauseHoweverOftenTheyWrite()
    {
        await _telling.TellAsync([.. Enumerable.Range(0, 5).Select(i => Telling.Unhappy("anna", 17, "Il pacco non arriva, consegna pessima", i))]);
        Assert.Equal(0, (await _telling.CompileAsync(17)).Causes.Total);
    }

    [Fact]
    public async Task ADigestHoldsNoWordThatOnlyOnePersonUsed()
    {
        await _telling.TellAsync(
            Telling.Unhappy("anna", 17, "Il pacco per zia Ermenegilda non arriva, consegna pessima"), Telling.Unhappy("bruno", 17, "Il pacco non arriva, consegna in ritardo, Sempronio!"),
            Telling.Unhappy("carla", 17, "Pacco mai arrivato, spedizione scandalosa"));
        await _telling.CompileAsync(17);
        var rows = string.Join('\n', (await World.RowsAsync(World.Tables.Digests)).Concat(await World.RowsAsync(World.Tables.Rollups)).SelectMany(r => r.Properties.Values));
        Assert.Contains("\"causes\":{\"total\":1", rows, StringComparison.Ordinal);
        foreach (var word in new[] { "ermenegilda", "sempronio", "scandalosa", "anna", "bruno" })
            Assert.DoesNotContain(word, rows, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AQuestionThatMoreAskThanBeforeAndNobodyAnswersIsShown()
    {
        await _telling.TellAsync(Telling.Asks("zeno", 8, "Quanto costa la spedizione in Sicilia?"));
        await AskAsync(15, "anna", "bruno", "carla", "dario", "elio");
        var question = Assert.Single((await _telling.CompileAsync(17)).Questions.Items);
        Assert.Equal((5, 1, 5, null), (question.People, question.PeopleBefore, question.Unanswered, question.Answer));

        // One is answered there, one through us, and the asker's own addition is no answer.
        await _telling.TellAsync(
            SomeDay.Said("answer", "shop", "Costa cinque euro", at: Telling.At(16), also: c => c with { ParentId = "anna-15-0" }),
            SomeDay.Said("own", "carla", "Allora?", at: Telling.At(16, 1), also: c => c with { ParentId = "carla-15-2" }));
        await AnswerAsync("bruno-15-1");
        question = Assert.Single((await _telling.CompileAsync(17)).Questions.Items);
        Assert.Equal((3, "answer"), (question.Unanswered, OutcomeId.TryParse(question.Answer, out var answer) ? answer.Value.Key.Id : ""));
    }

    [Fact]
    public async Task AQuestionThatMostGotAnAnswerToIsNotShown()
    {
        await AskAsync(15, "anna", "bruno", "carla");
        await AnswerAsync("bruno-15-1");
        var question = Assert.Single((await _telling.CompileAsync(17)).Questions.Items);
        await AnswerAsync("carla-15-2");
        Assert.Empty((await _telling.CompileAsync(17)).Questions.Items);
        await _telling.TellAsync(Telling.Asks("elio", 16, "Quanto costa la spedizione per la Sicilia?"), Telling.Asks("fabio", 16, "Quanto costa la spedizione in Sicilia?", 1), Telling.Asks("gino", 16, "Spedizione in Sicilia, quanto costa?", 2));
        Assert.Equal(question.Id, Assert.Single((await _telling.CompileAsync(17)).Questions.Items).Id);
    }

    [Fact]
    public async Task WhatIsAskedNoMoreThanBeforeIsNotShown()
    {
        await AskAsync(8, "anna", "bruno", "carla", "dario");
        await AskAsync(15, "elio", "fabio", "gino");
        Assert.Empty((await _telling.CompileAsync(17)).Questions.Items);
    }

    [Fact]
    public async Task EachTeamHasItsPart()
    {
        var handoffs = World.Get<IHandoffStore>();
        await handoffs.AddAsync(World.Demo, Handoff("open", "care", 17), CancellationToken.None);
        await handoffs.AddAsync(World.Demo, Handoff("seen", "care", 16) with { State = HandoffState.Acknowledged, ChangedAt = Telling.At(16, 30) }, CancellationToken.None);
        await handoffs.AddAsync(World.Demo, Handoff("done", "care", 16) with { State = HandoffState.Answered, ChangedAt = Telling.At(17, 30) }, CancellationToken.None);
        await handoffs.AddAsync(World.Demo, Handoff("late", "sales", 17) with { State = HandoffState.Late, ChangedAt = Telling.At(17, 60) }, CancellationToken.None);
        await handoffs.AddAsync(World.Demo, Handoff("old", "marketing", 3) with { State = HandoffState.Answered, ChangedAt = Telling.At(3, 60) }, CancellationToken.None);

        var digest = await _telling.CompileAsync(17);
        Assert.Equal("open", Assert.Single(digest.Handoffs.Items).Handoff);
        Assert.Equal(["care", "sales"], digest.Teams.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1, 0, 2), (digest.Teams["care"].Routed, digest.Teams["care"].Answered, digest.Teams["care"].CameBack, digest.Teams["care"].Open.Total));
        Assert.Equal((1, 0, 1, 0), (digest.Teams["sales"].Routed, digest.Teams["sales"].Answered, digest.Teams["sales"].CameBack, digest.Teams["sales"].Open.Total));
    }

    [Fact]
    public async Task ThePeopleOfTheDayAreToldInBothLanguages()
    {
        await SaveAsync(
            Member("new", 17, 17), Member("newer", 18, 18), Member("known", 1, 17), Member("team", 17, 17) with { Profile = new AuthorProfile(false, true, []) },
            Member("back", 1, 17) with { LastAngry = Telling.At(12), CalmAgain = Telling.At(17) }, Member("long back", 1, 17) with { LastAngry = Telling.At(2), CalmAgain = Telling.At(4) },
            Member("offender", 1, 18) with { Days = [new MemberDay(new DateOnly(2026, 3, 17), 2, 0, 0, 1, 2), new MemberDay(new DateOnly(2026, 3, 18), 1, 0, 0, 0, 0)] },
            Member("was one", 1, 18) with { Days = [new MemberDay(new DateOnly(2026, 3, 12), 2, 0, 0, 1, 2), new MemberDay(new DateOnly(2026, 3, 18), 1, 0, 0, 0, 0)] },
            Member("bearer", 1, 17) with { Occasions = [new Occasion(new DateOnly(2026, 3, 2), "x"), new Occasion(new DateOnly(2026, 3, 3), "y"), new Occasion(new DateOnly(2026, 3, 4), "x")] });
        var people = (await _telling.CompileAsync(17)).People;
        Assert.Equal(["new"], people.FirstTimers.Items.Select(Who));
        Assert.Equal(["back"], people.WonBack.Items.Select(Who));
        Assert.Equal(["offender"], people.Offenders.Items.Select(Who));
        Assert.Equal(["bearer"], people.StandardBearers.Items.Select(Who));
        Assert.Equal(("primo commento il 2026-03-17, 1 in tutto.", "first comment on 2026-03-17, 1 in all."), (people.FirstTimers.Items[0].Reasons["it"], people.FirstTimers.Items[0].Reasons["en"]));
    }

    [Fact]
    public async Task WhatWasNotedForTheDayIsThere()
    {
        var store = World.Get<IEventStore>();
        for (var i = 0; i < 7; i++)
            await store.AddAsync(World.Demo, new NotedEvent($"e{i}", EventKind.Release, "Nuova collezione", Telling.At(17, i), Telling.At(18), Expectation.Comments, [], "anna"), CancellationToken.None);
        await store.AddAsync(World.Demo, new NotedEvent("over", EventKind.Outage, "Sito fermo", Telling.At(16), Telling.At(16, 60), Expectation.Complaints, [], "anna"), CancellationToken.None);
        var digest = await _telling.CompileAsync(17);
        Assert.Equal((7, 5), (digest.Events.Total, digest.Events.Items.Count));
    }

    [Fact]
    public async Task AWeekIsFoundUnderItsNameAndDisturbsNoDay()
    {
        await ComplainAsync(10);
        await ComplainAsync(13);
        var day = await _telling.CompileAsync(13);
        Assert.True(DigestName.TryParse("2026-W11", out var name));
        var week = await _telling.CompileAsync(name);
        Assert.Equal((6, 3, 7, false), (week.ByChannel.Items[0].Comments, week.ByChannel.Items[0].People, week.Days, week.Partial));
        Assert.Equal((Assert.Single(day.Causes.Items).Id, 3), (Assert.Single(week.Causes.Items).Id, week.Causes.Items[0].Days)); // since Friday, seen from Sunday
        Assert.Equal("2026-03-13", Assert.Single(await World.Get<IDigestStore>().ReadDigestsAsync(World.Demo, null, 10, CancellationToken.None)).Named.ToString());
        Assert.Equal(name, (await World.Get<IDigestStore>().FindDigestAsync(World.Demo, name, CancellationToken.None))!.Named);
    }

    [Fact]
    public async Task EveryOutcomeOfADigestIsReadOnce()
    {
        await ComplainAsync(17);
        await AskAsync(17, "dario", "elio", "fabio");
        var digest = await _telling.CompileAsync(17);
        World.Storage.Reset();
        var quotes = await Quotes.ReadAsync(World.Get<IDigestStore>(), digest, CancellationToken.None);
        Assert.Equal(digest.Causes.Items.SelectMany(c => c.Examples).Concat(digest.Questions.Items.Select(q => q.Example)).Order(StringComparer.Ordinal), quotes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(quotes.Count, World.Storage.Requests.Count);
    }

    private static (string Id, int Days) IdAndDays(Digest digest) => (Assert.Single(digest.Causes.Items).Id, digest.Causes.Items[0].Days);

    private static string Who(PersonItem item) => OutcomeId.TryParse(item.OutcomeId, out var id) ? id.Value.Key.Id : "";

    private static Handoff Handoff(string id, string team, int day) =>
        new(id, OutcomeId.Of(SomeDay.Outcome(id, at: Telling.At(day)).Comment), 1, team, Telling.At(day), Telling.At(day, 120));

    private static Member Member(string id, int first, int last) => new()
    {
        Author = new AuthorKey(PlatformId.Parse("instagram"), id),
        FirstSeen = Telling.At(first),
        LastSeen = Telling.At(last),
        Newest = OutcomeId.Of(SomeDay.Outcome(id, at: Telling.At(last)).Comment),
        Neutral = 1,
        Days = [new MemberDay(new DateOnly(2026, 3, last), 0, 1, 0, 0, 0)],
    };

    private Task SaveAsync(params Member[] members) => World.Get<IMemberStore>().SaveAsync(World.Demo, [.. members.Select(m => new DrawnMember(m, null))], CancellationToken.None);

    private Task AddAsync(ReviewItem item) => World.Get<IReviewStore>().AddAsync(World.Demo, item, CancellationToken.None);

    private Task ComplainAsync(int day) => _telling.TellAsync(
        Telling.Unhappy("anna", day, "Il pacco non arriva, consegna pessima"), Telling.Unhappy("bruno", day, "Il mio pacco non arriva, la consegna è uno scandalo", 1),
        Telling.Unhappy("carla", day, "Pacco che non arriva: consegna mai vista così", 2));

    private Task AskAsync(int day, params string[] authors) =>
        _telling.TellAsync([.. authors.Select((a, i) => Telling.Asks(a, day, "Quanto costa la spedizione in Sicilia?", i))]);

    /// <summary>A team answers a comment through us.</summary>
    private async Task AnswerAsync(string comment)
    {
        var reviews = World.Get<IReviewStore>();
        var id = (await World.OutcomesAsync()).Single(o => o.Key.Id == comment).Comment;
        var standing = await reviews.FindAsync(World.Demo, OutcomeId.Of(id), CancellationToken.None);
        await reviews.ReplaceAsync(standing!, standing!.Outcome.After(new OutcomeEvent(Telling.At(16), OutcomeEventKind.Answered, "care", null, 1, null)), CancellationToken.None);
    }
}
