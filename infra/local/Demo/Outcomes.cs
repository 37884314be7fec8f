namespace Moderato.Local.Demo;

/// <summary>The outcomes of one run, by comment.</summary>
internal sealed class Outcomes(IReadOnlyList<DemoOutcome> items)
{
    private readonly ILookup<SentKey, DemoOutcome> _byComment = items.ToLookup(item => new SentKey(item.Platform, item.CommentId));

    public IReadOnlyList<DemoOutcome> Items => items;

    public IEnumerable<DemoOutcome> Of(SentKey key) => _byComment[key];

    public bool AreFinalFor(DemoComment comment, DemoScript script, RunTag run) => WhatIsWrongWith(comment, script, run) is null;

    /// <summary>Null where the comment has exactly one outcome and it is the last one the script leads to; else what is missing.</summary>
    public string? WhatIsWrongWith(DemoComment comment, DemoScript script, RunTag run)
    {
        var found = Of(run.KeyOf(comment)).ToList();
        if (found.Count == 0) return "no outcome";
        if (found.Count > 1) return "more than one outcome";
        var outcome = found[0];

        if (script.Removals.Any(removal => removal.CommentId == comment.Id))
        {
            if (outcome.State != "removed") return "removed by its author, but not here";
            return string.IsNullOrEmpty(outcome.Text) ? null : "removed, but its text is kept";
        }

        if (outcome.Decision is null) return "no decision";
        var revision = script.Edits.Any(edit => edit.CommentId == comment.Id) ? 2 : 1;
        return outcome.Revision == revision ? null : "another revision was judged than the last one";
    }
}

internal sealed record OutcomePage(IReadOnlyList<DemoOutcome> Items, string? NextCursor);

/// <summary>
/// One outcome as the app shows it. <see cref="State"/> is <c>removed</c> where it was taken down; <see cref="Decision"/> and
/// <see cref="Sentiment"/> are absent where a comment was removed before it could be judged.
/// </summary>
internal sealed record DemoOutcome(
    string Platform, string CommentId, string? Text, string State, string? Decision, DemoSentiment? Sentiment, int Revision);

internal sealed record DemoSentiment(string Label);
