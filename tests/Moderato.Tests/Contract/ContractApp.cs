using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moderato.Comments;
using Moderato.Contract;
using Moderato.Local;
using Moderato.Mail;
using Moderato.Moderation;
using Moderato.Mood;
using Moderato.Tests.Mood;
using Moderato.Tests.Support;
using Xunit;
using Scope = Moderato.Hosting.Scope;

namespace Moderato.Tests.Contract;

/// <summary>
/// The published app under the local host, with a small community in it: comments that were approved, held, hidden, removed, and handed
/// to a team; an apprentice; parked work; a platform and a webhook that answer.
/// </summary>
public sealed class ContractApp : IAsyncLifetime
{
    public const string Admin = "key-for-everything-of-all-communities";
    public const string Others = "key-for-everything-of-another-community";
    public const string Slow = "key-for-one-request-a-minute";
    public const string Apprentice = "key-of-an-apprentice";
    public const string SiteSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Only calls that show comments may answer it, and no log line may have it.</summary>
    public const string Marker = "zqxmarkerzqx";

    private readonly StringBuilder _lines = new();
    private TextWriter _log = TextWriter.Null;
    private PlatformServer _platform = null!;
    private Local.LocalHost _host = null!;
    private World _world = null!;

    public HttpClient Client { get; private set; } = null!;
    public SchemaValidator Schemas { get; private set; } = null!;

    public JsonObject Document { get; } = JsonNode.Parse(OpenApiDocument.Whole.GetRawText())!.AsObject();

    /// <summary>Ids of outcomes by the channel that their comments came from.</summary>
    public Dictionary<string, string> Outcomes { get; } = [];

    /// <summary>Other things that are there, by the name that the calls give them.</summary>
    public Dictionary<string, string> There { get; } = [];

    public IReadOnlyDictionary<string, string?> Settings { get; private set; } = null!;

    public string Log
    {
        get
        {
            lock (_log) // as its synchronized writer does
                return _lines.ToString();
        }
    }

