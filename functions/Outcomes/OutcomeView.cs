using Moderato.Comments;

namespace Moderato.Outcomes;

/// <summary>An outcome as the HTTP interface shows it.</summary>
public record OutcomeView
{
    public required string Id { get; init; }
    public required string Community { get; init; }
    public required string Platform { get; init; }
    public required string Channel { get; init; }
    public required string CommentId { get; init; }
    public string? ThreadId { get; init; }
    public string? ParentId { get; init; }
    public string? Permalink { get; init; }
    public Author? Author { get; init; }

    /// <summary>The beginning of the text in a list, the whole text where one outcome is asked for; empty once removed.</summary>
    public required string Text { get; init; }

    /// <summary>True where the platform's terms no longer allow the text to be kept.</summary>
    public bool? TextExpired { get; init; }

    /// <summary>A review's stars, 1 to 5.</summary>
    public int? Stars { get; init; }

    /// <summary>How far it has come.</summary>
    public required OutcomeState State { get; init; }

    /// <summary>The decision that holds: a person's, else the rule's. Null while it waits for its judgement.</summary>
    public Decision? Decision { get; init; }
    public RuleView? Rule { get; init; }

    /// <summary>What a person decided, where one did.</summary>
    public RulingView? Ruling { get; init; }

    /// <summary>The paragraph of the community's guidelines that the rule applies.</summary>
    public string? Paragraph { get; init; }

    /// <summary>Other rules that added something.</summary>
    public IReadOnlyList<string>? AlsoRules { get; init; }
    public Route? Route { get; init; }
    public SuggestedReply? Reply { get; init; }
    public IReadOnlyList<AuthorLabel>? Labels { get; init; }
    public IReadOnlyList<string>? Notify { get; init; }
    public bool? Strike { get; init; }
    public bool? RestrictAuthor { get; init; }

    /// <summary>What rules that are being tried out would have done.</summary>
    public IReadOnlyList<ShadowVerdict>? Shadows { get; init; }
    public SentimentView? Sentiment { get; init; }
    public SignalsView? Signals { get; init; }
    public VersionsView? Versions { get; init; }

    /// <summary>Which version of the comment was judged: 1, and one more for each edit.</summary>
    public required int Revision { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public required DateTimeOffset FirstReceivedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    public static OutcomeView Of(Outcome outcome) => Of(outcome.Comment, outcome.State) with
    {
        Decision = outcome.Decision,
        Rule = outcome.Verdict is { } verdict ? new RuleView(verdict.Rule, verdict.Decision, verdict.Because) : null,
        Ruling = outcome.Ruling is { } ruling ? RulingView.Of(ruling) : null,
        Paragraph = outcome.Verdict?.Paragraph,
        AlsoRules = OrNull(outcome.Verdict?.AlsoRules),
        Route = outcome.Route,
        Reply = outcome.Verdict?.Reply,
        Labels = OrNull([.. outcome.Verdict?.Labels ?? [], .. outcome.Ruling?.Labels ?? []]),
        Notify = OrNull(outcome.Verdict?.Notify),
        Strike = outcome.Strike ? true : null,
        RestrictAuthor = outcome.Verdict is { RestrictAuthor: true } ? true : null,
        Shadows = OrNull(outcome.Verdict?.Shadows),
        Sentiment = outcome.Signals is { } s ? SentimentView.Of(s) : null,
        Signals = outcome.Signals is { } g ? SignalsView.Of(g) : null,
        Versions = outcome.Signals is { } m ? new VersionsView(m.ModelVersion, outcome.Verdict?.PolicyVersion) : null,
        DecidedAt = outcome.DecidedAt,
    };

    /// <summary>A comment that has no outcome yet.</summary>
    public static OutcomeView Waiting(Comment comment) => Of(comment, OutcomeState.Waiting);

    private static OutcomeView Of(Comment comment, OutcomeState state) => new()
    {
        Id = OutcomeId.Of(comment).ToString(),
        Community = comment.Community.ToString(),
        Platform = comment.Key.Platform.ToString(),
        Channel = comment.Channel,
        CommentId = comment.Key.Id,
        ThreadId = comment.ThreadId,
        ParentId = comment.ParentId,
        Permalink = comment.Permalink,
        Author = comment.Author,
        Text = comment.Text,
        TextExpired = comment.TextExpired ? true : null,
        Stars = comment.Stars,
        State = state,
        Revision = comment.Revision,
        CreatedAt = comment.CreatedAt,
        EditedAt = comment.EditedAt,
        FirstReceivedAt = comment.FirstReceivedAt,
        ReceivedAt = comment.ReceivedAt,
    };

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T>? list) => list is { Count: > 0 } ? list : null;
}

/// <summary>The rule that decided, and what it decided.</summary>
public sealed record RuleView(string Id, Decision Decision, string Because);

/// <summary>What a person decided, for colleagues.</summary>
public sealed record RulingView(string Id, Decision Decision, string By, DateTimeOffset At, int Revision, string? Reason, string? ProposedBy)
{
    public static RulingView Of(Ruling ruling) => new(ruling.Id, ruling.Decision, ruling.By, ruling.At, ruling.Revision, ruling.Reason, ruling.ProposedBy);
}

/// <summary>The likeliest sentiment, and the probability of each, 0 to 1.</summary>
public sealed record SentimentView(Sentiment Label, double Negative, double Neutral, double Positive)
{
    public static SentimentView Of(Signals signals) =>
        new(signals.Sentiment, Math.Round(signals.Negative, 4), Math.Round(signals.Neutral, 4), Math.Round(signals.Positive, 4));
}

/// <inheritdoc cref="Comments.Signals"/>
public sealed record SignalsView(
    LanguageView Language, double Anger, Harm Harm, double Spam, double Distress, IReadOnlyList<IntentView> Intents,
    IReadOnlyList<string> LinkHosts, int Mentions, int Emoji, double Capitals, int Length, int RudeWords, bool StarsDisagree)
{
    public static SignalsView Of(Signals signals) => new(
        new LanguageView(signals.Language, Round(signals.LanguageProbability)),
        Round(signals.Anger),
        new Harm(
            Round(signals.Harm.Toxicity), Round(signals.Harm.Insult), Round(signals.Harm.IdentityAttack),
            Round(signals.Harm.Threat), Round(signals.Harm.Obscenity), Round(signals.Harm.Sexual)),
        Round(signals.Spam),
        Round(signals.Distress),
        [.. signals.Intents.Select(i => new IntentView(i.Intent.Name(), Round(i.Probability)))],
        signals.LinkHosts,
        signals.Mentions,
        signals.Emoji,
        Round(signals.Capitals),
        signals.Length,
        signals.RudeWords,
        signals.StarsDisagree);

    private static double Round(double value) => Math.Round(value, 4);
}

/// <summary>The likeliest language and its probability, 0 to 1.</summary>
public sealed record LanguageView(string Code, double Probability);

/// <summary>An intent that holds, such as <c>question-order</c>, and its probability, 0 to 1.</summary>
public sealed record IntentView(string Name, double Probability);

/// <summary>What the decision was taken with.</summary>
public sealed record VersionsView(string Model, string? Policy);
