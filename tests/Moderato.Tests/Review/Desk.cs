using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Review;
using Moderato.Tests.Support;

namespace Moderato.Tests.Review;

/// <summary>A community with a blog that can be acted on, a colleague's key and an apprentice's.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string ApprenticeKey = "mod_key-of-an-apprentice-of-the-demo";

    private string _status = "approved"; // as a blog remembers it

    private Desk(PlatformServer server, World world) => (Server, World) = (server, world);

    public PlatformServer Server { get; }
    public World World { get; }

    public static async Task<Desk> CreateAsync(string platform = "wordpress")
    {
        var server = await PlatformServer.StartAsync();
        var world = await World.CreateAsync(new Dictionary<string, string?>
        {
            ["Moderato:Sources:1:Id"] = "blog",
            ["Moderato:Sources:1:Platform"] = platform,
            ["Moderato:Sources:1:Community"] = "demo",
            ["Moderato:Sources:1:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["Moderato:Sources:1:Address"] = server.Address.ToString(),
            ["Moderato:Sources:1:ActionToken"] = "user:password",
            ["Moderato:ApiKeys:1:Name"] = "school",
            ["Moderato:ApiKeys:1:Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ApprenticeKey))),
            ["Moderato:ApiKeys:1:Communities:0"] = "demo",
            ["Moderato:ApiKeys:1:Scopes:0"] = "moderate",
            ["Moderato:ApiKeys:1:Apprentice"] = "true",
        });
        var desk = new Desk(server, world);
        server.Answer = asked =>
        {
            if (asked.Method == "POST")
                desk._status = (string?)JsonNode.Parse(asked.Body)!["status"] ?? desk._status;
            return new Answered(200, $$"""{"id":"9","status":"{{desk._status}}"}""");
        };
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await Server.DisposeAsync();
    }

    public Comment Some(string id, string text, string author = "anna") =>
        World.Some(id, text, author) with { Key = new CommentKey(PlatformId.Parse("wordpress"), id), Source = "wordpress/blog", Channel = "blog", ThreadId = "blog/3" };

    /// <summary>Takes comments in and judges them. Answers their outcomes' ids, in order.</summary>
    public async Task<IReadOnlyList<string>> JudgeAsync(params Comment[] comments)
    {
        var receipts = await World.ReceiveAsync(comments);
        await World.WorkAsync();
        return [.. receipts.Select(r => OutcomeId.Of(r.Comment).ToString())];
    }

    public async Task<Outcome> OutcomeAsync(string id) =>
        (await World.Get<IReviewStore>().FindAsync(World.Demo, OutcomeId.TryParse(id, out var parsed) ? parsed.Value : throw new FormatException(id), CancellationToken.None))!.Outcome;

    public Task<HttpAnswer> DecideAsync(string id, object body, string key = World.ApiKey, string? idempotencyKey = null)
    {
        var request = Http.Request("POST", body: body, key: key);
        if (idempotencyKey is not null)
            request.Headers["Idempotency-Key"] = idempotencyKey;
        World.Time.Advance(TimeSpan.FromSeconds(1));
        return World.Make<DecisionFunctions>().Decide(request, "demo", id, CancellationToken.None).AnswerAsync();
    }

    public Task<HttpAnswer> UndoAsync(string id)
    {
        World.Time.Advance(TimeSpan.FromSeconds(1));
        return World.Make<DecisionFunctions>().Undo(Http.Request("POST", body: new { by = "anna" }), "demo", id, CancellationToken.None).AnswerAsync();
    }

    public async Task<JsonArray> WaitingAsync(string query = "")
    {
        var answer = await World.Make<ReviewFunctions>().List(Http.Request(query: query), "demo", CancellationToken.None).AnswerAsync();
        return answer.Json["items"]!.AsArray();
    }

    public async Task<string> WaitingIdsAsync() => string.Join(' ', (await WaitingAsync()).Select(i => (string)i!["outcome"]!["commentId"]!));

    /// <summary>Works on the queue of actions until it is empty.</summary>
    public async Task ActAsync()
    {
        var queue = World.Queue(QueueNames.Actions);
        while ((await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value is QueueMessage message)
        {
            await World.Make<PerformActions>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    public async Task<string> ActionsAsync(string id) => string.Join(' ', (await World.Get<IActionStore>().HistoryAsync(World.Demo, (await OutcomeAsync(id)).Key, CancellationToken.None))
        .Select(a => $"{a.Kind}:{a.State}"));
}
