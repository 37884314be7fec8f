using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>One earlier comment of an author, as far as a rule may ask about it.</summary>
public sealed record PastComment(DateTimeOffset ReceivedAt, Decision Decision, Sentiment Sentiment);

/// <summary>What is known of an author, the comment at hand left out. Newest first; at most as many as storage reads at once.</summary>
public sealed record AuthorHistory(IReadOnlyList<PastComment> Recent)
{
    public static readonly AuthorHistory Unknown = new([]);

    public bool IsFirstComment => Recent.Count == 0;

    /// <summary>How many were held or hidden within the span before that time.</summary>
    public int Withheld(DateTimeOffset before, TimeSpan span) =>
        Recent.Count(c => c.Decision is Decision.Hold or Decision.Hide && c.ReceivedAt > before - span && c.ReceivedAt <= before);
}
