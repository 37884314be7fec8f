using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>
/// The words behind a digest's list, and where they were written. A digest keeps neither itself: they are read from the outcomes when somebody looks, so that a
/// comment that was removed or erased in between is not quoted.
/// </summary>
public sealed record Quote(string? Author, string Text, string? Permalink);

/// <inheritdoc cref="Quote"/>
public static class Quotes
{
    public static async Task<IReadOnlyDictionary<string, Quote>> ReadAsync(IDigestStore store, Digest digest, CancellationToken cancellationToken)
    {
        var quotes = new Dictionary<string, Quote>();
        foreach (var item in digest.Attention)
        {
            if (OutcomeId.TryParse(item.OutcomeId, out var id)
                && await store.FindOutcomeAsync(digest.Community, id.Value, cancellationToken) is { Removed: false } outcome)
                quotes[item.OutcomeId] = new Quote(outcome.Comment.Author?.Name ?? outcome.Comment.Author?.Id, outcome.Comment.Text, outcome.Comment.Permalink);
        }
        return quotes;
    }
}
