namespace Moderato.Comments;

/// <summary>A decision with the rule that took it, and everything else that rules want to happen.</summary>
/// <param name="Decision">What is to happen.</param>
/// <param name="Rule">Stable id of the rule that decided; <c>built-in/</c> before it where the built-in policy did behind a community's own.</param>
/// <param name="Because">What held, in the policy's own words, as in <c>spam 0.93 (at_least 0.5); author.first_comment</c>; carries no text of the comment.</param>
/// <param name="PolicyVersion">The version of the policy that was asked.</param>
public sealed record Verdict(Decision Decision, string Rule, string Because, string PolicyVersion)
{
    /// <summary>Number of the paragraph of the community's guidelines that the rule applies.</summary>
    public string? Paragraph { get; init; }

    /// <summary>Ids of the other rules that added something, in their order.</summary>
    public IReadOnlyList<string> AlsoRules { get; init; } = [];

    public Route? Route { get; init; }
    public SuggestedReply? Reply { get; init; }

    /// <summary>Labels that the author gets with this comment.</summary>
    public IReadOnlyList<AuthorLabel> Labels { get; init; } = [];

    /// <summary>Who is told about it, by the names that the policy gives them.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Counts against the author.</summary>
    public bool Strike { get; init; }

    /// <summary>The author may not write for a while, where the platform can do that.</summary>
    public bool RestrictAuthor { get; init; }

    /// <summary>The rule allows what cannot be taken back.</summary>
    public bool Irreversible { get; init; }

    /// <summary>What rules that are being tried out would have done.</summary>
    public IReadOnlyList<ShadowVerdict> Shadows { get; init; } = [];

    /// <summary>Whether two verdicts do the same to the comment and its author, whichever rule says so.</summary>
    public bool DoesTheSameAs(Verdict other) =>
        (Decision, Paragraph, Route?.Team, Reply?.Template, Reply?.Automatic, Strike, RestrictAuthor, Irreversible)
            == (other.Decision, other.Paragraph, other.Route?.Team, other.Reply?.Template, other.Reply?.Automatic, other.Strike, other.RestrictAuthor, other.Irreversible)
        && Labels.SequenceEqual(other.Labels) && Notify.SequenceEqual(other.Notify);
}

/// <summary>A comment is a team's.</summary>
/// <param name="Team">The team's name in the policy.</param>
/// <param name="DueAt">Until when it should have reacted.</param>
public sealed record Route(string Team, DateTimeOffset DueAt);

/// <summary>An answer from a template, its placeholders filled.</summary>
/// <param name="Template">The template's name in the policy.</param>
/// <param name="Variant">Which of its variants, from 0.</param>
/// <param name="Language">The language it is written in.</param>
/// <param name="Text">The answer. Empty once the comment was removed.</param>
/// <param name="Automatic">Whether it is sent by itself.</param>
/// <param name="NotSentBecause">Why an answer that the rule wanted sent is only a suggestion; null otherwise.</param>
public sealed record SuggestedReply(string Template, int Variant, string Language, string Text, bool Automatic, string? NotSentBecause);

/// <summary>A word that the community gave an author.</summary>
/// <param name="Name">1 to 40 lower-case letters, digits or hyphens.</param>
/// <param name="Until">When it is no longer so; null for never.</param>
public sealed record AuthorLabel(string Name, DateTimeOffset? Until);

/// <summary>What a rule that is being tried out would have done.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Decision">What it would have decided; null if it decides nothing.</param>
/// <param name="WouldDecide">Whether no rule before it decided, so that its decision would have counted.</param>
public sealed record ShadowVerdict(string Rule, Decision? Decision, bool WouldDecide);

/// <summary>What can be done on each platform.</summary>
public sealed class Abilities(IReadOnlyDictionary<PlatformId, IReadOnlyList<Lever>> levers)
{
    public IReadOnlyCollection<PlatformId> Platforms { get; } = [.. levers.Keys];

    public IReadOnlyList<Lever> Of(PlatformId platform) => levers.GetValueOrDefault(platform) ?? [];
}
