using Moderato.Comments;

namespace Moderato.Members;

/// <summary>A member's row as it stands, with the tag that says nobody changed it since.</summary>
/// <param name="Member">The member; null while the row only holds what the community's people said of an author.</param>
/// <param name="Tag">The row's version.</param>
public sealed record StandingMember(Member? Member, string Tag);

/// <summary>A member as drawn anew, and the version of the row that it takes the place of; null if there was none.</summary>
public sealed record DrawnMember(Member Member, string? Tag);

/// <summary>Some members in the order of their keys.</summary>
/// <param name="Members">Each with its place in the list.</param>
/// <param name="HasMore">Whether there are others behind them.</param>
public sealed record MemberPage(IReadOnlyList<(string Position, Member Member)> Members, bool HasMore);

/// <summary>Somebody whose comments changed after they were counted.</summary>
/// <param name="Author">Who.</param>
/// <param name="Seen">Whether a run has drawn them since.</param>
/// <param name="Tag">The note's version.</param>
public sealed record DueMember(AuthorKey Author, bool Seen, string Tag);

/// <summary>What this room asks of storage.</summary>
public interface IMemberStore
{
    /// <summary>Until when everything was counted; null before the first time.</summary>
    Task<DateTimeOffset?> CountedThroughAsync(CommunityId community, CancellationToken cancellationToken);

    Task SaveCountedThroughAsync(CommunityId community, DateTimeOffset through, CancellationToken cancellationToken);

    /// <summary>The outcomes of comments first received in a span, end excluded, and of those that were edited or removed in it.</summary>
    Task<IReadOnlyList<Outcome>> OutcomesAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    Task<Outcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken);

    /// <summary>Whether the community's people said that an author is one of them.</summary>
    Task<bool> IsTeamAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken);

    /// <summary>Writes marks, and takes away those that no longer stand. Twice is once.</summary>
    Task SetMarksAsync(CommunityId community, IReadOnlyList<PlacedMark> marks, CancellationToken cancellationToken);

    /// <summary>Everything that is kept of an author.</summary>
    Task<Written> ReadAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken);

    Task<StandingMember?> FindAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken);

    /// <summary>Writes members. Returns those whose row stands no longer as it was read: they must be drawn again.</summary>
    Task<IReadOnlyList<AuthorKey>> SaveAsync(CommunityId community, IReadOnlyList<DrawnMember> members, CancellationToken cancellationToken);

    Task<IReadOnlyList<DueMember>> DueAsync(CommunityId community, CancellationToken cancellationToken);

    /// <summary>Notes that they were drawn. One that a run before this had drawn already is due no longer.</summary>
    Task SettleAsync(CommunityId community, IReadOnlyList<DueMember> due, CancellationToken cancellationToken);

    /// <summary>Members in the order of their keys.</summary>
    /// <param name="community">Of which community.</param>
    /// <param name="platform">Of which platform; null for all.</param>
    /// <param name="after">The place to go on behind; null for the beginning.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<MemberPage> PageAsync(CommunityId community, PlatformId? platform, string? after, int most, CancellationToken cancellationToken);

    /// <summary>Everybody who wrote, or was answered, since a time.</summary>
    Task<IReadOnlyList<Member>> SinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The name shown with the newest comment of each; null where it may not be kept. Read when somebody looks, never kept with the member.</summary>
    Task<IReadOnlyList<string?>> NamesAsync(CommunityId community, IReadOnlyList<Member> members, CancellationToken cancellationToken);
}
