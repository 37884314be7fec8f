using Moderato.Actions;
using Moderato.Comments;

namespace Moderato.Review;

/// <summary>What a person's decision means on the comment's platform. It goes the same way as a rule's.</summary>
public sealed class PersonsActions(ActionRequests requests, IActionStore store, Sources sources, TimeProvider time)
{
    /// <summary>Whether a decision can be taken back on its platform; else what cannot.</summary>
    public async Task<ActionKind?> IrreversibleAsync(Outcome outcome, CancellationToken cancellationToken) =>
        (await OfRulingAsync(outcome, outcome.Ruling!.Id, cancellationToken))
            .Where(a => a.Kind != ActionKind.Reply && a.State is ActionState.Done or ActionState.AlreadyDone && ActionView.Opposite(a, outcome.Comment) is null)
            .Select(a => (ActionKind?)a.Kind).FirstOrDefault();

    /// <summary>Whether an answer can be sent where the comment is.</summary>
    public bool CanReply(Outcome outcome) =>
        sources.Find(outcome.Comment.Source) is { ActionToken: not null } && Actors.Find(outcome.Comment) is { } actor && actor.Levers.Any(l => l.Kind == ActionKind.Reply);

    /// <summary>Asks for what a decision means, under ids made from it.</summary>
    /// <param name="outcome">The outcome with the decision.</param>
    /// <param name="ruling">The decision's id.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="decided">Whether something was decided, and not only noted.</param>
    /// <param name="reply">An answer to be sent; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CarryOutAsync(Outcome outcome, string ruling, string by, bool decided, string? reply, CancellationToken cancellationToken)
    {
        if (sources.Find(outcome.Comment.Source) is not { ActionToken: not null } || Actors.Find(outcome.Comment) is not { } actor)
            return;
        if (decided && await WantedAsync(outcome, ruling, actor, cancellationToken) is { } kind)
            await requests.RequestAsync(Of(outcome, $"ruling-{ruling}", kind, by), cancellationToken);
        if (reply is not null && actor.Levers.Any(l => l.Kind == ActionKind.Reply))
            await requests.RequestAsync(Of(outcome, $"ruling-{ruling}-reply", ActionKind.Reply, by) with { Text = reply }, cancellationToken);
    }

    /// <summary>Takes back what a decision did. An answer stays: it was read.</summary>
    public async Task TakeBackAsync(Outcome outcome, string ruling, string by, CancellationToken cancellationToken)
    {
        foreach (var done in (await OfRulingAsync(outcome, ruling, cancellationToken)).Where(a => a.Kind != ActionKind.Reply))
        {
            if (ActionView.Opposite(done, outcome.Comment) is { } opposite)
                await requests.RequestAsync(Of(outcome, $"undo-{done.Id}", opposite, by) with { Undoes = done.Id }, cancellationToken);
        }
    }

    private async Task<IEnumerable<PlatformAction>> OfRulingAsync(Outcome outcome, string ruling, CancellationToken cancellationToken) =>
        (await store.HistoryAsync(outcome.Comment.Community, outcome.Key, cancellationToken)).Where(a => a.Id == $"ruling-{ruling}" || a.Id == $"ruling-{ruling}-reply");

    private async Task<ActionKind?> WantedAsync(Outcome outcome, string ruling, IActor actor, CancellationToken cancellationToken) => outcome.Decision switch
    {
        Decision.Hide => Choose(actor, irreversible: false, ActionKind.Hide, ActionKind.Hold),
        Decision.Hold => Choose(actor, irreversible: false, ActionKind.Hold, ActionKind.Hide),
        // A person who says delete means it.
        Decision.Delete => Choose(actor, irreversible: true, ActionKind.Delete, ActionKind.Hide, ActionKind.Hold),
        _ => await BringBackAsync(outcome, ruling, actor, cancellationToken),
    };

    /// <summary>What shows a comment again that was taken away before; null where it is to be seen.</summary>
    private async Task<ActionKind?> BringBackAsync(Outcome outcome, string ruling, IActor actor, CancellationToken cancellationToken)
    {
        var last = (await store.HistoryAsync(outcome.Comment.Community, outcome.Key, cancellationToken)).LastOrDefault(a =>
            a.Id != $"ruling-{ruling}" && PlatformAction.FamilyOf(a.Kind) == "comment" && a.State is not (ActionState.Refused or ActionState.Failed or ActionState.Overtaken));
        return last?.Kind is ActionKind.Hide or ActionKind.Hold or ActionKind.MarkSpam or ActionKind.Delete
            ? actor.Levers.FirstOrDefault(l => l.Kind == last.Kind)?.TakenBackBy
            : null;
    }

    private static ActionKind? Choose(IActor actor, bool irreversible, params ActionKind[] kinds) => kinds.Cast<ActionKind?>()
        .FirstOrDefault(kind => actor.Levers.Any(l => l.Kind == kind && (irreversible || l.TakenBackBy is not null)));

    private PlatformAction Of(Outcome outcome, string id, ActionKind kind, string by) => new()
    {
        Id = id,
        Community = outcome.Comment.Community,
        Key = outcome.Key,
        Kind = kind,
        Revision = outcome.Revision,
        RequestedBy = $"person:{by}",
        RequestedAt = time.GetUtcNow(),
    };
}
