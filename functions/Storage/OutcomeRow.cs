using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Outcomes as rows of the table <c>outcomes</c>. See README.md for every column.</summary>
internal static class OutcomeRow
{
    public static TableEntity Of(Outcome outcome)
    {
        var comment = outcome.Comment;
        var row = new TableEntity(
            Keys.OutcomePartition(comment.Community, comment.FirstReceivedAt), Keys.OutcomeRow(comment.FirstReceivedAt, comment.Key));
        CommentRow.With(row, comment);
        row["DecidedAt"] = outcome.DecidedAt;
        if (outcome.Signals is { } signals)
            Write(row, signals);
        if (outcome.Verdict is { } verdict)
        {
            row["Decision"] = verdict.Decision.ToString();
            row["Rule"] = verdict.Rule;
            row["Because"] = verdict.Because;
            row["PolicyVersion"] = verdict.PolicyVersion;
        }
        return row;
    }

    public static Outcome Read(TableEntity row) => new()
    {
        Comment = CommentRow.Read(row),
        Signals = row.GetString("ModelVersion") is null ? null : ReadSignals(row),
        Verdict = row.GetString("Decision") is { } decision
            ? new Verdict(Enum.Parse<Decision>(decision), row.Text("Rule"), row.Text("Because"), row.Text("PolicyVersion"))
            : null,
        DecidedAt = row.Time("DecidedAt"),
    };

    private static void Write(TableEntity row, Signals signals)
    {
        row["Sentiment"] = signals.Sentiment.ToString();
        row["Negative"] = signals.Negative;
        row["Neutral"] = signals.Neutral;
        row["Positive"] = signals.Positive;
        row["LinkHosts"] = string.Join(' ', signals.LinkHosts);
        row["Mentions"] = signals.Mentions;
        row["Emoji"] = signals.Emoji;
        row["Capitals"] = signals.Capitals;
        row["Length"] = signals.Length;
        row["RudeWords"] = signals.RudeWords;
        row["ModelVersion"] = signals.ModelVersion;
    }

    private static Signals ReadSignals(TableEntity row) => new()
    {
        Negative = row.GetDouble("Negative") ?? 0,
        Neutral = row.GetDouble("Neutral") ?? 0,
        Positive = row.GetDouble("Positive") ?? 0,
        LinkHosts = row.Text("LinkHosts").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Mentions = row.GetInt32("Mentions") ?? 0,
        Emoji = row.GetInt32("Emoji") ?? 0,
        Capitals = row.GetDouble("Capitals") ?? 0,
        Length = row.GetInt32("Length") ?? 0,
        RudeWords = row.GetInt32("RudeWords") ?? 0,
        ModelVersion = row.Text("ModelVersion"),
    };
}
