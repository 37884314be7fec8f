using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>How far an incident has come.</summary>
public enum IncidentState
{
    /// <summary>Nobody has said yet that they see to it.</summary>
    Open,

    /// <summary>Somebody sees to it.</summary>
    Acknowledged,

    /// <summary>It calmed down by itself, or somebody answered.</summary>
    Over,

    /// <summary>Somebody closed it, with a note.</summary>
    Closed,
}

/// <summary>What can happen to an incident.</summary>
public enum IncidentEventKind
{
    Opened,

    /// <summary>It had calmed down less than six hours ago, or somebody had closed it, and it rose again.</summary>
    Reopened,

    /// <summary>It is worse, or better, than before.</summary>
    LevelChanged,

    /// <summary>It was about a channel, and now it is known what about.</summary>
    CauseFound,

    Acknowledged,
    OwnerSet,
    Noted,

    /// <summary>Nobody acknowledged it in time: others were told.</summary>
    Escalated,

    ProtectionBegan,
    ProtectionEnded,

    /// <summary>It calmed down by itself, or somebody answered.</summary>
    AllClear,

    /// <summary>It is part of another incident, which goes on.</summary>
    Joined,

    Closed,
}

/// <summary>One thing that happened to an incident.</summary>
/// <param name="At">When.</param>
/// <param name="What">What.</param>
/// <param name="Level">The level from then on.</param>
/// <param name="By">Who did it; null for what nobody did.</param>
/// <param name="Note">In the words of whoever did it; of <see cref="IncidentEventKind.Joined"/> the other incident's id.</param>
/// <param name="Change">The number of the change that others are told; null for what is only remembered.</param>
public sealed record IncidentEvent(DateTimeOffset At, IncidentEventKind What, Level Level, string? By = null, string? Note = null, int? Change = null);

/// <summary>
/// Something that makes people unhappy, from the moment it was noticed until it is over. It holds no words but labels that at least two
/// people used, and no names but those of the community's own people.
/// </summary>
public sealed record Incident
{
    /// <summary>How long after the all-clear the same is still the same incident.</summary>
    public static readonly TimeSpan ReopensWithin = TimeSpan.FromHours(6);

    /// <summary>How many events are remembered; the first is never dropped.</summary>
    public const int LongestTimeline = 100;

    private const int TicksLength = 16;

    /// <summary>When it opened, in hexadecimal ticks, a hyphen, and a hash of what it is about: says where it lies.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about. A channel's becomes its cause's once that is known.</summary>
    public required Scope Scope { get; init; }

    public IncidentState State { get; init; }

    /// <summary>The level now.</summary>
    public required Level Level { get; init; }

    /// <summary>The highest level that it ever had.</summary>
    public required Level Highest { get; init; }

    /// <summary>Concepts of the lexicon, most common first; empty where it has no cause.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>What it is about in hashes, as the engine found it.</summary>
    public IReadOnlyList<uint> Terms { get; init; } = [];

    /// <summary>Words that at least two people used.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The most people that it had at once; the figures that follow are of the same moment.</summary>
    public required int People { get; init; }

    public required int Comments { get; init; }

    /// <summary>Mean anger, 0 to 1.</summary>
    public required double Anger { get; init; }

    /// <summary>Where, the channel with most people first.</summary>
    public required IReadOnlyList<EventChannel> Channels { get; init; }

    /// <summary>The span that told most.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How many people are usual in such a span at this hour of the week.</summary>
    public required double Expected { get; init; }

    /// <summary>Probability of so many or more if all were as usual, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>The first of its comments.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>The last of its comments so far.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>When that one came in, which may be later than it was written; null where an earlier release did not note it.</summary>
    public DateTimeOffset? LastReceivedAt { get; init; }

    /// <summary>Outcomes to look at, the most typical first, at most 5.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When its state or level last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was over, or somebody closed it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    /// <summary>What whoever closed it wrote.</summary>
    public string? ClosingNote { get; init; }

    /// <summary>Since when it is calm; null while it is not. One that somebody closed may still have to calm down.</summary>
    public DateTimeOffset? CalmAt { get; init; }

    /// <summary>Who sees to it.</summary>
    public string? Owner { get; init; }

    public string? AcknowledgedBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The number of the last change that others are told.</summary>
    public int Change { get; init; }

    /// <summary>Up to which change webhooks were told.</summary>
    public int Told { get; init; }

    /// <summary>Up to which change alarms were mailed.</summary>
    public int Mailed { get; init; }

    /// <summary>Up to which change escalations were mailed.</summary>
    public int EscalationMailed { get; init; }

    /// <summary>What happened, oldest first, at most <see cref="LongestTimeline"/>.</summary>
    public required IReadOnlyList<IncidentEvent> Timeline { get; init; }

    public bool IsLive => State is IncidentState.Open or IncidentState.Acknowledged;

    /// <summary>Since when it is as it is: its opening, or the last time it rose again.</summary>
    public IEnumerable<IncidentEvent> SinceOpening =>
        Timeline.Skip(Math.Max(0, Timeline.Index().LastOrDefault(e => e.Item.What is IncidentEventKind.Opened or IncidentEventKind.Reopened).Index));

    /// <summary>The worst that others were told since it opened, or rose again.</summary>
    public Level Announced => SinceOpening.Where(e => e.Change is not null).Select(e => e.Level).DefaultIfEmpty(Level.Calm).Max();

    /// <summary>The same with its channels called what people call them.</summary>
    internal Incident Named(CommunityId community, Sources sources) =>
        this with { Channels = [.. Channels.Select(c => c with { Channel = sources.NameOf(community, c.Platform, c.Channel) })] };

    /// <summary>An id for something that opens now.</summary>
    public static string NewId(Scope scope, DateTimeOffset openedAt) => string.Create(
        CultureInfo.InvariantCulture, $"{openedAt.UtcTicks:x16}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope.Kind}/{scope.Key}")).AsSpan(0, 4))}");

    /// <summary>When it opened, by its id. False for what is no id.</summary>
    public static bool TryReadId(string id, out DateTimeOffset openedAt)
    {
        openedAt = default;
        if (id.Length != TicksLength + 9 || id[TicksLength] != '-' || !id.All(c => c == '-' || char.IsAsciiHexDigitLower(c))
            || !long.TryParse(id.AsSpan(0, TicksLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
            return false;
        openedAt = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>The incident with something more in its timeline.</summary>
    /// <param name="happened">What; its number is given here.</param>
    /// <param name="tell">Whether others are told.</param>
    public Incident After(IncidentEvent happened, bool tell)
    {
        var change = tell ? Change + 1 : Change;
        var next = happened with { Change = tell ? change : null };
        return this with
        {
            Change = change,
            Timeline = Timeline.Count < LongestTimeline ? [.. Timeline, next] : [Timeline[0], .. Timeline.Skip(2), next],
        };
    }
}
