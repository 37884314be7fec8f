using System.Globalization;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>
/// While a channel is protected, what its policy approves of newcomers, and what has links, waits for a person. It stands behind every
/// policy: it changes nothing that the policy decides otherwise, and nothing of those that the community trusts.
/// </summary>
public static class ProtectiveMode
{
    /// <summary>The rule that outcomes name.</summary>
    public const string Rule = "protective-mode";

    /// <summary>Whoever wrote first so shortly before a protection began may have come with the raid that it is against.</summary>
    private static readonly TimeSpan CameWithIt = TimeSpan.FromHours(24);

    /// <param name="verdict">What the policy decided.</param>
    /// <param name="signals">What is in the comment.</param>
    /// <param name="history">What is known of its author.</param>
    /// <param name="since">When the protection of its channel began.</param>
    /// <param name="until">When it ends by itself.</param>
    /// <returns>The same verdict, or one that holds.</returns>
    public static Verdict Apply(Verdict verdict, Signals signals, AuthorHistory history, DateTimeOffset since, DateTimeOffset until)
    {
        if (verdict.Decision != Decision.Approve || history.Profile is { Trusted: true } or { Team: true })
            return verdict;
        var newcomer = history.Recent.All(c => c.ReceivedAt > since - CameWithIt);
        if (!newcomer && signals.LinkHosts.Count == 0)
            return verdict;
        var what = string.Create(CultureInfo.InvariantCulture, $"{(newcomer ? "author.newcomer" : "")}{(newcomer && signals.LinkHosts.Count > 0 ? "; " : "")}{(signals.LinkHosts.Count > 0 ? $"links {signals.LinkHosts.Count} (at_least 1)" : "")}");
        return Hold(verdict, string.Create(CultureInfo.InvariantCulture, $"channel.protected (until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}); {what}"));
    }

    /// <summary>The verdict with a hold in place of its approval. An answer that would have been sent is a suggestion now.</summary>
    public static Verdict Hold(Verdict approved, string because) => approved with
    {
        Decision = Decision.Hold,
        Rule = Rule,
        Because = because,
        Paragraph = null,
        AlsoRules = [approved.Rule, .. approved.AlsoRules],
        Reply = approved.Reply is { Automatic: true } reply ? reply with { Automatic = false, NotSentBecause = "the channel is protected" } : approved.Reply,
    };
}
