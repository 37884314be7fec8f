using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Outcomes;

/// <summary>Outcomes as a stream, page by page, so that a long one needs no memory.</summary>
/// <remarks>NDJSON: a JSON object a line (ndjson.org). CSV: RFC 4180, UTF-8, with a header line.</remarks>
internal sealed class OutcomeExport(IOutcomeReader reader, QueryReader queries, OutcomeQuery query, string format) : IResult
{
    public const string Ndjson = "ndjson";
    public const string Csv = "csv";

    /// <summary>The most lines of one export.</summary>
    public const int Largest = 100_000;
    private const int PageLines = 1_000;

    private static readonly (string Name, Func<OutcomeView, object?> Value)[] Columns =
    [
        ("id", o => o.Id), ("platform", o => o.Platform), ("channel", o => o.Channel), ("commentId", o => o.CommentId), ("threadId", o => o.ThreadId), ("permalink", o => o.Permalink),
        ("authorId", o => o.Author?.Id), ("authorName", o => o.Author?.Name), ("text", o => o.Text), ("stars", o => o.Stars), ("state", o => o.State), ("decision", o => o.Decision),
        ("rule", o => o.Rule?.Id), ("decidedBy", o => o.Ruling?.By), ("reason", o => o.Ruling?.Reason), ("route", o => o.Route?.Team),
        ("labels", o => o.Labels is { } labels ? string.Join(' ', labels.Select(l => l.Name)) : null), ("sentiment", o => o.Sentiment?.Label), ("language", o => o.Signals?.Language.Code),
        ("anger", o => o.Signals?.Anger), ("toxicity", o => o.Signals?.Harm.Toxicity), ("spam", o => o.Signals?.Spam),
        ("intents", o => o.Signals is { } signals ? string.Join(' ', signals.Intents.Select(i => i.Name)) : null), ("createdAt", o => o.CreatedAt),
        ("firstReceivedAt", o => o.FirstReceivedAt), ("decidedAt", o => o.DecidedAt),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = format == Csv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"outcomes.{format}\"";

        var left = query.Limit;
        var page = query with { Limit = Math.Min(PageLines, left) };
        // The first page before the first byte: what fails then is still answered as a problem.
        var found = await reader.QueryAsync(page, cancel);
        if (format == Csv)
            await response.WriteAsync(string.Join(',', Columns.Select(c => c.Name).Append("cursor")) + "\r\n", cancel);
        while (true)
        {
            var lines = new StringBuilder();
            foreach (var outcome in found.Outcomes)
                Append(lines, OutcomeView.Of(outcome), await queries.CursorAsync(query, reader.PositionAfter(query, outcome), cancel));
            await response.WriteAsync(lines.ToString(), cancel);
            left -= found.Outcomes.Count;
            if (found.Next is null || left == 0)
                return;
            page = page with { After = found.Next, Limit = Math.Min(PageLines, left) };
            found = await reader.QueryAsync(page, cancel);
        }
    }

    private void Append(StringBuilder lines, OutcomeView outcome, string cursor)
    {
        if (format == Csv)
        {
            lines.AppendJoin(',', Columns.Select(c => Cell(c.Value(outcome)))).Append(',').Append(cursor).Append("\r\n");
            return;
        }
        var line = JsonSerializer.SerializeToNode(outcome, Json.Options)!.AsObject();
        line["cursor"] = JsonValue.Create(cursor);
        lines.Append(line.ToJsonString(Json.Options)).Append('\n');
    }

    /// <summary>
    /// What a spreadsheet would take for a formula gets an apostrophe before it: a comment must not compute on the desk of whoever opens
    /// the file (OWASP, CSV injection).
    /// </summary>
    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Enum choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        if (value is string && text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
            text = $"'{text}";
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
