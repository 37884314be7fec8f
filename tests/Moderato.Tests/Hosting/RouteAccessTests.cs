using System.Text;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Hosting.Worker;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

/// <summary>
/// Every HTTP route of the app, found as the app finds them, is asked without a key, with wrong ones, with another community's and with
/// each scope. A route without a line in the table fails here.
/// </summary>
public sealed class RouteAccessTests(RouteAccessTests.App app) : IClassFixture<RouteAccessTests.App>
{
    /// <summary>What a route asks of a key. <c>ReadAsPerspective</c> has another's statuses, <c>AdminOfAll</c> needs a key for all communities.</summary>
    public enum Door
    {
        Public,
        Ingest,
        Read,
        Moderate,
        Admin,
        AdminOfAll,
        ReadAsPerspective,
    }

    /// <summary>One line a route: its function's name and what it asks.</summary>
    private static readonly Dictionary<string, Door> Doors = new()
    {
        ["AcknowledgeIncident"] = Door.Moderate,
        ["CloseIncident"] = Door.Moderate,
        ["DeleteProtection"] = Door.Moderate,
        ["GetIncident"] = Door.Read,
        ["GetIncidentPage"] = Door.Public,
        ["GetIncidents"] = Door.Read,
        ["GetMood"] = Door.Read,
        ["GetProtections"] = Door.Read,
        ["GiveIncident"] = Door.Moderate,
        ["NoteIncident"] = Door.Moderate,
        ["PostIncidentPage"] = Door.Public,
        ["PostProtection"] = Door.Moderate,
        ["AnalyzeComment"] = Door.ReadAsPerspective,
        ["CheckPolicy"] = Door.Read,
        ["ClaimReview"] = Door.Moderate,
        ["ClaimReviews"] = Door.Moderate,
        ["ConfirmProposal"] = Door.Moderate,
        ["ExportOutcomes"] = Door.Read,
        ["GetHandoff"] = Door.Public,
        ["GetOpenApi"] = Door.Public,
        ["GetProblem"] = Door.Public,
        ["GetProblems"] = Door.Public,
        ["GetHandoffs"] = Door.Moderate,
        ["DiscardParked"] = Door.Moderate,
        ["DiscardParkedMessage"] = Door.AdminOfAll,
        ["EraseAuthor"] = Door.Admin,
        ["ExportAuthor"] = Door.Admin,
        ["GetErasure"] = Door.Admin,
        ["GetEvents"] = Door.Read,
        ["PostEvent"] = Door.Moderate,
        ["GetErasures"] = Door.Admin,
        ["GetParked"] = Door.Moderate,
        ["GetParkedMessage"] = Door.AdminOfAll,
        ["GetParkedMessages"] = Door.AdminOfAll,
        ["GetParkedOne"] = Door.Moderate,
        ["ReplayManyParked"] = Door.Moderate,
        ["ReplayParked"] = Door.Moderate,
        ["GetMember"] = Door.Read,
        ["GetMembers"] = Door.Read,
        ["GetReviews"] = Door.Moderate,
        ["GetStatistics"] = Door.Read,
        ["PostDecision"] = Door.Moderate,
        ["PostDecisions"] = Door.Moderate,
        ["PostHandoff"] = Door.Public,
        ["RejectProposal"] = Door.Moderate,
        ["ReleaseReview"] = Door.Moderate,
        ["UndoDecision"] = Door.Moderate,
        ["CheckTone"] = Door.Read,
        ["ClearRecipient"] = Door.Admin,
        ["GetMails"] = Door.Admin,
        ["GetRecipients"] = Door.Admin,
        ["GetUnsubscribe"] = Door.Public,
        ["NoteBounce"] = Door.Admin,
        ["PostUnsubscribe"] = Door.Public,
        ["ResendMail"] = Door.Admin,
        ["CompileDigestNow"] = Door.Moderate,
        ["DeleteEvent"] = Door.Moderate,
        ["DeleteKey"] = Door.Admin,
        ["EnableWebhook"] = Door.Admin,
        ["GetActions"] = Door.Read,
        ["GetAudit"] = Door.Admin,
        ["GetAuditOfAll"] = Door.AdminOfAll,
        ["GetAuthorProfile"] = Door.Read,
        ["GetDeliveries"] = Door.Read,
        ["GetDigest"] = Door.Read,
        ["GetDigests"] = Door.Read,
        ["GetGuidelines"] = Door.Read,
        ["GetGuidelinesVersion"] = Door.Read,
        ["GetGuidelinesVersions"] = Door.Read,
        ["GetKey"] = Door.Admin,
        ["GetKeys"] = Door.Admin,
        ["GetLive"] = Door.Public,
        ["GetNotice"] = Door.Read,
        ["GetOutcome"] = Door.Read,
        ["GetOutcomes"] = Door.Read,
        ["GetPlatforms"] = Door.Public,
        ["GetPolicy"] = Door.Read,
        ["GetPolicySchema"] = Door.Public,
        ["GetPolicyVersion"] = Door.Read,
        ["GetPolicyVersions"] = Door.Read,
        ["GetPreset"] = Door.Public,
        ["GetPresets"] = Door.Public,
        ["GetReady"] = Door.Public,
        ["GetReplay"] = Door.Read,
        ["GetWebhooks"] = Door.Read,
        ["PostAction"] = Door.Moderate,
        ["PostComments"] = Door.Ingest,
        ["PostKey"] = Door.Admin,
        ["PostReplay"] = Door.Moderate,
        ["PostScore"] = Door.Read,
        ["PutAuthorProfile"] = Door.Moderate,
        ["PutGuidelines"] = Door.Admin,
        ["PutPolicy"] = Door.Admin,
        ["ReceiveWebhook"] = Door.Public, // platforms sign
        ["ResendDelivery"] = Door.Admin,
        ["RestoreGuidelinesVersion"] = Door.Admin,
        ["RestorePolicyVersion"] = Door.Admin,
        ["RotateKey"] = Door.Admin,
        ["TestWebhook"] = Door.Admin,
        ["TryPolicy"] = Door.Read,
        ["UndoAction"] = Door.Moderate,
        ["WhichRule"] = Door.Read,
    };

