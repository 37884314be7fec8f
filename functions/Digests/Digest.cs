using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>One local day of a community, complete: what the mail says and what the HTTP interface shows.</summary>
public sealed record Digest
{
    public const int MostAttention = 5;

    public required CommunityId Community { get; init; }
    public required string Name { get; init; }
    public required DateOnly Date { get; init; }

    /// <summary>IANA name of the zone whose day it is.</summary>
    public required string TimeZone { get; init; }

    public required string Language { get; init; }

    /// <summary>True while the day is not over: the figures are those so far.</summary>
    public required bool Partial { get; init; }

    public required DateTimeOffset CompiledAt { get; init; }

    /// <summary>When the last of its mails was posted; null before, and where no mail is wanted.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>Whoever receives it up to this local hour was posted theirs: -1 for nobody yet, 23 for everybody, as with digests that say nothing of it.</summary>
    public int PostedThrough { get; init; } = 23;

    public required Completeness Completeness { get; init; }
    public required int Removed { get; init; }
    public required IReadOnlyDictionary<Decision, int> Decisions { get; init; }
    public required IReadOnlyList<ChannelCount> Channels { get; init; }

    /// <summary>How many wait for a person; <see cref="Attention"/> shows the first of them.</summary>
    public int AttentionTotal => Decisions.GetValueOrDefault(Decision.Hold) + Decisions.GetValueOrDefault(Decision.Escalate);

    public required IReadOnlyList<AttentionItem> Attention { get; init; }

    /// <summary>For how many comments each rule that is being tried out would have decided otherwise.</summary>
    public IReadOnlyDictionary<string, int> Shadows { get; init; } = new Dictionary<string, int>();

    /// <summary>Names of the community's own rules, in its language, as they were when it was compiled.</summary>
    public IReadOnlyDictionary<string, string> RuleNames { get; init; } = new Dictionary<string, string>();

    /// <summary>How many local days it is about: 1, or 7 from <see cref="Date"/> on in a weekly edition.</summary>
    public int Days { get; init; } = 1;

    /// <summary>What the day is, for the subject, and the one number that goes with it.</summary>
    public DayVerdict Verdict { get; init; }

    /// <inheritdoc cref="Verdict"/>
    public int VerdictNumber { get; init; }

    /// <summary>Alarms of the day, and those still open; the gravest first, at most 5.</summary>
    public Capped<IncidentItem> Incidents { get; init; } = new(0, []);

    /// <summary>What waits for a person when it was compiled, due first first, at most 5.</summary>
    public Capped<NeedItem> NeedsYou { get; init; } = new(0, []);

    /// <summary>The channels that had comments, the busiest first, at most 10.</summary>
    public Capped<ChannelDay> ByChannel { get; init; } = new(0, []);

    /// <summary>What people are unhappy about, most people first, at most 5.</summary>
    public Capped<CauseItem> Causes { get; init; } = new(0, []);

    /// <summary>Questions that more people ask than before and that are not answered, at most 3.</summary>
    public Capped<QuestionItem> Questions { get; init; } = new(0, []);

    /// <summary>What teams were handed and have not acknowledged, due first first, at most 5.</summary>
    public Capped<HandoffItem> Handoffs { get; init; } = new(0, []);

    /// <summary>Conversations worth taking up again, at most 3.</summary>
    public Capped<ThreadItem> Threads { get; init; } = new(0, []);

    /// <summary>The people of the day; each list at most 5.</summary>
    public PeoplePart People { get; init; } = new(0, 0, new(0, []), new(0, []), new(0, []), new(0, []));

    public PolicyPart Policy { get; init; } = new(new Dictionary<Decision, int>(), 0, 0, 0, 0, 0, new Dictionary<string, int>(), new Dictionary<string, int>());

    /// <summary>What was noted for the day, at most 5.</summary>
    public Capped<NotedEvent> Events { get; init; } = new(0, []);

    /// <summary>Each team's part, by its name in the policy: what its own mail says.</summary>
    public IReadOnlyDictionary<string, TeamPart> Teams { get; init; } = new Dictionary<string, TeamPart>();

    /// <summary>What it takes to know its causes and questions again tomorrow.</summary>
    public Traces Traces { get; init; } = Traces.None;

    /// <summary>What it is of.</summary>
    public DigestName Named => new(Date, Days);

    public int Negative => Channels.Sum(c => c.Negative);
    public int Neutral => Channels.Sum(c => c.Neutral);
    public int Positive => Channels.Sum(c => c.Positive);

    /// <summary>Puts a span's hours together: everything that can be counted.</summary>
    public static Digest Of(Community community, DigestName name, IReadOnlyList<HourRollup> hours, DateTimeOffset now) => new()
    {
        Community = community.Id,
        Name = community.Name,
        Date = name.Date,
        Days = name.Days,
        TimeZone = community.Zone.Id,
        Language = community.Language,
        Partial = now < name.Span(community.Zone).To,
        CompiledAt = now,
        PostedThrough = -1,
        Completeness = hours.Aggregate(Completeness.Empty, (sum, hour) => sum + hour.Completeness),
        Removed = hours.Sum(h => h.Removed),
        Decisions = hours.SelectMany(h => h.Decisions).GroupBy(d => d.Key).ToDictionary(g => g.Key, g => g.Sum(d => d.Value)),
        Channels =
        [
            .. hours.SelectMany(h => h.Channels).GroupBy(c => (c.Platform, c.Channel))
                .Select(g => new ChannelCount(g.Key.Platform, g.Key.Channel, g.Sum(c => c.Negative), g.Sum(c => c.Neutral), g.Sum(c => c.Positive)))
                .OrderByDescending(c => c.Comments).ThenBy(c => c.Platform.ToString(), StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal),
        ],
        Attention = AttentionItem.Top(hours.SelectMany(h => h.Attention), MostAttention),
        Shadows = hours.SelectMany(h => h.Shadows).GroupBy(s => s.Key).ToDictionary(g => g.Key, g => g.Sum(s => s.Value)),
    };
}
