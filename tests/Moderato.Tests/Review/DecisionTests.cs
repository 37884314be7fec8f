using System.Text;
using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Policy;
using Moderato.Review;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Review;

/// <summary>What people decide: it goes the way of a rule's decision, stands above it, and can be taken back.</summary>
public sealed class DecisionTests : IAsyncLifetime
{
    private const string Rude = "Siete dei ladri, vergognatevi stronzi";

    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.CreateAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task WhatAPersonApprovesIsShownAgainAndNoMessageTakesItAway()
    {
        var comment = _desk.Some("7", Rude);
        var id = Assert.Single(await _desk.JudgeAsync(comment));
        await _desk.ActAsync();
        Assert.Equal("7", await _desk.WaitingIdsAsync());

        var answer = await _desk.DecideAsync(id, new { decision = "approve", by = "anna", reason = "Ha ragione lui" });
        Assert.Equal((200, "approve", "hold"), (answer.Status, (string?)answer.Json["decision"], (string?)answer.Json["rule"]!["decision"]));
        Assert.Equal(("tests/anna", "Ha ragione lui"), ((string?)answer.Json["ruling"]!["by"], (string?)answer.Json["ruling"]!["reason"]));
        await _desk.ActAsync();
        Assert.Equal("Hold:Done Approve:Done", await _desk.ActionsAsync(id));
        Assert.Equal("", await _desk.WaitingIdsAsync());

        // The queue delivers the comment once more.
        var message = Assert.Single(CommentsMessage.Pack(World.Demo, [(await _desk.World.Get<IModerationStore>().FindCommentAsync(World.Demo, comment.Key, CancellationToken.None))!]));
        await _desk.World.Make<ModerateComments>().Run(Encoding.UTF8.GetString(message), CancellationToken.None);
        await _desk.ActAsync();
        var outcome = await _desk.OutcomeAsync(id);
        Assert.Equal((Decision.Approve, OutcomeState.Acted), (outcome.Decision, outcome.State));
        Assert.Equal("", await _desk.WaitingIdsAsync());
        Assert.Equal("Hold:Done Approve:Done", await _desk.ActionsAsync(id));
    }

