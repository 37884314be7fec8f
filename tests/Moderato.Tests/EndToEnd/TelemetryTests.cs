using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moderato.Local;
using Moderato.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.EndToEnd;

/// <summary>The published app under the local host, with a real receiver of OTLP.</summary>
public sealed class TelemetryTests : IAsyncLifetime, IDisposable
{
    private const string Words = "Siete dei cialtroni, vergognatevi quattro volte";
    private const string Author = "giovanna-segreta";
    private const string AuthorName = "Giovanna Segreta";
    private const string CommentId = "commento-riconoscibile-77";
    private const string CallersTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string CallersSpan = "00f067aa0ba902b7";

    private const string HideIt =
        """
        policy: 1
        rules:
          - { id: insult, name: Insulto, if: { words: [cialtroni] }, then: hide }
        """;

    private static readonly string Secret = "whsec_" + Convert.ToBase64String("a secret of 24 bytes or more"u8);

    private readonly string _folder = Directory.CreateTempSubdirectory("moderato-telemetry-").FullName;
    private World _world = null!;
    private PlatformServer _platform = null!;
    private OtlpReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _platform = await PlatformServer.StartAsync();
        _platform.Answer = _ => new Answered(200, "{}");
        _receiver = await OtlpReceiver.StartAsync();
        _world = await World.CreateAsync();
        Assert.True(await _world.Get<IPolicyStore>().AddAsync(
            World.Demo, DocumentKinds.Policy, new DocumentVersion(1, HideIt, "anna", "", _world.Time.Now), CancellationToken.None));
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _platform.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OneCommentHasOneTraceFromItsWebhookToWhatIsDoneOnItsPlatform()
    {
        await RunAsync(_receiver.Settings);

        var spans = _receiver.Spans.Where(s => s.Trace == CallersTrace).ToList();
        var webhook = Assert.Single(spans, s => s.Name == "POST /api/webhooks/{platform}/{source}");
        Assert.Equal((CallersSpan, "SPAN_KIND_SERVER", false), (webhook.Parent, webhook.Kind, webhook.Failed));
        Assert.Equal(("ReceiveWebhook", "200"), (webhook.Attributes["faas.name"], webhook.Attributes["http.response.status_code"]));

        var judged = Assert.Single(spans, s => s.Name == "process comments");
        Assert.Equal((webhook.Id, "SPAN_KIND_CONSUMER", false), (judged.Parent, judged.Kind, judged.Failed));
        Assert.Equal(("ModerateComments", "comments"), (judged.Attributes["faas.name"], judged.Attributes["messaging.destination.name"]));

        var acted = Assert.Single(spans, s => s.Name == "process actions");
        Assert.Equal((judged.Id, "PerformActions"), (acted.Parent, acted.Attributes["faas.name"]));

        var asked = Assert.Single(spans, s => s.Kind == "SPAN_KIND_CLIENT");
        Assert.Equal((acted.Id, "POST 127.0.0.1"), (asked.Parent, asked.Name));
        Assert.Equal(("127.0.0.1", "200"), (asked.Attributes["server.address"], asked.Attributes["http.response.status_code"]));
        Assert.Equal(4, spans.Count);

        Assert.Contains(_receiver.Logs, l => l.Trace == CallersTrace && l.Message == "Judged for demo: 1.");
        Assert.DoesNotContain(_platform.Requests, r => r.Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task MetricsSayWhatHappened()
    {
        await RunAsync(_receiver.Settings, "MeasureQueues", "SweepComments", "CompileDigests");

        var metrics = _receiver.Metrics;
        var received = metrics["moderato.comments.received"].Last();
        Assert.Equal(("demo", "example-forum", "accepted"), (received["moderato.community"], received["moderato.platform"], received["moderato.result"]));
        Assert.Equal("hide", metrics["moderato.outcomes"].Last()["moderato.decision"]);
        Assert.Equal(("hide", "done"), (metrics["moderato.actions"].Last()["moderato.kind"], metrics["moderato.actions"].Last()["moderato.result"]));
        Assert.NotEmpty(metrics["moderato.scoring.duration"]);
        Assert.Contains(metrics["moderato.queue.messages"], p => p["moderato.queue"] == "mails-poison");
        Assert.Contains(metrics["moderato.queue.age"], p => p["moderato.queue"] == "comments");
        Assert.Equal("demo", metrics["moderato.comments.oldest_waiting"].Last()["moderato.community"]);
        Assert.Equal("compiled", metrics["moderato.digests"].Last()["moderato.result"]);
        Assert.Contains(metrics["moderato.queue.wait"], p => p["moderato.queue"] == "comments");
        Assert.Contains(metrics["faas.invoke_duration"], p => p["faas.name"] == "PerformActions" && !p.ContainsKey("error.type"));
        Assert.NotEmpty(metrics["http.client.request.duration"]);
        Assert.DoesNotContain(metrics, m => m.Key.StartsWith("http.client.open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoWordNoNameAndNoSecretLeaves()
    {
        await RunAsync(_receiver.Settings);

        Assert.NotEmpty(_receiver.Spans);
        var everything = string.Join('\n', _receiver.Exports.Select(e => e.ToJsonString()));
        foreach (var secret in new[] { "cialtroni", "vergognatevi", Author, AuthorName, CommentId, Secret, Secret[6..], World.ApiKey, "/webhooks/standard/site" })
            Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task NothingIsSentUnlessItIsWanted()
    {
        var settings = _receiver.Settings.ToDictionary();
        settings["OTEL_SDK_DISABLED"] = "true";
        await RunAsync(settings);
        Assert.Empty(_receiver.Exports);
    }

    [Fact]
    public async Task ASignalOfItsOwnIsSentAlone()
    {
        var settings = _receiver.Settings.Where(s => s.Key != "OTEL_EXPORTER_OTLP_ENDPOINT").ToDictionary();
        settings["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = new Uri(_receiver.Address, "v1/traces").ToString();
        await RunAsync(settings);
        Assert.Equal(["traces"], _receiver.Exports.Select(e => (string?)e["signal"]).Distinct());
    }

    /// <summary>A comment comes in by webhook and is hidden on its platform; then the app is stopped, and sends what it has left.</summary>
    private async Task RunAsync(IReadOnlyDictionary<string, string> telemetry, params string[] timers)
    {
        var settings = World.Settings().ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Key == "AzureWebJobsStorage" ? _world.ConnectionString : s.Value!);
        foreach (var (name, value) in telemetry.Concat(new Dictionary<string, string>
        {
            ["Moderato__Sources__1__Id"] = "site",
            ["Moderato__Sources__1__Platform"] = "standard",
            ["Moderato__Sources__1__Community"] = "demo",
            ["Moderato__Sources__1__Secrets__0"] = Secret,
            ["Moderato__Sources__1__Address"] = _platform.Address.ToString(),
            ["Moderato__Sources__1__ActionToken"] = Secret,
        }))
            settings[name] = value;
        await using (var host = await Local.LocalHost.StartAsync(new LocalHostOptions { AppFolder = PublishedApp.Folder, DataFolder = _folder, Port = 0, Settings = settings }))
        {
            await SendAsync(host.Address);
            for (var i = 0; i < 300 && _platform.Requests.IsEmpty; i++)
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            Assert.NotEmpty(_platform.Requests);
            using var client = new HttpClient { BaseAddress = host.Address };
            foreach (var timer in timers)
                Assert.Equal(202, (int)(await client.PostAsync(new Uri($"/admin/functions/{timer}", UriKind.Relative), null)).StatusCode);
        }
    }

    private static async Task SendAsync(Uri host)
    {
        var body = $$$"""
            {"type":"comment.created","timestamp":"2026-11-03T20:26:10Z","data":{"platform":"example-forum","id":"{{{CommentId}}}","threadId":"t-7",
              "author":{"id":"{{{Author}}}","name":"{{{AuthorName}}}"},"text":"{{{Words}}}"} }
            """;
        var sent = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator() });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, "/api/webhooks/standard/site")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", "msg_telemetry");
        request.Headers.Add("webhook-timestamp", sent);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), Encoding.UTF8.GetBytes($"msg_telemetry.{sent}.{body}")))}");
        request.Headers.Add("traceparent", $"00-{CallersTrace}-{CallersSpan}-01");
        using var answer = await client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }
}
