using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>One version of a community's document.</summary>
/// <param name="Number">1, 2, 3…</param>
/// <param name="Content">The document as it was sent.</param>
/// <param name="By">Who sent it.</param>
/// <param name="Note">Why, in their words; may be empty.</param>
/// <param name="At">When.</param>
public sealed record DocumentVersion(int Number, string Content, string By, string Note, DateTimeOffset At)
{
    /// <summary>The version that was there again made the newest one; null for one that was sent.</summary>
    public int? Restores { get; init; }
}

/// <summary>The kinds of documents that a community has.</summary>
public static class DocumentKinds
{
    public const string Policy = "policy";

    public static string Guidelines(string language) => $"guidelines-{language}";
}

/// <summary>Keeps every version of a community's documents.</summary>
public interface IPolicyStore
{
    /// <summary>The newest version of each kind.</summary>
    Task<IReadOnlyDictionary<string, DocumentVersion>> CurrentAsync(CommunityId community, CancellationToken cancellationToken);

    /// <summary>One version; null if there is none of that number.</summary>
    Task<DocumentVersion?> FindAsync(CommunityId community, string kind, int number, CancellationToken cancellationToken);

    /// <summary>Every version without its content, newest first.</summary>
    Task<IReadOnlyList<DocumentVersion>> VersionsAsync(CommunityId community, string kind, CancellationToken cancellationToken);

    /// <summary>Adds a version. False, and nothing is changed, if its number is not the next one.</summary>
    Task<bool> AddAsync(CommunityId community, string kind, DocumentVersion version, CancellationToken cancellationToken);
}
