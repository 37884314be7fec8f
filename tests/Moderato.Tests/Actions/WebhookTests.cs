using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Actions;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Tests.Support;
using Xunit;
using Endpoint = Moderato.Actions.Webhooks.Endpoint;

namespace Moderato.Tests.Actions;

/// <summary>What the user's own systems are told, against a real receiver.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private PlatformServer _receiver = null!;
    private World _world = null!;

    private Endpoint Endpoint => _world.Get<Endpoints>().Find(World.Demo, "crm")!;

    public async Task InitializeAsync()
    {
        _receiver = await PlatformServer.StartAsync();
        _receiver.Answer = _ => new Answered(204);
        _world = await World.CreateAsync(new Dictionary<string, string?>
        {
            ["Moderato:Webhooks:0:Id"] = "crm",
            ["Moderato:Webhooks:0:Community"] = "demo",
            ["Moderato:Webhooks:0:Address"] = $"{_receiver.Address}hook?token=hidden",
            ["Moderato:Webhooks:0:Secret"] = $"whsec_{Secret}",
            ["Moderato:Webhooks:0:AllowPrivate"] = "true",
            ["Moderato:Webhooks:1:Id"] = "removals",
            ["Moderato:Webhooks:1:Community"] = "demo",
            ["Moderato:Webhooks:1:Address"] = $"{_receiver.Address}removals",
            ["Moderato:Webhooks:1:Secret"] = $"whsec_{Secret}",
            ["Moderato:Webhooks:1:Events:0"] = "comment.removed",
            ["Moderato:Webhooks:1:AllowPrivate"] = "true",
            ["Moderato:ApiKeys:0:Scopes:3"] = "admin",
        });
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task AJudgedCommentIsToldOnceSignedAndWithoutItsWords()
    {
        await _world.ReceiveAsync(_world.Some(text: "Spedizione velocissima, parola di cliente"));
        await _world.WorkAsync();
        await _world.Get<Announcer>().OutcomesAsync(await _world.OutcomesAsync(), CancellationToken.None); // once more, as after a crash
        await SendAsync();

        var told = Assert.Single(_receiver.Requests);
        var (id, sent) = (told.Headers["webhook-id"].ToString(), told.Headers["webhook-timestamp"].ToString());
        Assert.Equal(WebhookSender.Sign(Convert.FromBase64String(Secret), id, sent, told.Body), told.Headers["webhook-signature"].ToString());
        Assert.DoesNotContain(".", id, StringComparison.Ordinal);
        Assert.DoesNotContain("cliente", told.Body, StringComparison.Ordinal);
        var body = JsonNode.Parse(told.Body)!;
        Assert.Equal(("outcome.decided", "approve", "instagram"), ((string?)body["type"], (string?)body["data"]!["decision"], (string?)body["data"]!["platform"]));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await NewestAsync()).State);
    }

    [Fact]
    public void TheSignatureIsTheOneOfThePublishedVector() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSender.Sign(Convert.FromBase64String(Secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}"""));

    [Fact]
    public async Task OnlyTheEventsAskedForAreTold()
    {
        await _world.ReceiveAsync(_world.Some());
        await _world.WorkAsync();
        await _world.ReceiveAsync(_world.Some().AsTombstone());
        await _world.WorkAsync();
        await SendAsync();
        Assert.Equal(
            ["/hook comment.removed", "/hook outcome.decided", "/removals comment.removed"],
            _receiver.Requests.Select(r => $"{r.Path} {(string?)JsonNode.Parse(r.Body)!["type"]}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(500, "HTTP 500")]
    [InlineData(302, "HTTP 302")]
    [InlineData(-1, "no connection")]
    public async Task WhatFailsIsTriedAgainLater(int status, string result)
    {
        _receiver.Answer = _ => status < 0 ? Answered.Broken : new Answered(status, "", ("Location", "/elsewhere"));
        await TestAsync();

        var delivery = Assert.Single(await NewestAsync());
        Assert.Equal((DeliveryState.Pending, 1), (delivery.State, delivery.Attempts));
        Assert.StartsWith(result, delivery.LastResult, StringComparison.Ordinal);
        Assert.InRange((delivery.NextAt - delivery.LastTriedAt)!.Value.TotalSeconds, 4, 6);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task AReceiverThatNamesItsTimeIsHeard()
    {
        _receiver.Answer = _ => new Answered(429, "", ("Retry-After", "600"));
        await TestAsync();
        var delivery = Assert.Single(await NewestAsync());
        Assert.Equal(600, (delivery.NextAt - delivery.LastTriedAt)!.Value.TotalSeconds);
    }

    [Fact]
    public async Task AfterThreeDaysOfFailuresTheEndpointIsSwitchedOffUntilAPersonSwitchesItOn()
    {
        _receiver.Answer = _ => new Answered(500);
        var test = await _world.Get<Announcer>().TestAsync(Endpoint, CancellationToken.None);
        var waited = TimeSpan.Zero;
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await RunAsync(test);
            var tried = Assert.Single(await NewestAsync());
            if (tried.NextAt is { } next)
            {
                waited += next - _world.Time.Now;
                _world.Time.Advance(next - _world.Time.Now);
            }
        }
        Assert.InRange(waited.TotalHours, 75.6 * 0.8, 75.6 * 1.2);
        Assert.Equal((DeliveryState.Failed, 10), (await NewestAsync()).Select(d => (d.State, d.Attempts)).Single());
        var webhooks = (await CallAsync("list"))["webhooks"]!.AsArray();
        Assert.False((bool)webhooks[0]!["on"]!);
        Assert.DoesNotContain("hidden", webhooks.ToJsonString(), StringComparison.Ordinal);

        // What comes while it is off is kept, not sent.
        await _world.ReceiveAsync(_world.Some());
        await _world.WorkAsync();
        await SendAsync();
        Assert.Equal(10, _receiver.Requests.Count);

        _receiver.Answer = _ => new Answered(200);
        await CallAsync("enable");
        var skipped = (await NewestAsync()).Single(d => d.State == DeliveryState.Skipped);
        await CallAsync("resend", skipped.Id);
        await SendAsync();
        Assert.Equal(DeliveryState.Delivered, (await NewestAsync()).Single(d => d.Id == skipped.Id).State);
        Assert.True((bool)(await CallAsync("list"))["webhooks"]![0]!["on"]!);
    }

    [Fact]
    public async Task WhoeverAnswersThatItIsGoneIsNotToldAnyMore()
    {
        _receiver.Answer = _ => new Answered(410);
        await TestAsync();
        await TestAsync();
        Assert.Single(_receiver.Requests);
        Assert.Equal([DeliveryState.Skipped, DeliveryState.Failed], (await NewestAsync()).Select(d => d.State));
    }

    [Fact]
    public async Task AnAddressInAPrivateNetworkIsRefusedAtTheConnection()
    {
        using var sender = new WebhookSender(_world.Time);
        var port = _receiver.Address.Port;
        foreach (var host in new[] { "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433" })
        {
            var inside = Endpoint with { Address = new Uri($"http://{host}:{port}/hook"), AllowPrivate = false };
            var failure = await sender.SendAsync(inside, await _world.Get<Announcer>().TestAsync(inside, CancellationToken.None), CancellationToken.None);
            Assert.Equal("the address lies in a private network", failure?.Message);
        }
        Assert.Empty(_receiver.Requests);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4002:402::200e", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    public void OnlyPublicAddressesArePublic(string address, bool isPublic) => Assert.Equal(isPublic, GuardedHttp.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task WhatAnActionCameToIsTold()
    {
        await _world.ReceiveAsync(_world.Some());
        await _world.WorkAsync();
        var outcome = (await _world.OutcomesAsync())[0];
        await _world.Make<PerformActions>().Run(
            Encoding.UTF8.GetString(ActionMessage.Write(new PlatformAction
            {
                Id = "asked-1",
                Community = World.Demo,
                Key = outcome.Key,
                Kind = ActionKind.Hide,
                Revision = 1,
                RequestedBy = "person:carla",
                RequestedAt = _world.Time.Now,
            })),
            CancellationToken.None);
        await SendAsync();
        var data = JsonNode.Parse(_receiver.Requests.Last().Body)!["data"]!;
        Assert.Equal(("hide", "refused", OutcomeId.Of(outcome.Comment).ToString()), ((string?)data["kind"], (string?)data["state"], (string?)data["outcomeId"]));
    }

    [Fact]
    public async Task DeliveriesAreForgottenAfterThirtyDays()
    {
        await TestAsync();
        _world.Time.Advance(TimeSpan.FromDays(31));
        await TestAsync();
        await _world.Make<WebhookFunctions>().Forget(new Moderato.Hosting.Worker.TimerInfo(), CancellationToken.None);
        Assert.Single(await NewestAsync());
    }

    private async Task TestAsync()
    {
        var test = await _world.Get<Announcer>().TestAsync(Endpoint, CancellationToken.None);
        await RunAsync(test);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private Task RunAsync(WebhookDelivery delivery) => _world.Make<SendWebhooks>().Run(Encoding.UTF8.GetString(delivery.ToMessage()), CancellationToken.None);

    private async Task SendAsync()
    {
        var queue = _world.Queue(QueueNames.Webhooks);
        while ((await queue.ReceiveMessageAsync()).Value is { } message)
        {
            await _world.Make<SendWebhooks>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    private Task<IReadOnlyList<WebhookDelivery>> NewestAsync() => _world.Get<IWebhookStore>().NewestAsync(Endpoint, 100, CancellationToken.None);

    private async Task<JsonNode> CallAsync(string what, string? delivery = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {World.ApiKey}";
        var functions = _world.Make<WebhookFunctions>();
        var result = what switch
        {
            "list" => await functions.List(context.Request, "demo", CancellationToken.None),
            "enable" => await functions.Enable(context.Request, "demo", "crm", CancellationToken.None),
            _ => await functions.Resend(context.Request, "demo", "crm", delivery!, CancellationToken.None),
        };
        var (status, body) = await Moderato.Tests.Ingest.Platforms.SignatureTests.ExecuteAsync(result);
        Assert.InRange(status, 200, 202);
        return JsonNode.Parse(body)!;
    }
}