    public async Task InitializeAsync()
    {
        _platform = await PlatformServer.StartAsync();
        _platform.Answer = _ => new Answered(200, "{}");
        var settings = SomeSettings(_platform.Address);
        _world = await World.CreateAsync(settings);
        var all = World.Settings();
        foreach (var (name, value) in settings)
            all[name] = value;
        all["AzureWebJobsStorage"] = _world.ConnectionString;
        Settings = all;
        _log = TextWriter.Synchronized(new StringWriter(_lines, CultureInfo.InvariantCulture));
        _host = await Local.LocalHost.StartAsync(new LocalHostOptions
        {
            AppFolder = PublishedApp.Folder,
            DataFolder = Path.Combine(_world.Folder, "data"),
            Port = 0,
            Settings = all.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!),
            Output = _log,
        });
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address, Timeout = TimeSpan.FromSeconds(60) };
        Schemas = await SchemaValidator.StartAsync(Document);
        await SeedAsync();
    }

    public async Task DisposeAsync()
    {
        await Schemas.DisposeAsync();
        Client.Dispose();
        await _host.DisposeAsync();
        await _platform.DisposeAsync();
        await _world.DisposeAsync();
    }

    /// <summary>A request as the site of one's own sends it.</summary>
    public static HttpRequestMessage FromSite(string body)
    {
        var (id, at) = ($"msg_{Guid.NewGuid():N}", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = HMACSHA256.HashData(Convert.FromBase64String(SiteSecret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{at}.{body}"));
        return new HttpRequestMessage(HttpMethod.Post, "api/webhooks/standard/site")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "webhook-id", id }, { "webhook-timestamp", at }, { "webhook-signature", $"v1,{Convert.ToBase64String(signature)}" } },
        };
    }

    public async Task<JsonNode> JsonAsync(string method, string path, object? body = null, string key = Admin, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (body is not null)
            request.Content = new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body, System.Text.Json.JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} answered {(int)answer.StatusCode}: {text}");
        return text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
    }

    /// <summary>Something that is there, for a parameter of a route.</summary>
    public string ValueOf(string name, string before) => (name, before) switch
    {
        ("id", "outcomes") => Outcomes["to-approve"],
        ("id", "incidents") => There["incident"],
        ("token", "incidents") => There["incident token"],
        ("id", "keys") => There["key"],
        ("id", "webhooks") => "hook",
        ("id", "replays") => There["replay"],
        ("id", "erasures") => There["erasure"],
        ("id", "events") => There["event"],
        ("id", "mails") => There["parked mail"],
        ("id", "parked") => There["parked part"],
        ("id", _) => There["parked message"],
        ("delivery", _) => There["hook delivery"],
        ("token", "unsubscribe") => There["unsubscribe"],
        ("token", _) => There["token"],
        ("date", _) => There["today"],
        _ => Parameters.OfRoute(name, before).Example!,
    };

    private async Task SeedAsync()
    {
        await JsonAsync("PUT", "api/communities/demo/policy?by=tests", Policy, ifMatch: "\"0\"");
        await Task.Delay(TimeSpan.FromSeconds(9), TimeProvider.System); // until the policy is read anew
        foreach (var (i, channel) in Channels.Index())
        {
            var sent = await JsonAsync("POST", "api/communities/demo/comments", new
            {
                platform = "instagram",
                id = $"c{i}",
                channel,
                threadId = "post-1",
                author = new { id = channel == "to-erase" ? "bruno" : "anna", name = $"Anna {Marker}" },
                text = $"{Marker} una borsa molto bella, dove la trovo?",
            });
            Outcomes[channel] = (string)sent["results"]![0]!["outcomeId"]!;
        }
        using (var delivered = await Client.SendAsync(FromSite("""
            { "type": "comment.batch", "data": { "events": [
              { "type": "comment.created", "data": { "platform": "standard", "id": "site-1", "channel": "site", "author": { "id": "carla" }, "text": "bella borsa" } },
              { "type": "comment.created", "data": { "platform": "standard", "id": 7.5, "text": 1 } } ] } }
            """)))
            Assert.Equal(200, (int)delivered.StatusCode);
        await UntilAsync(async () => (await JsonAsync("GET", "api/communities/demo/outcomes"))["items"]!.AsArray().Count >= Channels.Length + 1);
        Outcomes["site"] = (string)(await JsonAsync("GET", "api/communities/demo/outcomes?platform=standard"))["items"]![0]!["id"]!;

        await JsonAsync("POST", "api/communities/demo/comments", new { platform = "instagram", id = $"c{Array.IndexOf(Channels, "to-remove")}", removed = true });
        await UntilAsync(async () => (string?)(await JsonAsync("GET", $"api/communities/demo/outcomes/{Outcomes["to-remove"]}"))["state"] == "removed");
        await ParkAsync();
        await MailAsync();
        There["hook delivery"] = (string)(await JsonAsync("POST", "api/communities/demo/webhooks/hook/test"))["id"]!;
        There["key"] = (string)(await JsonAsync("POST", "api/keys", new { name = "made", communities = (string[])["demo"], scopes = (string[])["read"] }))["key"]!["id"]!;
        There["handed"] = Outcomes["to-hand-off"];
        await JsonAsync("POST", $"api/communities/demo/outcomes/{There["handed"]}/decision", new { route = new { to = "care" }, by = "anna" });
        var handoffs = (await JsonAsync("GET", "api/communities/demo/handoffs"))["handoffs"]!.AsArray();
        There["token"] = ((string)handoffs.Single(h => (string)h!["outcomeId"]! == There["handed"])!["link"]!).Split('/')[^1];
        There["replay"] = (string)(await JsonAsync("POST", "api/communities/demo/policy/replay", new { }))["id"]!;
        There["erasure"] = (string)(await JsonAsync("POST", "api/communities/demo/authors/instagram/bruno/erase", new { reason = "asked" }))["id"]!;
        var soon = TimeProvider.System.GetUtcNow().AddDays(1);
        There["event"] = (string)(await JsonAsync("POST", "api/communities/demo/events", new { kind = "outage", title = "Strike", from = soon, to = soon.AddDays(1) }))["id"]!;
        await OpenIncidentsAsync();
        There["today"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await JsonAsync("POST", $"api/communities/demo/digests/{There["today"]}");
        await JsonAsync("PUT", "api/communities/demo/guidelines/it?by=tests", "# Regole\n\n## 1. Gentili\n\nSempre.\n", ifMatch: "\"0\"");
    }

    /// <summary>
    /// One for keys and one for its page. Both are out of the book that the watch reads, since they are calm: so they stay as they are whenever
    /// it looks.
    /// </summary>
    private async Task OpenIncidentsAsync()
    {
        var (store, now) = (_world.Get<IIncidentStore>(), TimeProvider.System.GetUtcNow());
        Incident Open(string key) => IncidentSteps.Open(SomeMood.Finding(Level.Crisis, now, scope: new(ScopeKind.Cause, key)), Labels.None, now) with { Told = 1, Mailed = 1, CalmAt = now.AddDays(-7) };
        Incident[] incidents = [Open("1"), Open("2")];
        var opened = false;
        while (!opened)
            opened = await store.OpenAsync(World.Demo, incidents, (await store.ReadBookAsync(World.Demo, now, CancellationToken.None)).Tag, CancellationToken.None);
        There["incident"] = incidents[0].Id;
        There["incident token"] = (await _world.Get<IncidentLinks>().LinkAsync(World.Demo, incidents[1].Id, CancellationToken.None)).Split('/')[^1];
    }

    /// <summary>One that can be tried again, one that is gone, one that has its outcome, a part that nobody could read, a whole message.</summary>
    private async Task ParkAsync()
    {
        var (store, letters) = (_world.Get<IModerationStore>(), _world.Get<IDeadLetterStore>());
        var now = TimeProvider.System.GetUtcNow();
        async Task ParkAsync(string channel, Func<Comment, Comment> with)
        {
            var key = new CommentKey(PlatformId.Parse("instagram"), $"c{Array.IndexOf(Channels, channel)}");
            var comment = await store.FindCommentAsync(World.Demo, key, CancellationToken.None);
            await letters.ParkAsync(new DeadLetter(with(comment!), now, "It failed every try to judge it."), CancellationToken.None);
        }
        await ParkAsync("to-approve", c => c with { Revision = 2 });
        await ParkAsync("to-hide", c => c);
        await letters.ParkAsync(new DeadLetter(_world.Some("never-stored") with { FirstReceivedAt = now, ReceivedAt = now }, now, "It failed every try to judge it."), CancellationToken.None);
        await letters.ParkUnreadableAsync("m-1", "no message of ours", now, "It is no JSON.", CancellationToken.None);
        foreach (var item in (await JsonAsync("GET", "api/communities/demo/parked"))["items"]!.AsArray())
        {
            var name = (string?)item!["commentId"] switch { "never-stored" => "gone", null => "part", "c0" => "replayable", _ => "settled" };
            There[$"parked {name}"] = (string)item["id"]!;
        }
        There["parked message"] = (string)(await JsonAsync("GET", "api/parked-messages"))["items"]![0]!["id"]!;
    }

    private async Task MailAsync()
    {
        async Task<string> AddAsync(MailState state, string of)
        {
            var mail = PostedMail.Of(new MailRequest(World.Demo, "test", of, Editions.Daily, "anna@example.org", "it"), TimeProvider.System.GetUtcNow()) with { State = state };
            Assert.True(await _world.Get<IMailStore>().AddAsync(mail, CancellationToken.None));
            There["unsubscribe"] = (await _world.Get<Subscriptions>().LinksAsync(mail.Request, CancellationToken.None)).Unsubscribe!.Split('/')[^1];
            return mail.Id;
        }
        There["parked mail"] = await AddAsync(MailState.Parked, "1");
        There["sent mail"] = await AddAsync(MailState.Sent, "2");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await isSo())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        Assert.Fail("What was waited for did not come within a minute.");
    }

    private static readonly string[] Channels =
        ["to-approve", "to-hold", "to-claim", "to-propose", "to-reject", "to-hide", "to-route", "to-remove", "to-hand-off", "to-erase", "to-decide"];

    private const string Policy = """
        policy: 1
        teams:
          care: { within: 8h }
        rules:
          - id: hold-it
            name: { it: "Di prova", en: "For tests" }
            if: { channel: [to-hold, to-claim, to-propose, to-reject, to-hand-off, to-decide] }
            then: hold
          - id: hide-it
            name: { it: "Di prova", en: "For tests" }
            if: { channel: [to-hide] }
            then: hide
          - id: route-it
            name: { it: "Di prova", en: "For tests" }
            if: { channel: [to-route] }
            then: { decision: escalate, route: { to: care } }
        """;

    private static Dictionary<string, string?> SomeSettings(Uri platform)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Moderato:Communities:1:Id"] = "other",
            ["Moderato:Address"] = "https://moderato.example.org",
            ["Moderato:Webhooks:0:Id"] = "hook",
            ["Moderato:Webhooks:0:Community"] = World.Demo.ToString(),
            ["Moderato:Webhooks:0:Address"] = $"{platform}hook",
            ["Moderato:Webhooks:0:Secret"] = SiteSecret,
            ["Moderato:Webhooks:0:AllowPrivate"] = "true",
            ["Moderato:Sources:1:Id"] = "site",
            ["Moderato:Sources:1:Platform"] = "standard",
            ["Moderato:Sources:1:Community"] = World.Demo.ToString(),
            ["Moderato:Sources:1:Secrets:0"] = SiteSecret,
            ["Moderato:Sources:1:Address"] = $"{platform}site",
            ["Moderato:Sources:1:ActionToken"] = SiteSecret,
        };
        Add(1, Admin, "*", 100_000, Enum.GetValues<Scope>());
        Add(2, Others, "other", 100_000, Enum.GetValues<Scope>());
        Add(3, Slow, "*", 1, Enum.GetValues<Scope>());
        Add(4, Apprentice, "demo", 100_000, Scope.Read, Scope.Moderate);
        settings["Moderato:ApiKeys:4:Apprentice"] = "true";
        foreach (var scope in Enum.GetValues<Scope>())
            Add(5 + (int)scope, OnlyFor(scope), "demo", 100_000, scope);
        return settings;

        void Add(int number, string text, string community, int requests, params Scope[] scopes)
        {
            var at = $"Moderato:ApiKeys:{number}";
            settings[$"{at}:Name"] = text;
            settings[$"{at}:Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            settings[$"{at}:Communities:0"] = community;
            settings[$"{at}:RequestsPerMinute"] = requests.ToString(CultureInfo.InvariantCulture);
            foreach (var (i, scope) in scopes.Index())
                settings[$"{at}:Scopes:{i}"] = scope.ToString();
        }
    }

    /// <summary>A key for one thing, in one community.</summary>
    public static string OnlyFor(Scope scope) => $"key-only-for-{scope}";
}