    [Fact]
    public async Task WhatWasApprovedIsLookedAtAnewOnceItIsEdited()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", Rude)));
        await _desk.DecideAsync(id, new { decision = "approve" });
        await _desk.JudgeAsync(_desk.Some("7", Rude + ", e anche di più!") with { EditedAt = _desk.World.Time.Now });
        var outcome = await _desk.OutcomeAsync(id);
        Assert.Equal((Decision.Hold, (Ruling?)null), (outcome.Decision, outcome.Ruling));
        Assert.Equal("Overruled Decided Lapsed", string.Join(' ', outcome.History.Select(h => h.What)));
        Assert.Equal("7", await _desk.WaitingIdsAsync());
    }

    [Fact]
    public async Task WhatWasHiddenStaysHiddenThoughItIsEditedAndSomebodyLooksAgain()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", "Il negozio è in via Roma.")));
        await _desk.DecideAsync(id, new { decision = "hide", strike = true });
        await _desk.ActAsync();
        Assert.Equal("Hide:Done", await _desk.ActionsAsync(id));
        await _desk.JudgeAsync(_desk.Some("7", "Grazie, siete bravissimi!") with { EditedAt = _desk.World.Time.Now });
        await _desk.ActAsync();
        var outcome = await _desk.OutcomeAsync(id);
        Assert.Equal((Decision.Hide, 1, 2), (outcome.Decision, outcome.Ruling!.Revision, outcome.Revision));
        Assert.Equal("Hide:Done", await _desk.ActionsAsync(id));
        var item = Assert.Single(await _desk.WaitingAsync());
        Assert.Equal("edited", (string?)item!["cause"]);

        await _desk.DecideAsync(id, new { decision = "approve" });
        await _desk.ActAsync();
        Assert.Equal("Hide:Done Unhide:Done", await _desk.ActionsAsync(id));
        Assert.Empty(await _desk.WaitingAsync());
    }

    [Fact]
    public async Task ADecisionIsTakenBackAndWhatTheRuleDecidedHoldsAgain()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", Rude)));
        await _desk.ActAsync();
        await _desk.DecideAsync(id, new { decision = "approve" });
        await _desk.ActAsync();
        var undone = await _desk.UndoAsync(id);
        Assert.Equal((200, "hold", null), (undone.Status, (string?)undone.Json["decision"], undone.Json["ruling"]));
        await _desk.ActAsync();
        Assert.Equal("Hold:Done Approve:Done Hold:Done", await _desk.ActionsAsync(id));
        Assert.Equal("7", await _desk.WaitingIdsAsync());
        Assert.Equal(409, (await _desk.UndoAsync(id)).Status);
        Assert.Equal("Overruled Undone", string.Join(' ', (await _desk.OutcomeAsync(id)).History.Select(h => h.What)));
    }

    [Fact]
    public async Task AnAuthorsHistoryFollowsWhatPeopleDecide()
    {
        var ids = await _desk.JudgeAsync(_desk.Some("1", "Il negozio è in via Roma."), _desk.Some("2", "La sede è in via Po."));
        await _desk.DecideAsync(ids[0], new { decision = "hide", strike = true, labels = new[] { new { name = "troll" } } });
        await _desk.DecideAsync(ids[1], new { trustAuthor = true });
        var history = await _desk.World.Get<IModerationStore>().ReadHistoryAsync(_desk.Some("3", "x"), CancellationToken.None);
        Assert.Equal((1, 1, true), (history.Strikes(_desk.World.Time.Now, TimeSpan.FromDays(1)), history.Withheld(_desk.World.Time.Now, TimeSpan.FromDays(1)), history.Profile.Trusted));
        Assert.True(history.HasLabel("troll", _desk.World.Time.Now));
        await _desk.UndoAsync(ids[0]);
        history = await _desk.World.Get<IModerationStore>().ReadHistoryAsync(_desk.Some("3", "x"), CancellationToken.None);
        Assert.Equal((0, 0), (history.Strikes(_desk.World.Time.Now, TimeSpan.FromDays(1)), history.Withheld(_desk.World.Time.Now, TimeSpan.FromDays(1))));
    }

    [Fact]
    public async Task AnIdWithASlashNamesItsAuthorInEveryAddress()
    {
        await _desk.JudgeAsync(_desk.Some("1", "Il negozio è in via Roma.", "blog/7"));
        var put = await _desk.World.Make<AuthorFunctions>().Put(Http.Request("PUT", body: new { trusted = true }), "demo", "wordpress", "blog%2F7", CancellationToken.None).AnswerAsync();
        Assert.Equal(200, put.Status);
        Assert.True((await _desk.World.Get<IModerationStore>().ReadHistoryAsync(_desk.Some("2", "x", "blog/7"), CancellationToken.None)).Profile.Trusted);
        var get = await _desk.World.Make<AuthorFunctions>().Get(Http.Request(), "demo", "wordpress", "blog%2F7", CancellationToken.None).AnswerAsync();
        Assert.True((bool)get.Json["trusted"]!);
        var member = await _desk.World.Make<Moderato.Members.MemberFunctions>().One(Http.Request(), "demo", "wordpress", "blog%2F7", CancellationToken.None).AnswerAsync();
        Assert.Equal((200, "blog/7"), (member.Status, (string?)member.Json["author"]));
    }

    [Fact]
    public async Task AnAnswerIsSentOnceHoweverOftenItIsAsked()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", "Dov'è il mio ordine?")));
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await _desk.DecideAsync(id, new { reply = "Arriva domani." }, idempotencyKey: "k1")).Status);
        await _desk.ActAsync();
        Assert.Equal("Reply:Done", await _desk.ActionsAsync(id));
        Assert.Single((await _desk.OutcomeAsync(id)).History);
    }

    [Fact]
    public async Task WhereThePolicyWantsAReasonThereIsOne()
    {
        var policies = _desk.World.Get<IPolicyStore>();
        await policies.AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(1, "policy: 1\nrequire_reason: [hide, delete]\nrules: []\n", "anna", "", _desk.World.Time.Now), CancellationToken.None);
        _desk.World.Time.Advance(TimeSpan.FromMinutes(1));
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", "Il negozio è in via Roma.")));
        var refused = await _desk.DecideAsync(id, new { decision = "hide" });
        Assert.Equal((400, "reason"), (refused.Status, Assert.Single(refused.Fields)));
        Assert.Equal(200, (await _desk.DecideAsync(id, new { decision = "approve" })).Status);
        Assert.Equal(200, (await _desk.DecideAsync(id, new { decision = "hide", reason = "Fuori tema" })).Status);
    }

    [Fact]
    public async Task EverythingWrongIsSaidAtOnce()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", Rude)));
        var answer = await _desk.DecideAsync(id, new { decision = "explode", by = "", reason = new string('x', 501), reply = "", strike = "yes", route = new { to = "No Good", withinHours = 0 }, labels = new[] { new { name = "No Good", until = "never" } }, revision = "one" });
        Assert.Equal((400, "by decision labels[0].name labels[0].until reason reply revision route.to route.withinHours strike"), (answer.Status, string.Join(' ', answer.Fields.Append("route.withinHours").Distinct().Order(StringComparer.Ordinal))));
        Assert.Equal(["decision"], (await _desk.DecideAsync(id, new { by = "anna" })).Fields);
        Assert.Equal(409, (await _desk.DecideAsync(id, new { decision = "hide", revision = 2 })).Status);
        Assert.Equal(404, (await _desk.DecideAsync("CN9H", new { decision = "hide" })).Status);
        Assert.Equal((415, 400), ((await _desk.World.Make<DecisionFunctions>().Decide(Http.Request("POST"), "demo", id, CancellationToken.None).AnswerAsync()).Status, (await _desk.DecideAsync(id, "[]")).Status));
    }

    [Fact]
    public async Task ARemovedCommentIsNotDecidedAbout()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", Rude)));
        await _desk.JudgeAsync(_desk.Some("7", "") with { Removed = true });
        Assert.Equal(409, (await _desk.DecideAsync(id, new { decision = "approve" })).Status);
        Assert.Empty(await _desk.WaitingAsync());
    }

    [Fact]
    public async Task OfTwoDecisionsTheLaterHolds()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", Rude)));
        var outcome = await _desk.OutcomeAsync(id);
        RulingRequest Of(string name, Decision decision, int seconds) => new()
        {
            Id = name,
            Community = World.Demo,
            Outcome = OutcomeId.Of(outcome.Comment),
            Revision = 1,
            By = name,
            At = _desk.World.Time.Now.AddSeconds(seconds),
            Decision = decision,
        };
        var rulings = _desk.World.Get<Rulings>();
        Assert.Equal(RulingResult.Done, (await rulings.CarryOutAsync(Of("late", Decision.Hide, 2), CancellationToken.None)).Result);
        Assert.Equal(RulingResult.Overtaken, (await rulings.CarryOutAsync(Of("early", Decision.Approve, 1), CancellationToken.None)).Result);
        Assert.Equal(RulingResult.Done, (await rulings.CarryOutAsync(Of("late", Decision.Hide, 2), CancellationToken.None)).Result);
        Assert.Equal("late", (await _desk.OutcomeAsync(id)).Ruling!.By);
    }

    [Fact]
    public async Task AnApprenticeProposesAndSomebodyElseAgreesOrNot()
    {
        var ids = await _desk.JudgeAsync(_desk.Some("1", Rude), _desk.Some("2", "Il negozio è in via Roma."));
        var functions = _desk.World.Make<DecisionFunctions>();
        foreach (var id in ids)
            Assert.Equal(202, (await _desk.DecideAsync(id, new { decision = "hide", by = "ugo", reason = "Insulti" }, Desk.ApprenticeKey)).Status);
        Assert.Null((await _desk.OutcomeAsync(ids[0])).Ruling);
        Assert.Equal(2, (await _desk.WaitingAsync()).Count(i => (string?)i!["proposal"]!["by"] == "school/ugo"));

        // No way around it.
        Assert.Equal(403, (await _desk.World.Make<Moderato.Actions.ActionFunctions>().Post(
            Http.Request("POST", body: new { kind = "hide" }, key: Desk.ApprenticeKey), "demo", ids[0], CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(403, (await _desk.World.Make<AuthorFunctions>().Put(
            Http.Request("PUT", body: new { trusted = true }, key: Desk.ApprenticeKey), "demo", "wordpress", "anna", CancellationToken.None).AnswerAsync()).Status);

        // Neither themselves, nor another apprentice.
        Assert.Equal(403, (await functions.Confirm(Http.Request("POST", body: new { by = "ugo" }, key: Desk.ApprenticeKey), "demo", ids[0], CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(403, (await functions.Undo(Http.Request("POST", body: new { by = "ugo" }, key: Desk.ApprenticeKey), "demo", ids[0], CancellationToken.None).AnswerAsync()).Status);
        _desk.World.Time.Advance(TimeSpan.FromSeconds(5));
        var confirmed = await functions.Confirm(Http.Request("POST", body: new { by = "anna" }), "demo", ids[0], CancellationToken.None).AnswerAsync();
        Assert.Equal((200, "hide", "school/ugo", "tests/anna"), (confirmed.Status, (string?)confirmed.Json["decision"], (string?)confirmed.Json["ruling"]!["proposedBy"], (string?)confirmed.Json["ruling"]!["by"]));
        Assert.Equal(204, (await functions.Reject(Http.Request("POST", body: new { by = "anna" }), "demo", ids[1], CancellationToken.None).AnswerAsync()).Status);
        Assert.Null((await _desk.OutcomeAsync(ids[1])).Ruling);
        Assert.Empty(await _desk.WaitingAsync());
        Assert.Equal(404, (await functions.Reject(Http.Request("POST", body: new { by = "anna" }), "demo", ids[1], CancellationToken.None).AnswerAsync()).Status);
    }

    [Fact]
    public async Task OneDecisionIsMadeAboutManyAtOnce()
    {
        const string raid = "Comprate le monete su monete-facili.example, guadagni sicuri ogni giorno";
        await _desk.JudgeAsync(
            _desk.Some("a1", "Il negozio è in via Roma.", "troll"), _desk.Some("a2", Rude, "troll"), _desk.Some("b1", raid, "x1"), _desk.Some("b2", raid + "!", "x2"), _desk.Some("c", "La sede è in via Po.", "carla"));
        Task<HttpAnswer> ManyAsync(object body) => _desk.World.Make<DecisionFunctions>().DecideMany(Http.Request("POST", body: body), "demo", CancellationToken.None).AnswerAsync();

        var all = (await _desk.World.OutcomesAsync()).ToDictionary(o => o.Key.Id, o => OutcomeId.Of(o.Comment).ToString());
        var dry = await ManyAsync(new { author = new { platform = "wordpress", id = "troll" }, days = 7, decision = "hide", dryRun = true });
        Assert.Equal((200, 2, "approve"), (dry.Status, (int)dry.Json["matched"]!, await DecisionOfAsync(all["a1"])));
        Assert.Equal(1, (int)(await ManyAsync(new { author = new { platform = "wordpress", id = "troll" }, decision = "hide", dryRun = true })).Json["matched"]!); // what waits
        _desk.World.Time.Advance(TimeSpan.FromSeconds(1));
        var done = await ManyAsync(new { author = new { platform = "wordpress", id = "troll" }, days = 7, decision = "hide", reason = "Disturbatore" });
        Assert.Equal(["done", "done"], done.Json["items"]!.AsArray().Select(i => (string?)i!["result"]));
        Assert.Equal(("hide", "hide", "approve"), (await DecisionOfAsync(all["a1"]), await DecisionOfAsync(all["a2"]), await DecisionOfAsync(all["c"])));
        var alike = await ManyAsync(new { like = all["b1"], days = 1, decision = "delete" });
        Assert.Equal([all["b1"], all["b2"]], alike.Json["items"]!.AsArray().Select(i => (string)i!["outcomeId"]!));

        Assert.Equal(["author", "days", "dryRun", "like"], (await ManyAsync(new { author = "troll", like = "x", days = 31, dryRun = "yes", decision = "hide" })).Fields.Distinct());
        Assert.Equal(["author"], (await ManyAsync(new { decision = "hide" })).Fields);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereADecisionIsWholeOrNotAtAll(bool afterwards)
    {
        var killings = 0;
        for (var request = 1; ; request++)
        {
            await using var desk = await Desk.CreateAsync();
            var id = Assert.Single(await desk.JudgeAsync(desk.Some("7", Rude)));
            var outcome = await desk.OutcomeAsync(id);
            var wanted = new RulingRequest
            {
                Id = "r",
                Community = World.Demo,
                Outcome = OutcomeId.Of(outcome.Comment),
                Revision = 1,
                By = "anna",
                At = desk.World.Time.Now.AddSeconds(1),
                Decision = Decision.Approve,
                Reply = "Grazie della segnalazione.",
                Strike = true,
                TrustAuthor = true,
                Route = new Route("customer-care", desk.World.Time.Now.AddHours(4)),
                Labels = [new AuthorLabel("vip", null)],
            };
            desk.World.Time.Advance(TimeSpan.FromSeconds(2));
            desk.World.Storage.KillAt(request, afterwards);
            try
            {
                await desk.World.Get<Rulings>().DecideAsync(wanted, CancellationToken.None);
            }
            catch (Killed)
            {
                killings++;
            }
            var killed = desk.World.Storage.HasKilled;
            desk.World.Storage.Reset();
            if (!killed)
            {
                Assert.True(killings >= 10, $"Only {killings} requests were seen.");
                return;
            }
            if (request == 1 && !afterwards)
            {
                Assert.Null((await desk.OutcomeAsync(id)).Ruling); // it was never taken on: whoever asked got no answer
                continue;
            }
            // The message was taken on: it comes back, twice.
            for (var again = 0; again < 2; again++)
                await desk.World.Make<ApplyRulings>().Run(Encoding.UTF8.GetString(RulingMessage.Write(wanted)), CancellationToken.None);
            await desk.ActAsync();
            Assert.Equal((Decision.Approve, 1), ((await desk.OutcomeAsync(id)).Decision, (await desk.OutcomeAsync(id)).History.Count(h => h.What == OutcomeEventKind.Overruled)));
            Assert.Equal("Hold:Overtaken Approve:AlreadyDone Reply:Done", await desk.ActionsAsync(id));
            Assert.Empty(await desk.WaitingAsync());
            var history = await desk.World.Get<IModerationStore>().ReadHistoryAsync(desk.Some("8", "x"), CancellationToken.None);
            Assert.Equal((1, true, true), (history.Strikes(desk.World.Time.Now.AddMinutes(1), TimeSpan.FromDays(1)), history.Profile.Trusted, history.HasLabel("vip", desk.World.Time.Now.AddMinutes(1))));
            Assert.Single(await desk.World.RowsAsync(desk.World.Tables.Handoffs));
        }
    }

    private async Task<string> DecisionOfAsync(string id) => (await _desk.OutcomeAsync(id)).Decision.ToString()!.ToLowerInvariant();
}
