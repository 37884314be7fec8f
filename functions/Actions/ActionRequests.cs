using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>
/// Asks for actions. The queue message comes first and holds the whole action; the row that people see follows. Stopped between the
/// two, whoever takes the message writes the row. Asking twice for a rule's action is asking once: its id comes from the decision.
/// </summary>
public sealed class ActionRequests(Sources sources, IActionStore store, TimeProvider time)
{
    /// <summary>Carries out what rules decided and no person overruled, as far as the comment's platform can, in the form that can be taken back if it has one.</summary>
    public async Task CarryOutAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var outcome in outcomes.Where(o => o is { Removed: false, Verdict: not null, Ruling: null }))
        {
            if (sources.Find(outcome.Comment.Source) is { ActionToken: not null } && Actors.Find(outcome.Comment) is { } actor)
            {
                if (await WantedAsync(outcome, actor, cancellationToken) is { } wanted)
                    await RequestAsync(Of(outcome, wanted), cancellationToken);
                if (outcome.Verdict!.RestrictAuthor && Choose(outcome, actor, ActionKind.RestrictAuthor) is { } restriction)
                    await RequestAsync(Of(outcome, restriction), cancellationToken);
                // Of an edited comment too there is one answer: its id has no revision.
                if (outcome.Verdict.Reply is { Automatic: true, Text: var text } && actor.Levers.Any(l => l.Kind == ActionKind.Reply))
                    await RequestAsync(Of(outcome, ActionKind.Reply) with { Id = "rule-reply", Text = text }, cancellationToken);
            }
        }
    }

    public async Task<PlatformAction> RequestAsync(PlatformAction action, CancellationToken cancellationToken)
    {
        await store.EnqueueAsync(action, TimeSpan.Zero, cancellationToken);
        return (await store.AddAsync(action, cancellationToken)).Action;
    }

    private async Task<ActionKind?> WantedAsync(Outcome outcome, IActor actor, CancellationToken cancellationToken)
    {
        var first = outcome.Verdict!.Decision switch
        {
            Decision.Hide => Choose(outcome, actor, ActionKind.Hide, ActionKind.Hold),
            Decision.Hold => Choose(outcome, actor, ActionKind.Hold),
            Decision.Delete => Choose(outcome, actor, ActionKind.Delete, ActionKind.Hide, ActionKind.Hold),
            _ => null,
        };
        if (first is not null || outcome.Revision == 1)
            return first;

        // An edit made a comment acceptable that a rule had taken away: it comes back. What a person decided stays.
        var last = (await store.HistoryAsync(outcome.Comment.Community, outcome.Key, cancellationToken))
            .LastOrDefault(a => PlatformAction.FamilyOf(a.Kind) == "comment" && a.State is not (ActionState.Refused or ActionState.Failed or ActionState.Overtaken));
        return last is { ByRule: true } && last.Revision < outcome.Revision ? actor.Levers.FirstOrDefault(l => l.Kind == last.Kind)?.TakenBackBy : null;
    }

    /// <summary>The first that the platform can do; without the rule's leave only what can be taken back.</summary>
    private static ActionKind? Choose(Outcome outcome, IActor actor, params ActionKind[] kinds) => kinds.Cast<ActionKind?>()
        .FirstOrDefault(kind => actor.Levers.Any(l => l.Kind == kind && (l.TakenBackBy is not null || outcome.Verdict!.Irreversible)));

    private PlatformAction Of(Outcome outcome, ActionKind kind) => new()
    {
        Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rule-{outcome.Revision}-{kind.ToString().ToLowerInvariant()}"),
        Community = outcome.Comment.Community,
        Key = outcome.Key,
        Kind = kind,
        Revision = outcome.Revision,
        RequestedBy = $"rule:{outcome.Verdict!.Rule}",
        RequestedAt = time.GetUtcNow(),
    };
}
