using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>An incident as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingIncident(Incident Incident, string Tag);

/// <summary>The incidents that the watch must know.</summary>
/// <param name="Incidents">Those that are not over, those that calmed down lately, and those of which somebody must still be told; newest first.</param>
/// <param name="Tag">Changes with every incident that opens; null before the first.</param>
public sealed record IncidentBook(IReadOnlyList<StandingIncident> Incidents, string? Tag);

/// <summary>Which incidents are asked for.</summary>
/// <param name="From">Opened at this time or later.</param>
/// <param name="To">Opened before this time.</param>
/// <param name="Limit">At most so many.</param>
public sealed record IncidentQuery(DateTimeOffset From, DateTimeOffset To, int Limit)
{
    /// <summary>Only in this state; null for any.</summary>
    public IncidentState? State { get; init; }

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>Where incidents are kept.</summary>
public interface IIncidentStore
{
    Task<IncidentBook> ReadBookAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Null for what was never opened, and for what is no id.</summary>
    Task<StandingIncident?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken);

    /// <summary>Adds incidents if none was opened since the book was read: so that two who see the same open it once. False if one was.</summary>
    Task<bool> OpenAsync(CommunityId community, IReadOnlyList<Incident> incidents, string? bookTag, CancellationToken cancellationToken);

    /// <summary>The tag of the next version; null if it stands no longer as it was read.</summary>
    Task<string?> ReplaceAsync(CommunityId community, StandingIncident standing, Incident next, CancellationToken cancellationToken);

    /// <summary>Newest first, and where the next page begins; null at the end.</summary>
    Task<(IReadOnlyList<Incident> Incidents, string? Next)> PageAsync(CommunityId community, IncidentQuery query, CancellationToken cancellationToken);
}

/// <summary>What the watch asks about comments.</summary>
public interface IWatchedComments
{
    /// <summary>Outcomes of comments first received since a time, in their order.</summary>
    Task<IReadOnlyList<Outcome>> SinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Outcomes of comments that were edited or removed since a time, as they are now.</summary>
    Task<IReadOnlyList<Outcome>> ChangedSinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Outcomes by their ids, in that order; those that are gone are left out.</summary>
    Task<IReadOnlyList<Outcome>> FindAsync(CommunityId community, IReadOnlyList<string> outcomes, CancellationToken cancellationToken);

    /// <summary>
    /// When the community last answered the author of a comment: its team after a hand-off, a person or a rule through us, or one of its own
    /// people with a comment. Null for never.
    /// </summary>
    Task<DateTimeOffset?> AnsweredAtAsync(Outcome outcome, CancellationToken cancellationToken);
}