    private static readonly Dictionary<string, FunctionDescriptor> Functions =
        FunctionCatalog.Of(typeof(FunctionCatalog).Assembly).Where(f => f.Trigger is HttpTriggerAttribute).ToDictionary(f => f.Name);

    public static TheoryData<string> Routes => [.. Functions.Keys];

    [Fact]
    public void TheTableNamesOnlyWhatIsThere() => Assert.Empty(Doors.Keys.Except(Functions.Keys));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task ItOpensForWhomItShouldAndTellsNobodyElseAnything(string route)
    {
        Assert.True(Doors.TryGetValue(route, out var door), $"The route {route} is new: give it a line in {nameof(RouteAccessTests)}.{nameof(Doors)}.");
        foreach (var method in ((HttpTriggerAttribute)Functions[route].Trigger).Methods!)
        {
            if (door == Door.Public)
                await IsPublicAsync(route, method);
            else if (door == Door.ReadAsPerspective)
                await IsPerspectivesAsync(route, method);
            else
                await AsksForAsync(route, method, door);
        }
    }

    private async Task AsksForAsync(string route, string method, Door door)
    {
        var strangers = new List<Reply>();
        foreach (var key in new[] { null, "wrong", app.Revoked, KeyText.Of("aaaaaaaaaaaa", new byte[32]) })
            strangers.AddRange(await EverywhereAsync(route, method, key));
        Assert.Equal(401, Assert.Single(strangers.Distinct()).Status);

        var forOneCommunity = RouteOf(route).Contains("{community}", StringComparison.Ordinal);
        var others = await EverywhereAsync(route, method, App.Others);
        if (forOneCommunity || door == Door.AdminOfAll)
            Assert.Equal(403, Assert.Single(others.Distinct()).Status);
        else
            Assert.All(others, o => Assert.False(o.IsRefusal, $"{route} answers {o.Status} to another community's key."));

        foreach (var scope in Enum.GetValues<Scope>())
        {
            var admitted = scope.ToString() == door.ToString();
            if (admitted)
                Assert.False((await SendAsync(route, method, App.KeyOf(scope), World.Demo.ToString(), there: false)).IsRefusal, $"{route} refuses a key with the scope {scope}.");
            else
                Assert.Equal(403, Assert.Single((await EverywhereAsync(route, method, App.KeyOf(scope))).Distinct()).Status);
        }
        if (door == Door.AdminOfAll)
            Assert.False((await SendAsync(route, method, App.Everybodys, "", there: false)).IsRefusal);
    }

    private async Task IsPublicAsync(string route, string method)
    {
        var replies = new List<Reply>();
        foreach (var key in new[] { null, "wrong", App.Others, App.KeyOf(Scope.Admin) })
            replies.Add(await SendAsync(route, method, key, "", there: true));
        Assert.Single(replies.Distinct());
    }

    private async Task IsPerspectivesAsync(string route, string method)
    {
        Assert.Equal(403, (await SendAsync(route, method, null, "", false)).Status);
        var wrong = await SendAsync(route, method, "wrong", "", false);
        Assert.Equal(400, wrong.Status);
        Assert.Equal(wrong, await SendAsync(route, method, app.Revoked, "", false));
        foreach (var scope in Enum.GetValues<Scope>())
        {
            var reply = await SendAsync(route, method, App.KeyOf(scope), "", false);
            Assert.Equal(scope == Scope.Read, !reply.IsRefusal && reply != wrong);
        }
    }

