using System.Globalization;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>How bad it is, from one unhappy person to a mutiny.</summary>
public enum Level
{
    Calm,

    /// <summary>One person: three angry messages or more, unanswered for 40 minutes or longer.</summary>
    Complaint,

    /// <summary>Several people, clearly more than usual.</summary>
    Unrest,

    /// <summary>Many people, far more than usual, or a raid.</summary>
    Crisis,

    /// <summary>A crowd with one cause, and fast.</summary>
    Mutiny,
}

/// <summary>What a level is about.</summary>
public enum ScopeKind
{
    /// <summary>One person; the key is the voice's person.</summary>
    Person,

    /// <summary>A channel, whatever people are unhappy about; the key is platform and channel.</summary>
    Channel,

    /// <summary>A cause, on whichever channels; the key is its seed.</summary>
    Cause,

    /// <summary>Newcomers who write the same on one channel; the key is platform and channel.</summary>
    Raid,
}

/// <param name="Kind">What it is about.</param>
/// <param name="Key">Which one: made of hashes and names of channels, never of a person's name or words.</param>
public sealed record Scope(ScopeKind Kind, string Key)
{
    public static Scope OfPerson(uint person) => new(ScopeKind.Person, person.ToString("x8", CultureInfo.InvariantCulture));

    public static Scope OfChannel(PlatformId platform, string channel) => new(ScopeKind.Channel, $"{platform}/{channel}");

    public static Scope OfCause(uint seed) => new(ScopeKind.Cause, seed.ToString("x8", CultureInfo.InvariantCulture));

    public static Scope OfRaid(PlatformId platform, string channel) => new(ScopeKind.Raid, $"{platform}/{channel}");
}

/// <summary>How it stands with one scope at a time, and why.</summary>
public sealed record Finding(Scope Scope, Level Level)
{
    /// <summary>How many different people.</summary>
    public required int People { get; init; }

    public required int Comments { get; init; }

    /// <summary>Mean anger of their comments, 0 to 1.</summary>
    public required double Anger { get; init; }

    /// <summary>Where, the channel with most people first.</summary>
    public required IReadOnlyList<(PlatformId Platform, string Channel)> Channels { get; init; }

    /// <summary>The span that tells most: 5 minutes, 1 hour or 24 hours; of a raid 10 minutes.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>
    /// How many people are usual in such a span at this hour of the week; of a cause, how many use its most telling term. 0 for persons and raids,
    /// which are counted and not compared.
    /// </summary>
    public required double Expected { get; init; }

    /// <summary>Probability of so many people or more if all is as usual; 0 for persons and raids.</summary>
    public required double Probability { get; init; }

    /// <summary>What it is about; empty where there is nothing in common.</summary>
    public IReadOnlyList<uint> Terms { get; init; } = [];

    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>When the last of its comments came in, which may be later than it was written.</summary>
    public required DateTimeOffset LastReceivedAt { get; init; }

    /// <summary>Outcomes to look at, the most typical first, at most 5.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }
}

/// <summary>One channel's hour in the past, as far as the watch compares with it.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="People">Different people who wrote.</param>
/// <param name="Unhappy">Different people who were unhappy.</param>
/// <param name="Newcomers">People who wrote for the first time.</param>
public sealed record PastChannel(PlatformId Platform, string Channel, int People, int Unhappy, int Newcomers);

/// <summary>One hour in the past.</summary>
/// <param name="Hour">Its beginning, UTC.</param>
/// <param name="Channels">The channels that had comments.</param>
/// <param name="Terms">How many different unhappy people used a term, the commonest 30.</param>
public sealed record PastHour(DateTimeOffset Hour, IReadOnlyList<PastChannel> Channels, IReadOnlyDictionary<uint, int> Terms);

/// <summary>Where the past is kept.</summary>
public interface IPastStore
{
    /// <summary>The hours of a span that were rolled up; the end is excluded. One request for 28 days.</summary>
    Task<IReadOnlyList<PastHour>> PastAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
