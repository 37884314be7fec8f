using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Asks a policy about past outcomes: with the signals, and with what was known of the author and around, as they were then.</summary>
internal sealed class Replaying(CommunityPolicy draft, Community community, ReplayResult result)
{
    private readonly Dictionary<string, int> _transitions = new(result.Transitions);
    private readonly Dictionary<string, RuleCount> _rules = new(result.Rules);
    private readonly Dictionary<string, int> _shadows = new(result.Shadows);
    private readonly List<ReplayChange> _changes = [.. result.Changes];
    private ReplayResult _result = result;

    /// <summary>What went on around comments of a time when nobody looked: the same is found out again.</summary>
    public PassingComments Passing { get; } = new();

    public ReplayResult Result => _result with { Transitions = _transitions, Rules = _rules, Shadows = _shadows, Changes = _changes };

    /// <summary>The draft's verdict on a past comment; null where it cannot be asked.</summary>
    public static Verdict? Ask(CommunityPolicy draft, string version, Community community, Outcome outcome, Comment? whole, PassingComments? passing)
    {
        if (outcome is not { Removed: false, Signals: { } signals, Verdict: not null })
            return null;
        var text = WholeText(outcome, whole);
        return draft.AsksForWords && text is null ? null : draft.Decide(FactsOf(community, outcome, signals, text ?? outcome.Comment.Text, passing), version);
    }

    /// <summary>What was known when a past comment was judged.</summary>
    public static Facts FactsOf(Community community, Outcome outcome, Signals signals, string text, PassingComments? passing)
    {
        var author = outcome.AuthorSnapshot is { } snapshot ? AuthorHistory.FromSnapshot(snapshot, outcome.Comment.ReceivedAt) : AuthorHistory.Unknown;
        var around = outcome.AroundSnapshot is { } seen ? Surroundings.FromSnapshot(seen) : passing?.Around(outcome.Comment, signals.Fingerprint);
        return new Facts(outcome.Comment with { Text = text }, signals, author, around, community);
    }

    /// <summary>Whether the words that an outcome keeps are not all of them.</summary>
    public static bool NeedsWholeText(Outcome outcome) => outcome is { Removed: false, Signals.Length: > Outcome.SnippetLength, Comment.TextExpired: false };

    public void Add(Outcome outcome, Comment? whole)
    {
        var verdict = Ask(draft, "draft", community, outcome, whole, draft.AsksForSurroundings ? Passing : null);
        if (outcome is { Removed: false, Signals: { } seen } && draft.AsksForSurroundings)
            Passing.Add(Policy.Passing.Of(outcome.Comment, seen));
        if (verdict is null)
        {
            _result = _result with { NotComparable = _result.NotComparable + 1 };
            return;
        }
        var (before, signals) = (outcome.Verdict!, outcome.Signals!);
        // What a protected channel held was no policy's doing, and would have been held under any.
        if (before.Rule == ProtectiveMode.Rule && verdict.Decision == Decision.Approve)
            verdict = ProtectiveMode.Hold(verdict, before.Because);
        var criticism = FairCriticism.Is(signals);
        var changed = !verdict.DoesTheSameAs(before);
        _result = _result with
        {
            Compared = _result.Compared + 1,
            Changed = _result.Changed + (changed ? 1 : 0),
            Before = Count(_result.Before, before, criticism),
            After = Count(_result.After, verdict, criticism),
        };
        var rule = _rules.GetValueOrDefault(verdict.Rule) ?? new RuleCount(0, 0);
        _rules[verdict.Rule] = new RuleCount(rule.Decided + 1, rule.Changed + (changed ? 1 : 0));
        foreach (var shadow in verdict.Shadows.Where(s => s.WouldDecide))
            _shadows[shadow.Rule] = _shadows.GetValueOrDefault(shadow.Rule) + 1;
        if (!changed)
            return;
        if (verdict.Decision != before.Decision)
        {
            var transition = $"{Name(before.Decision)}>{Name(verdict.Decision)}";
            _transitions[transition] = _transitions.GetValueOrDefault(transition) + 1;
        }
        if (_changes.Count < ReplayResult.MostListed)
            _changes.Add(new ReplayChange(OutcomeId.Of(outcome.Comment).ToString(), before.Decision, before.Rule, verdict.Decision, verdict.Rule, criticism));
    }

    private static string? WholeText(Outcome outcome, Comment? whole) =>
        outcome.Comment.TextExpired ? null
        : !NeedsWholeText(outcome) ? outcome.Comment.Text
        : whole is { Removed: false, TextExpired: false } && whole.Revision == outcome.Revision ? whole.Text : null;

    private static WithheldCount Count(WithheldCount so, Verdict verdict, bool criticism) => verdict.Decision is Decision.Hide or Decision.Hold or Decision.Delete
        ? new WithheldCount(so.Comments + 1, so.FairCriticism + (criticism ? 1 : 0))
        : so;

    private static string Name(Decision decision) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(decision.ToString());
}
