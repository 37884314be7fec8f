using System.Collections.Frozen;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>
/// A policy that was read and found right, ready to be asked. Holds no state that changes: one instance serves every thread. What it
/// means is in README.md.
/// </summary>
public sealed class CommunityPolicy
{
    /// <summary>From this probability of personal distress on somebody should look at once: missing one is worse than looking in vain.</summary>
    public const double DistressFrom = 0.4;

    /// <summary>From this anger on nothing answers by itself.</summary>
    public const double AngryFrom = 0.4;

    /// <summary>The rule that stands before every policy.</summary>
    public const string DistressRule = "distress";

    private const int LongestBecause = 300;

    private readonly WordMatcher? _words;

    internal CommunityPolicy(
        IReadOnlyList<Rule> rules, IReadOnlyList<WordList> words, IReadOnlyDictionary<string, ReplyTemplate> templates,
        IReadOnlyDictionary<string, string> values, Decision? otherwise, bool asksForSurroundings)
    {
        Rules = rules;
        _words = words.Count > 0 ? new WordMatcher(words) : null;
        Templates = templates.ToFrozenDictionary();
        Values = values.ToFrozenDictionary();
        Otherwise = otherwise;
        AsksForSurroundings = asksForSurroundings;
    }

    /// <summary>Decisions for which a person must say why.</summary>
    public IReadOnlySet<Decision> RequireReason { get; init; } = FrozenSet<Decision>.Empty;

    /// <summary>The teams that comments can be handed to, and how soon each should react.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Teams { get; init; } = FrozenDictionary<string, TimeSpan>.Empty;

    /// <summary>Whether a rule asks what goes on around a comment: finding that out costs something.</summary>
    public bool AsksForSurroundings { get; }

    /// <summary>Whether a rule asks for words, so that replaying it needs texts.</summary>
    public bool AsksForWords => _words is not null;

    /// <summary>Ids of the rules, in their order.</summary>
    public IReadOnlyList<string> RuleIds => [.. Rules.Select(r => r.Id)];

    /// <summary>What is decided if no rule decides; null for the built-in policy.</summary>
    internal Decision? Otherwise { get; }
    internal IReadOnlyList<Rule> Rules { get; }
    internal FrozenDictionary<string, ReplyTemplate> Templates { get; }
    internal FrozenDictionary<string, string> Values { get; }

    /// <summary>A rule's name in a language; null if there is no such rule.</summary>
    public string? NameOf(string rule, string language) => Rules.FirstOrDefault(r => r.Id == rule)?.Name.In(language);

    /// <summary>The rules' names in a language, by their ids.</summary>
    public IReadOnlyDictionary<string, string> NamesIn(string language) => Rules.ToDictionary(r => r.Id, r => r.Name.In(language));

    /// <summary>What is to happen to a comment. Never throws; the same facts give the same verdict.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="version">The version of this policy, for the verdict.</param>
    public Verdict Decide(Facts facts, string version)
    {
        var at = new Evaluation(facts, _words);
        if (facts.Signals.Distress >= DistressFrom)
            return Collect(at, Distress(at, version), null);

        Rule? deciding = null;
        foreach (var rule in Rules)
        {
            if (rule is { Shadow: false, Then.Decision: not null } && rule.AppliesTo(at))
            {
                deciding = rule;
                break;
            }
        }
        if (deciding is not null)
            return Collect(at, new Verdict(deciding.Then.Decision!.Value, deciding.Id, Because(deciding, at), version) { Paragraph = deciding.Paragraph }, deciding);
        if (Otherwise is { } otherwise)
            return Collect(at, new Verdict(otherwise, "otherwise", "otherwise", version), null);
        var net = BuiltInPolicy.Policy.Decide(facts, version);
        return Collect(at, net with { Rule = $"built-in/{net.Rule}" }, null);
    }

    /// <summary>Which rules apply to a comment, in their order, shadows too.</summary>
    public IReadOnlyList<string> RulesThatApply(Facts facts)
    {
        var at = new Evaluation(facts, _words);
        return [.. Rules.Where(r => r.AppliesTo(at)).Select(r => r.Id)];
    }

    private static Verdict Distress(Evaluation at, string version) => new(
        Decision.Escalate, DistressRule, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"distress {Math.Round(at.Signals.Distress, 2)} (at_least {DistressFrom})"), version);

    private static string Because(Rule rule, Evaluation at)
    {
        var because = rule.If?.Explain(at) ?? "always";
        return because.Length <= LongestBecause ? because : $"{because[..(LongestBecause - 1)]}…";
    }

    /// <summary>Adds what every rule that applies contributes to a decision.</summary>
    private Verdict Collect(Evaluation at, Verdict verdict, Rule? deciding)
    {
        List<string>? also = null;
        List<AuthorLabel>? labels = null;
        List<string>? notify = null;
        List<ShadowVerdict>? shadows = null;
        Route? route = null;
        (Rule Rule, ReplyOrder Order)? reply = null;
        var (strike, restrict) = (false, false);
        var decided = verdict.Rule == DistressRule;
        foreach (var rule in Rules)
        {
            decided |= rule == deciding;
            var (then, own) = (rule.Then, rule == deciding || rule.Then.Decision is null);
            var speaks = rule == deciding || (own && verdict.Decision is Decision.Approve or Decision.Escalate);
            if (rule != deciding && ((!own && !rule.Shadow && then.Labels.Count == 0 && then.Notify.Count == 0) || !rule.AppliesTo(at)))
                continue;
            if (rule.Shadow)
            {
                (shadows ??= []).Add(new ShadowVerdict(rule.Id, then.Decision, then.Decision is not null && !decided));
                continue;
            }
            if (rule != deciding)
                (also ??= []).Add(rule.Id);
            foreach (var label in then.Labels)
                (labels ??= []).Add(new AuthorLabel(label.Name, at.At + label.For));
            foreach (var name in then.Notify)
                (notify ??= []).Add(name);
            if (!own)
                continue;
            route ??= speaks && then.Team is { } team ? new Route(team, at.At + then.Within) : null;
            reply ??= speaks && then.Reply is { } order ? (rule, order) : null;
            (strike, restrict) = (strike || then.Strike, restrict || then.RestrictAuthor);
        }
        var spared = verdict.Rule == DistressRule;
        return verdict with
        {
            AlsoRules = also ?? verdict.AlsoRules,
            Labels = labels is null || spared ? [] : [.. labels.DistinctBy(l => l.Name)],
            Notify = notify is null ? [] : [.. notify.Distinct(StringComparer.Ordinal)],
            Route = route,
            Reply = reply is { } wanted ? Reply(at, verdict, wanted.Rule, wanted.Order) : null,
            Strike = strike && !spared,
            RestrictAuthor = restrict && !spared,
            Irreversible = deciding?.Then.Irreversible is true,
            Shadows = (IReadOnlyList<ShadowVerdict>?)shadows ?? [],
        };
    }

    private SuggestedReply? Reply(Evaluation at, Verdict verdict, Rule rule, ReplyOrder order)
    {
        var reply = Templates[order.Template].Render(at.Comment, at.Signals.Language, at.Community, rule.Paragraph, Values);
        if (reply is null || !order.Automatic)
            return reply;
        var obstacle = verdict.Rule == DistressRule ? "it may come from somebody in distress"
            : verdict.Decision is Decision.Hide or Decision.Hold or Decision.Delete ? "the comment is not shown"
            : at.Signals.Anger >= AngryFrom && !order.EvenIfAngry ? "its author is angry"
            : null;
        return reply with { Automatic = obstacle is null, NotSentBecause = obstacle };
    }
}
