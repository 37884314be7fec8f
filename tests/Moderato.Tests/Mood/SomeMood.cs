using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Moderato.Comments;
using Moderato.Mood;
using Moderato.Tests.Support;

namespace Moderato.Tests.Mood;

/// <summary>Findings and incidents for tests, and what was told of them.</summary>
internal static class SomeMood
{
    public static readonly PlatformId Instagram = PlatformId.Parse("instagram");

    public static readonly Scope Parcels = new(ScopeKind.Cause, "17");

    public static Finding Finding(Level level, DateTimeOffset now, int people = 14, Scope? scope = null) => new(scope ?? Parcels, level)
    {
        People = people,
        Comments = people * 2,
        Anger = 0.6,
        Channels = [(Instagram, "bottega")],
        Window = TimeSpan.FromHours(1),
        Expected = 0.4,
        Probability = 1e-7,
        FirstAt = now.AddMinutes(-30),
        LastAt = now,
        LastReceivedAt = now,
        Outcomes = [],
    };

    /// <summary>Webhooks for what happens to incidents, and an address for alarms.</summary>
    public static Dictionary<string, string?> Settings() => new()
    {
        ["Moderato:Webhooks:0:Id"] = "hook",
        ["Moderato:Webhooks:0:Community"] = World.Demo.ToString(),
        ["Moderato:Webhooks:0:Address"] = "https://example.org/hook",
        ["Moderato:Webhooks:0:Secret"] = "whsec_" + Convert.ToBase64String(new byte[32]),
        ["Moderato:Webhooks:0:Events:0"] = "incident.opened",
        ["Moderato:Webhooks:0:Events:1"] = "incident.changed",
        ["Moderato:Webhooks:0:Events:2"] = "incident.escalated",
        ["Moderato:Webhooks:0:Events:3"] = "incident.closed",
    };

    /// <summary>Opens an incident in the store and tells of it.</summary>
    public static async Task<StandingIncident> OpenAsync(World world, Level level, Scope? scope = null, int people = 14)
    {
        var (store, now) = (world.Get<IIncidentStore>(), world.Time.Now);
        var book = await store.ReadBookAsync(World.Demo, now, CancellationToken.None);
        var incident = IncidentSteps.Open(Finding(level, now, people, scope), Labels.None, now);
        if (!await store.OpenAsync(World.Demo, [incident], book.Tag, CancellationToken.None))
            throw new InvalidOperationException("It did not open.");
        return await ChangeAsync(world, incident.Id, i => i);
    }

    public static async Task<StandingIncident> ChangeAsync(World world, string id, Func<Incident, Incident> change) =>
        (await world.Get<Incidents>().ChangeAsync(world.Community, id, i => (change(i), null), CancellationToken.None)).Incident!;

    public static async Task<Incident> FindAsync(World world, string id) => (await world.Get<IIncidentStore>().FindAsync(World.Demo, id, CancellationToken.None))!.Incident;

    public static async Task<IReadOnlyList<Incident>> AllAsync(World world) =>
        (await world.Get<IIncidentStore>().PageAsync(World.Demo, new IncidentQuery(DateTimeOffset.UnixEpoch, world.Time.Now.AddYears(1), 100), CancellationToken.None)).Incidents;

    /// <summary>What webhooks were told, as type and id, each once; messages stay in the queue.</summary>
    public static async Task<IReadOnlyList<(string Type, string Id, JsonNode Data)>> ToldAsync(World world)
    {
        var queue = world.Queue(QueueNames.Webhooks);
        var told = new List<(string, string, JsonNode)>();
        foreach (PeekedMessage message in (await queue.PeekMessagesAsync(32)).Value)
        {
            var delivery = JsonNode.Parse(message.Body.ToString())!;
            told.Add(((string)delivery["type"]!, (string)delivery["id"]!, JsonNode.Parse((string)delivery["body"]!)!["data"]!));
        }
        return [.. told.DistinctBy(t => t.Item2)];
    }
}
