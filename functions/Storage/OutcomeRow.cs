using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Outcomes as rows of the table <c>outcomes</c>. See README.md for every column.</summary>
internal static class OutcomeRow
{
    public static TableEntity Of(Outcome outcome)
    {
        var comment = outcome.Comment;
        var row = With(
            new TableEntity(Keys.OutcomePartition(comment.Community, comment.FirstReceivedAt), Keys.OutcomeRow(comment.FirstReceivedAt, comment.Key)), outcome);
        row.SetIfAny("AuthorSnapshot", outcome.AuthorSnapshot);
        row.SetIfAny("AroundSnapshot", outcome.AroundSnapshot);
        return row;
    }

    /// <summary>Puts an outcome's columns into a row, without what was known when it was decided.</summary>
    public static TableEntity With(TableEntity row, Outcome outcome)
    {
        CommentRow.With(row, outcome.Comment);
        row["DecidedAt"] = outcome.DecidedAt;
        if (outcome.Signals is { } signals)
            Write(row, signals);
        row["State"] = outcome.State.ToString();
        row.SetIfAny("Decision", outcome.Decision?.ToString());
        row.SetIfAny("Route", outcome.Route?.Team);
        if (outcome.Verdict is { } verdict)
        {
            row["RuleDecision"] = verdict.Decision.ToString();
            row["Rule"] = verdict.Rule;
            row["Because"] = verdict.Because;
            row["PolicyVersion"] = verdict.PolicyVersion;
            row.SetIfAny("ReplyText", verdict.Reply?.Text);
            if (VerdictMore.Of(verdict) is { } more)
                row["More"] = JsonSerializer.Serialize(more, StoredJson.Options);
        }
        if (outcome.Ruling is { } ruling)
            row["Ruling"] = JsonSerializer.Serialize(ruling, StoredJson.Options);
        if (outcome.History.Count > 0)
            row.SetLongText("History", JsonSerializer.Serialize(outcome.History, StoredJson.Options));
        if (outcome.Effect != Effect.None)
            row["Effect"] = outcome.Effect.ToString();
        row["Change"] = outcome.Change;
        return row;
    }

    public static Outcome Read(TableEntity row) => new()
    {
        Comment = CommentRow.Read(row),
        Signals = row.GetString("ModelVersion") is null ? null : ReadSignals(row),
        Verdict = (row.GetString("RuleDecision") ?? row.GetString("Decision")) is { } decision
            ? VerdictMore.Add(new Verdict(Enum.Parse<Decision>(decision), row.Text("Rule"), row.Text("Because"), row.Text("PolicyVersion")), row.GetString("More"), row.GetString("ReplyText"))
            : null,
        AuthorSnapshot = row.GetString("AuthorSnapshot"),
        AroundSnapshot = row.GetString("AroundSnapshot"),
        DecidedAt = row.Time("DecidedAt"),
        Ruling = row.GetString("Ruling") is { } ruling ? JsonSerializer.Deserialize<Ruling>(ruling, StoredJson.Options) : null,
        History = row.LongText("History") is { Length: > 0 } history ? JsonSerializer.Deserialize<IReadOnlyList<OutcomeEvent>>(history, StoredJson.Options)! : [],
        Effect = row.GetString("Effect") is { } effect ? Enum.Parse<Effect>(effect) : Effect.None,
        Change = row.GetInt32("Change") ?? 1,
    };

    private static void Write(TableEntity row, Signals signals)
    {
        row["Sentiment"] = signals.Sentiment.ToString();
        row["Negative"] = signals.Negative;
        row["Neutral"] = signals.Neutral;
        row["Positive"] = signals.Positive;
        row["Language"] = signals.Language;
        row["LanguageProbability"] = signals.LanguageProbability;
        row["Anger"] = signals.Anger;
        row["Toxicity"] = signals.Harm.Toxicity;
        row["Insult"] = signals.Harm.Insult;
        row["IdentityAttack"] = signals.Harm.IdentityAttack;
        row["Threat"] = signals.Harm.Threat;
        row["Obscenity"] = signals.Harm.Obscenity;
        row["Sexual"] = signals.Harm.Sexual;
        row["Spam"] = signals.Spam;
        row["Distress"] = signals.Distress;
        row["Intents"] = string.Join(' ', signals.Intents.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Intent.Name()}:{i.Probability:F4}")));
        row["LinkHosts"] = string.Join(' ', signals.LinkHosts);
        row["Mentions"] = signals.Mentions;
        row["Emoji"] = signals.Emoji;
        row["Capitals"] = signals.Capitals;
        row["Length"] = signals.Length;
        row["RudeWords"] = signals.RudeWords;
        row["StarsDisagree"] = signals.StarsDisagree;
        row["Fingerprint"] = unchecked((long)signals.Fingerprint);
        row["ModelVersion"] = signals.ModelVersion;
    }

