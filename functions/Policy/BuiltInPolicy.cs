using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>
/// What happens to comments where a community has no policy of its own. Safe: nothing is hidden or deleted, criticism stays visible,
/// and whatever is uncertain waits for a person. The first rule that applies decides.
/// </summary>
public static class BuiltInPolicy
{
    public const string Version = "built-in-3";

    /// <summary>From this probability of any kind of harm, or of spam, on a comment waits for a person.</summary>
    public const double HarmFrom = 0.5;

    /// <summary>From this probability of personal distress on somebody should look at once: missing one is worse than looking in vain.</summary>
    public const double DistressFrom = 0.4;

    /// <summary>From this anger on, somebody should answer soon.</summary>
    public const double AngryFrom = 0.4;

    /// <summary>Below this probability of the likeliest sentiment the text is called unclear.</summary>
    public const double UnclearBelow = 0.4;

    /// <summary>From this probability of a negative sentiment on, somebody should look at once.</summary>
    public const double VeryNegativeFrom = 0.85;

    /// <summary>How often an author's comments were withheld within <see cref="OffenderSpan"/> before the next one is held as well.</summary>
    public const int OffencesBeforeHold = 3;

    public static readonly TimeSpan OffenderSpan = TimeSpan.FromDays(7);

    private static readonly Rule[] Rules =
    [
        new("nothing-to-read", Decision.Hold, "There is no text to judge: a picture, a sticker or an attachment.",
            (signals, _, _) => signals.Length == 0),
        new("distress", Decision.Escalate, "It may come from somebody in distress: it stays visible, never counts against the author, and a person should look now.",
            (signals, _, _) => signals.Distress >= DistressFrom),
        new("threat", Decision.Hold, "It seems to threaten or to wish violence.",
            (signals, _, _) => signals.Harm.Threat >= HarmFrom),
        new("attack", Decision.Hold, "It seems to insult or to attack people.",
            (signals, _, _) => signals.Harm.Toxicity >= HarmFrom || signals.Harm.Insult >= HarmFrom || signals.Harm.IdentityAttack >= HarmFrom || signals.Harm.Sexual >= HarmFrom),
        new("rude-words", Decision.Hold, "It has insulting or obscene words.",
            (signals, _, _) => signals.RudeWords > 0),
        new("spam", Decision.Hold, "It looks like advertising or a swindle.",
            (signals, _, _) => signals.Spam >= HarmFrom),
        new("links-from-newcomer", Decision.Hold, "A first comment with a link is often spam.",
            (signals, author, _) => signals.LinkHosts.Count > 0 && author.IsFirstComment),
        new("several-links", Decision.Hold, "It has links to three or more places.",
            (signals, _, _) => signals.LinkHosts.Count >= 3),
        new("repeat-offender", Decision.Hold, "At least three comments of this author were withheld in the last seven days.",
            (_, author, at) => author.Withheld(at, OffenderSpan) >= OffencesBeforeHold),
        new("stars-disagree", Decision.Hold, "The review's stars and its words say opposite things.",
            (signals, _, _) => signals.StarsDisagree),
        new("very-negative", Decision.Escalate, "It sounds very unhappy: it stays visible, and somebody should answer soon.",
            (signals, _, _) => signals.Negative >= VeryNegativeFrom || signals.Anger >= AngryFrom),
        new("unclear", Decision.Hold, "The model is not sure how it is meant.",
            (signals, _, _) => signals.Confidence < UnclearBelow),
        new("nothing-against-it", Decision.Approve, "No rule speaks against it.",
            (_, _, _) => true),
    ];

    /// <param name="signals">What scoring found.</param>
    /// <param name="author">What is known of the author.</param>
    /// <param name="receivedAt">When this version arrived: "the last seven days" end here, so that judging again says the same.</param>
    public static Verdict Decide(Signals signals, AuthorHistory author, DateTimeOffset receivedAt)
    {
        var rule = Rules.First(r => r.Applies(signals, author, receivedAt));
        return new Verdict(rule.Decision, rule.Id, rule.Because, Version);
    }

    private sealed record Rule(string Id, Decision Decision, string Because, Func<Signals, AuthorHistory, DateTimeOffset, bool> Applies);
}