    /// <summary>Where there is something and where there is nothing, in a community that is there and in one that is not.</summary>
    private async Task<IReadOnlyList<Reply>> EverywhereAsync(string route, string method, string? key)
    {
        var replies = new List<Reply>();
        foreach (var community in new[] { World.Demo.ToString(), "nowhere", "No Good" })
        {
            foreach (var there in new[] { true, false })
                replies.Add(await SendAsync(route, method, key, community, there));
        }
        return replies;
    }

    private async Task<Reply> SendAsync(string route, string method, string? key, string community, bool there)
    {
        var context = new DefaultHttpContext { RequestServices = app.Services };
        var request = context.Request;
        request.Method = method.ToUpperInvariant();
        if (key is not null)
            request.Headers.Authorization = $"Bearer {key}";
        if (method is not "get")
        {
            request.ContentType = "application/json";
            request.Body = new MemoryStream("{}"u8.ToArray());
        }
        foreach (var parameter in RouteOf(route).Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}')))
            request.RouteValues[parameter] = parameter == "community" ? community : there ? app.ValueOf(route, parameter) : "nothing";
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new FunctionInvoker(Functions[route]).InvokeAsync(context);
        var headers = context.Response.Headers.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}");
        return new Reply(context.Response.StatusCode, string.Join('\n', headers), Encoding.UTF8.GetString(body.ToArray()));
    }

    private static string RouteOf(string route) => ((HttpTriggerAttribute)Functions[route].Trigger).Route!;

    /// <summary>All that a caller can see.</summary>
    private sealed record Reply(int Status, string Headers, string Body)
    {
        public bool IsRefusal => Status is 401 or 403 or 429;
    }

    /// <summary>One app for all rows, with something of everything in it.</summary>
    public sealed class App : IAsyncLifetime
    {
        public const string Others = "key-of-another-community";
        public const string Everybodys = "admin-key-of-all";

        private World _world = null!;
        private string _outcome = "";
        private string _key = "";

        public string Revoked { get; private set; } = "";

        public IServiceProvider Services => _world.Get<IServiceProvider>();

        public static string KeyOf(Scope scope) => $"key-with-the-scope-{scope}";

        /// <summary>Something that is there.</summary>
        public string ValueOf(string route, string parameter) => parameter switch
        {
            "id" => RouteOf(route).StartsWith("keys/", StringComparison.Ordinal) ? _key : RouteOf(route).Contains("/webhooks/", StringComparison.Ordinal) ? "hook" : _outcome,
            "platform" => route == "ReceiveWebhook" ? "facebook" : "instagram",
            "source" => "page",
            "author" => "anna",
            "language" => "it",
            "number" => "1",
            "date" => "2026-03-09",
            "name" => "shop",
            "file" => "policy.yaml",
            _ => "1",
        };

        public async Task InitializeAsync()
        {
            var settings = new Dictionary<string, string?>
            {
                ["Moderato:Communities:1:Id"] = "other",
                ["Moderato:Webhooks:0:Id"] = "hook",
                ["Moderato:Webhooks:0:Community"] = World.Demo.ToString(),
                ["Moderato:Webhooks:0:Address"] = "https://example.org/hook",
                ["Moderato:Webhooks:0:Secret"] = "whsec_" + Convert.ToBase64String(new byte[32]),
            };
            var number = 1;
            foreach (var scope in Enum.GetValues<Scope>())
                Add(KeyOf(scope), World.Demo.ToString(), scope);
            Add(Others, "other", Enum.GetValues<Scope>());
            Add(Everybodys, "*", Scope.Admin);
            _world = await World.CreateAsync(settings);
            await _world.ReceiveAsync(_world.Some());
            await _world.WorkAsync();
            _outcome = OutcomeId.Of(Assert.Single(await _world.OutcomesAsync()).Comment).ToString();

            (_key, _) = await StoreAsync(k => k);
            (_, Revoked) = await StoreAsync(k => k with { RevokedAt = _world.Time.Now });

            void Add(string text, string community, params Scope[] scopes)
            {
                var at = $"Moderato:ApiKeys:{number++}";
                settings[$"{at}:Name"] = text;
                settings[$"{at}:Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                settings[$"{at}:Communities:0"] = community;
                settings[$"{at}:RequestsPerMinute"] = "100000";
                foreach (var (i, scope) in scopes.Index())
                    settings[$"{at}:Scopes:{i}"] = scope.ToString();
            }
        }

        public async Task DisposeAsync() => await _world.DisposeAsync();

        private async Task<(string Id, string Text)> StoreAsync(Func<StoredKey, StoredKey> with)
        {
            var (id, secret) = (KeyText.NewId(), System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
            var key = new ApiKey(id, "kept", new HashSet<CommunityId> { World.Demo }, Enum.GetValues<Scope>().ToHashSet());
            Assert.True(await _world.Get<IKeyStore>().AddAsync(with(new StoredKey(key, SecretHash.Of(secret), _world.Time.Now, "tests")), CancellationToken.None));
            return (id, KeyText.Of(id, secret));
        }
    }
}