    private static Signals ReadSignals(TableEntity row) => new()
    {
        Negative = row.GetDouble("Negative") ?? 0,
        Neutral = row.GetDouble("Neutral") ?? 0,
        Positive = row.GetDouble("Positive") ?? 0,
        Language = row.GetString("Language") ?? "other",
        LanguageProbability = row.GetDouble("LanguageProbability") ?? 0,
        Anger = row.GetDouble("Anger") ?? 0,
        Harm = new Harm(
            row.GetDouble("Toxicity") ?? 0, row.GetDouble("Insult") ?? 0, row.GetDouble("IdentityAttack") ?? 0,
            row.GetDouble("Threat") ?? 0, row.GetDouble("Obscenity") ?? 0, row.GetDouble("Sexual") ?? 0),
        Spam = row.GetDouble("Spam") ?? 0,
        Distress = row.GetDouble("Distress") ?? 0,
        Intents = [.. (row.GetString("Intents") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadIntent)],
        LinkHosts = row.Text("LinkHosts").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Mentions = row.GetInt32("Mentions") ?? 0,
        Emoji = row.GetInt32("Emoji") ?? 0,
        Capitals = row.GetDouble("Capitals") ?? 0,
        Length = row.GetInt32("Length") ?? 0,
        RudeWords = row.GetInt32("RudeWords") ?? 0,
        StarsDisagree = row.GetBoolean("StarsDisagree") is true,
        Fingerprint = unchecked((ulong)(row.GetInt64("Fingerprint") ?? 0)),
        ModelVersion = row.Text("ModelVersion"),
    };

    private static IntentScore ReadIntent(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        return new IntentScore(IntentNames.Parse(written[..colon]), double.Parse(written[(colon + 1)..], CultureInfo.InvariantCulture));
    }
}

/// <summary>
/// What a verdict says beyond its decision, as JSON in one column; nothing where it says nothing more. The answer's text may name the
/// author: it has a column of its own, so that it can be let go.
/// </summary>
internal sealed record VerdictMore(
    string? Paragraph, IReadOnlyList<string>? AlsoRules, Route? Route, SuggestedReply? Reply, IReadOnlyList<AuthorLabel>? Labels, IReadOnlyList<string>? Notify,
    bool Strike, bool RestrictAuthor, bool Irreversible, IReadOnlyList<ShadowVerdict>? Shadows)
{
    public static VerdictMore? Of(Verdict verdict)
    {
        var more = new VerdictMore(
            verdict.Paragraph, OrNull(verdict.AlsoRules), verdict.Route, verdict.Reply is { } reply ? reply with { Text = "" } : null, OrNull(verdict.Labels), OrNull(verdict.Notify),
            verdict.Strike, verdict.RestrictAuthor, verdict.Irreversible, OrNull(verdict.Shadows));
        return more == new VerdictMore(null, null, null, null, null, null, false, false, false, null) ? null : more;
    }

    public static Verdict Add(Verdict verdict, string? json, string? replyText) => json is null || JsonSerializer.Deserialize<VerdictMore>(json, StoredJson.Options) is not { } more
        ? verdict
        : verdict with
        {
            Paragraph = more.Paragraph,
            AlsoRules = more.AlsoRules ?? [],
            Route = more.Route,
            Reply = more.Reply is { } reply ? reply with { Text = replyText ?? "" } : null,
            Labels = more.Labels ?? [],
            Notify = more.Notify ?? [],
            Strike = more.Strike,
            RestrictAuthor = more.RestrictAuthor,
            Irreversible = more.Irreversible,
            Shadows = more.Shadows ?? [],
        };

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}
