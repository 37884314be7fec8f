using System.Text;
using Moderato.Hosting.Worker;
using Moderato.Policy;
using Moderato.Review;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Review;

/// <summary>What is handed to a team: the link's page, its reactions, and what comes back.</summary>
public sealed class HandoffTests : IAsyncLifetime
{
    private const string Policy = "policy: 1\notherwise: approve\nrules:\n  - { id: order, name: Ordini, if: { words: [ordine] }, then: { route: { to: customer-care, within: 2h } } }\n";

    private Desk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await Desk.CreateAsync();
        await _desk.World.Get<IPolicyStore>().AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(1, Policy, "anna", "", _desk.World.Time.Now), CancellationToken.None);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task ATeamSeesTheCommentAndAnswers()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", "Il mio ordine? a < b", "fabio") with { Permalink = "https://blog.example/3#c7" }));
        var (view, token) = await OpenAsync();
        Assert.Equal((id, "customer-care", "open"), ((string?)view["outcomeId"], (string?)view["team"], (string?)view["state"]));

        for (var i = 0; i < 3; i++) // a mail program opens it, and again
        {
            var page = await PageAsync(token);
            Assert.Equal(200, page.Status);
            Assert.Contains("Il mio ordine? a &lt; b", page.Body, StringComparison.Ordinal);
            Assert.Contains("FABIO", page.Body, StringComparison.Ordinal);
            Assert.Contains("lang=\"it\"", page.Body, StringComparison.Ordinal);
            Assert.Contains("form-action 'self'", page.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal("open", (string?)(await OpenAsync()).View["state"]);

        Assert.Equal(200, (await ReactAsync(token, "acknowledged")).Status);
        Assert.Equal(409, (await ReactAsync(token, "acknowledged")).Status);
        Assert.Equal(200, (await ReactAsync(token, "answered", "Spedito oggi")).Status);
        foreach (var late in new[] { "answered", "acknowledged", "returned" })
            Assert.Equal(409, (await ReactAsync(token, late)).Status);
        var history = (await _desk.OutcomeAsync(id)).History;
        Assert.Equal("Acknowledged Answered", string.Join(' ', history.Select(h => h.What)));
        Assert.Equal(("customer-care", "Spedito oggi"), (history[1].By, history[1].Reason));
        Assert.Empty(await _desk.WaitingAsync());
        Assert.DoesNotContain("<form", (await PageAsync(token)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatATeamReturnsWaitsForAPersonUntilOneDecides()
    {
        var id = Assert.Single(await _desk.JudgeAsync(_desk.Some("7", "Il mio ordine?")));
        await ReactAsync((await OpenAsync()).Token, "returned", "Non è un nostro cliente");
        Assert.Equal("returned", (string?)Assert.Single(await _desk.WaitingAsync())!["cause"]);
        // The comment's message comes again: it stays on the list.
        await _desk.JudgeAsync(_desk.Some("7", "Il mio ordine?"));
        Assert.Single(await _desk.WaitingAsync());
        Assert.Equal(200, (await _desk.DecideAsync(id, new { route = new { to = "sales", withinHours = 1 } })).Status);
        Assert.Empty(await _desk.WaitingAsync());
        Assert.Equal(["customer-care returned", "sales open"], (await ListAsync()).Select(h => $"{h!["team"]} {h["state"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhatNobodyReactsToComesBackInTime()
    {
        await _desk.JudgeAsync(_desk.Some("7", "Il mio ordine?"), _desk.Some("8", "E il mio ordine?", "bruno"));
        var links = (await ListAsync()).Select(h => ((string)h!["link"]!)["/api/handoffs/".Length..]).ToList();
        await ReactAsync(links[0], "acknowledged");
        await TickAsync();
        Assert.Empty(await _desk.WaitingAsync());
        _desk.World.Time.Advance(TimeSpan.FromHours(2.1));
        await TickAsync();
        await TickAsync();
        Assert.Single(await _desk.WaitingAsync()); // what was acknowledged stays with the team
        Assert.Equal(["acknowledged", "late"], (await ListAsync()).Select(h => (string)h!["state"]!).Order(StringComparer.Ordinal));
        Assert.Equal(409, (await ReactAsync(links[1], "acknowledged")).Status);
        _desk.World.Time.Advance(TimeSpan.FromDays(31));
        await TickAsync();
        Assert.Empty(await ListAsync());
        Assert.Equal(404, (await PageAsync(links[1])).Status);
    }

    [Fact]
    public async Task ARemovedOrEditedCommentIsNothingToDoAnyMore()
    {
        await _desk.JudgeAsync(_desk.Some("7", "Il mio ordine?", "fabio"));
        var (_, token) = await OpenAsync();
        await _desk.JudgeAsync(_desk.Some("7", "") with { Removed = true });
        var page = await PageAsync(token);
        Assert.DoesNotContain("ordine?", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page.Body, StringComparison.Ordinal);
        _desk.World.Time.Advance(TimeSpan.FromHours(3));
        await TickAsync();
        Assert.Empty(await _desk.WaitingAsync());
    }

    [Fact]
    public async Task NobodyMakesALink()
    {
        await _desk.JudgeAsync(_desk.Some("7", "Il mio ordine?"));
        var (_, token) = await OpenAsync();
        var nothing = await PageAsync("x");
        Assert.Equal(404, nothing.Status);
        for (var at = 0; at < token.Length - 1; at++)
            Assert.Equal(nothing.Body, (await PageAsync($"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}")).Body);
        Assert.Equal(404, (await ReactAsync("x", "answered")).Status);
        Assert.Equal(400, (await ReactAsync(token, "exploded")).Status);
        Assert.Equal(400, (await ReactAsync(token, "answered", new string('x', 501))).Status);
        Assert.Equal(415, (await _desk.World.Make<HandoffFunctions>().React(Http.Request("POST"), token, CancellationToken.None).AnswerAsync()).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereWhatIsReturnedComesBackOnce(bool afterwards)
    {
        for (var request = 1; ; request++)
        {
            await using var desk = await Desk.CreateAsync();
            await desk.World.Get<IPolicyStore>().AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(1, Policy, "anna", "", desk.World.Time.Now), CancellationToken.None);
            var id = Assert.Single(await desk.JudgeAsync(desk.Some("7", "Il mio ordine?")));
            desk.World.Time.Advance(TimeSpan.FromHours(3));
            desk.World.Storage.KillAt(request, afterwards);
            try
            {
                await desk.World.Make<HandoffFunctions>().Return(new TimerInfo(), CancellationToken.None);
            }
            catch (Exception killed) when (killed is Killed or AggregateException)
            {
            }
            var died = desk.World.Storage.HasKilled;
            desk.World.Storage.Reset();
            if (!died)
                return;
            await desk.World.Make<HandoffFunctions>().Return(new TimerInfo(), CancellationToken.None);
            Assert.Equal("Returned", string.Join(' ', (await desk.OutcomeAsync(id)).History.Select(h => h.What)));
            Assert.Equal("returned", (string?)Assert.Single(await desk.WaitingAsync())!["cause"]);
        }
    }

    private Task TickAsync() => _desk.World.Make<HandoffFunctions>().Return(new TimerInfo(), CancellationToken.None);

    private async Task<System.Text.Json.Nodes.JsonArray> ListAsync() =>
        (await _desk.World.Make<HandoffFunctions>().List(Http.Request(), "demo", CancellationToken.None).AnswerAsync()).Json["handoffs"]!.AsArray();

    private async Task<(System.Text.Json.Nodes.JsonNode View, string Token)> OpenAsync()
    {
        var view = Assert.Single(await ListAsync())!;
        return (view, ((string)view["link"]!)["/api/handoffs/".Length..]);
    }

    private Task<HttpAnswer> PageAsync(string token) => _desk.World.Make<HandoffFunctions>().Page(Http.Request(key: null), token, CancellationToken.None).AnswerAsync();

    private Task<HttpAnswer> ReactAsync(string token, string reaction, string note = "")
    {
        _desk.World.Time.Advance(TimeSpan.FromSeconds(1));
        var request = Http.Request("POST", key: null);
        request.ContentType = "application/x-www-form-urlencoded";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes($"reaction={reaction}&note={Uri.EscapeDataString(note)}"));
        return _desk.World.Make<HandoffFunctions>().React(request, token, CancellationToken.None).AnswerAsync();
    }
}
