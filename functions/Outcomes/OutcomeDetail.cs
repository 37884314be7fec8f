using System.Diagnostics.CodeAnalysis;
using Moderato.Comments;

namespace Moderato.Outcomes;

/// <summary>Everything about one outcome.</summary>
public sealed record OutcomeDetail : OutcomeView
{
    [SetsRequiredMembers]
    public OutcomeDetail(OutcomeView view)
        : base(view)
    {
    }

    /// <summary>What happened to it, oldest first.</summary>
    public IReadOnlyList<HappeningView> History { get; init; } = [];

    /// <summary>By what was found, the words that spoke for and against it most. Null where the words are gone, or another model scored it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReasonView>>? Reasons { get; init; }

    /// <summary>Its author's newest comments, this one among them. Null where there is no author.</summary>
    public IReadOnlyList<NeighbourView>? AuthorContext { get; init; }

    /// <summary>What was written under the same post within a day before and after. Null where the platform names no post.</summary>
    public IReadOnlyList<NeighbourView>? ThreadContext { get; init; }

    /// <summary>Puts together what is kept in several places.</summary>
    public static IReadOnlyList<HappeningView> HistoryOf(Outcome outcome, IReadOnlyList<PlatformAction> actions)
    {
        var comment = outcome.Comment;
        var happenings = new List<HappeningView> { new(comment.FirstReceivedAt, "received", null, null, null, 1, null) };
        if (comment.Revision > 1 && !comment.Removed)
            happenings.Add(new HappeningView(comment.ReceivedAt, "edited", null, null, null, comment.Revision, null));
        happenings.AddRange(outcome.History.Select(h => new HappeningView(h.At, NameOf(h.What), h.By, h.Decision, null, h.Revision, h.Reason)));
        if (!outcome.Removed && outcome.Verdict is { } verdict)
            happenings.Add(new HappeningView(outcome.DecidedAt, NameOf(OutcomeEventKind.Decided), verdict.Rule, verdict.Decision, null, outcome.Revision, verdict.Because));
        happenings.AddRange(actions.Select(a => new HappeningView(
            a.FinishedAt ?? a.RequestedAt, a.Undoes is null ? "acted" : "undone", a.RequestedBy, null, new DeedView(a.Id, a.Kind, a.State), a.Revision, a.Reason)));
        return [.. happenings.OrderBy(h => h.At)];
    }

    private static string NameOf(OutcomeEventKind what) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(what.ToString());
}

/// <summary>Something that happened to a comment.</summary>
/// <param name="At">When.</param>
/// <param name="What"><c>received</c>, <c>edited</c>, <c>decided</c>, <c>acted</c>, <c>overruled</c>, <c>undone</c>, <c>lapsed</c>, <c>removed</c>, <c>handedOff</c>, <c>acknowledged</c>, <c>answered</c>, <c>returned</c>.</param>
/// <param name="By">A rule's id or a person; null where nobody decided it.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Action">What was done on the platform, and how far it came.</param>
/// <param name="Revision">The revision of the comment.</param>
/// <param name="Reason">Why.</param>
public sealed record HappeningView(DateTimeOffset At, string What, string? By, Decision? Decision, DeedView? Action, int Revision, string? Reason);

/// <summary>Something done on the platform.</summary>
public sealed record DeedView(string Id, ActionKind Kind, ActionState State);

/// <summary>A comment beside another one.</summary>
public sealed record NeighbourView(string Id, string? Author, string Text, Sentiment? Sentiment, Decision? Decision, OutcomeState State, DateTimeOffset ReceivedAt)
{
    public static NeighbourView Of(Outcome outcome) => new(
        OutcomeId.Of(outcome.Comment).ToString(), outcome.Comment.Author?.Name ?? outcome.Comment.Author?.Id, outcome.Comment.Text, outcome.Signals?.Sentiment, outcome.Decision,
        outcome.State, outcome.Comment.FirstReceivedAt);
}
