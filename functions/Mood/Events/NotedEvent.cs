using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>What is going on in the world, as the community's people noted it.</summary>
public enum EventKind
{
    Campaign,
    Release,
    Outage,
    MeetUp,
    Other,
}

/// <summary>What an event makes people do, so that it is no crisis when they do.</summary>
public enum Expectation
{
    /// <summary>Nothing is expected; it is only noted.</summary>
    Nothing,

    /// <summary>More comments than usual, as happy as usual.</summary>
    Comments,

    /// <summary>More complaints than usual.</summary>
    Complaints,
}

/// <summary>Something that was noted: a campaign, an outage, a meet-up.</summary>
/// <param name="Id">Its id within the community.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">In the words of whoever noted it, 1 to 120 characters.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Expects">What it makes people do.</param>
/// <param name="Channels">Where; empty for everywhere.</param>
/// <param name="By">Who noted it.</param>
public sealed record NotedEvent(
    string Id, EventKind Kind, string Title, DateTimeOffset From, DateTimeOffset To, Expectation Expects, IReadOnlyList<EventChannel> Channels, string By)
{
    /// <summary>None lasts longer, so that whoever asks for a span knows where to begin.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);
}

/// <summary>A channel that an event happens on.</summary>
public sealed record EventChannel(PlatformId Platform, string Channel);

/// <summary>Where events are kept.</summary>
public interface IEventStore
{
    /// <summary>Those that touch a span, by their beginning.</summary>
    Task<IReadOnlyList<NotedEvent>> EventsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Adds one unless it is there.</summary>
    Task AddAsync(CommunityId community, NotedEvent noted, CancellationToken cancellationToken);

    Task RemoveAsync(CommunityId community, NotedEvent noted, CancellationToken cancellationToken);
}
