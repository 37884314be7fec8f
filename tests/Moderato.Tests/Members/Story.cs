using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting.Worker;
using Moderato.Members;
using Moderato.Policy;
using Moderato.Storage.Tables;
using Moderato.Tests.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Members;

/// <summary>People writing in a community, day after day. The real scorer reads what they write, a small policy judges it.</summary>
internal sealed class Story(World world) : IAsyncDisposable
{
    public const string Angry = "Siete degli incapaci, sono furiosa, ridatemi i soldi!";
    public const string Calm = "Buongiorno a tutti, oggi passo in negozio.";
    public const string Question = "Quanto costa la spedizione?";
    public const string Help = "Basta guardare nella sezione ordini del sito.";
    public const string Thanks = "Grazie mille, gentilissima!";
    public const string Happy = "Adoro questo negozio, prodotti stupendi!";
    public const string Disappointed = "Che delusione, qualità pessima.";
    public const string Insult = "Ma vai a quel paese, cretino";

    private const string Policy = "policy: 1\notherwise: approve\nrules:\n  - { id: rude, name: Rude, if: { words: [cretino] }, then: { decision: hide, strike: true, label: { name: rude, for: 30d } } }\n  - { id: unsure, name: Unsure, if: { words: [dubbio] }, then: hold }\n";

    private int _last;

    public World World => world;

    public static async Task<Story> BeginAsync()
    {
        var world = await World.CreateAsync(new Dictionary<string, string?> { ["Moderato:Sources:0:Account"] = "our-page" });
        Assert.True(await world.Get<IPolicyStore>().AddAsync(
            World.Demo, DocumentKinds.Policy, new DocumentVersion(1, Policy, "anna", "", world.Time.Now), CancellationToken.None));
        return new Story(world);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    public async Task<Comment> WriteAsync(string author, string text, Comment? to = null, string platform = "instagram")
    {
        var id = $"c{++_last}";
        var comment = world.Some(id, text, author) with { Key = new CommentKey(PlatformId.Parse(platform), id), ParentId = to?.Key.Id };
        await ReceiveAsync(comment);
        return comment;
    }

    public async Task ReceiveAsync(Comment comment)
    {
        await world.ReceiveAsync(comment);
        await world.WorkAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
    }

    public void Pass(double days) => world.Time.Advance(TimeSpan.FromDays(days));

    /// <summary>Goes on to ten past the next hour, when members are counted.</summary>
    public async Task CountAsync()
    {
        var hour = world.Time.Now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour;
        world.Time.Now = new DateTimeOffset(hour, TimeSpan.Zero).AddMinutes(70);
        await RunAsync();
    }

    public Task RunAsync() => world.Make<CountMembers>().Run(new TimerInfo(), CancellationToken.None);

    public Task SayAsync(string author, AuthorProfile profile) =>
        world.Get<IAuthorStore>().SaveProfileAsync(World.Demo, PlatformId.Parse("instagram"), author, profile, CancellationToken.None);

    public async Task<IReadOnlyList<string>> InAsync(string group) =>
        [.. (await ListAsync($"?group={group}")).Json["items"]!.AsArray().Select(i => (string)i!["author"]!)];

    public Task<(int Status, JsonNode Json)> ListAsync(string query = "") =>
        CallAsync(f => f.List(Request(query), "demo", CancellationToken.None));

    public Task<(int Status, JsonNode Json)> OneAsync(string author, string platform = "instagram") =>
        CallAsync(f => f.One(Request(), "demo", platform, author, CancellationToken.None));

    /// <summary>Every member and mark as stored, but for what storage itself sets.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync()
    {
        var rows = (await world.RowsAsync(world.Tables.Members)).Concat((await world.RowsAsync(world.Tables.Authors)).Where(IsMark));
        return [.. rows.Select(r => string.Join(';', r.Where(p => p.Key is not ("odata.etag" or "Timestamp")).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")))];
    }

    public static bool IsMark(TableEntity row) => char.IsAsciiLetter(row.RowKey[0]);

    public static HttpRequest Request(string query = "")
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        context.Request.Headers.Authorization = $"Bearer {World.ApiKey}";
        return context.Request;
    }

    public async Task<(int Status, JsonNode Json)> CallAsync(Func<MemberFunctions, Task<IResult>> call)
    {
        var (status, body) = await SignatureTests.ExecuteAsync(await call(world.Make<MemberFunctions>()));
        return (status, JsonNode.Parse(body)!);
    }
}
