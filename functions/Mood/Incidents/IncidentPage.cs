using System.Net;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>What the page says after a form was sent.</summary>
internal enum PageNotice
{
    None,
    Done,
    AlreadyDone,
    NeedsName,
    NeedsNote,
}

/// <summary>The page on which somebody without a console sees to an incident, in the community's language. One file, no script, nothing loaded from elsewhere.</summary>
internal static class IncidentPage
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; }
        h2 { font-size: 1.1rem; }
        blockquote { margin: 1rem 0; padding: .5rem 1rem; border-left: .25rem solid #888; white-space: pre-wrap; overflow-wrap: anywhere; }
        .notice { padding: .5rem 1rem; border: 1px solid #888; border-radius: .25rem; }
        input, textarea { width: 100%; box-sizing: border-box; font: inherit; }
        button { font: inherit; padding: .6rem 1rem; margin: .5rem .5rem 0 0; }
        li { overflow-wrap: anywhere; }
        """;

    public static IResult Of(Community community, Incident incident, IReadOnlyList<Outcome> outcomes, bool isProtected, int status, PageNotice notice)
    {
        var words = IncidentWords.Of(community.Language);
        var told = notice switch
        {
            PageNotice.Done => words.Done,
            PageNotice.AlreadyDone => words.AlreadyDone,
            PageNotice.NeedsName => words.NeedsName,
            PageNotice.NeedsNote => words.NeedsNote,
            _ => null,
        };
        var level = incident.IsLive ? incident.Level : incident.Highest;
        var body = string.Join('\n',
            $"<p>{Text(community.Name)}</p>\n<h1>{Text(words.Verdict(incident, level))}</h1>",
            told is null ? "" : $"<p class=\"notice\" role=\"status\">{Text(told)}</p>",
            $"<p><strong>{Text(words.StateOf(incident))}</strong></p>",
            $"<p>{Text(words.MeaningOf(level, incident.Scope.Kind))}</p>",
            $"<p><strong>{words.HowMany}:</strong> {Text(words.Figures(incident))}<br><strong>{words.Where}:</strong> {Text(IncidentWords.Places(incident))}<br><strong>{words.Since}:</strong> {Text(words.Time(incident.FirstAt, community.Zone))}</p>",
            isProtected ? $"<p>{Text(words.IsProtected)}</p>" : "",
            outcomes.Count == 0 ? "" : $"<h2>{words.SomeSay}</h2>\n{string.Concat(outcomes.Select(o => Quote(o.Comment, words)))}",
            incident.State == IncidentState.Closed && !isProtected ? "" : Form(incident, isProtected, words),
            $"<h2>{words.Timeline}</h2>\n<ul>{string.Concat(incident.Timeline.Select(e => $"<li>{Text(words.Time(e.At, community.Zone))}: {Text(words.Happened(e, incident))}</li>\n"))}</ul>");
        return new Html(Document(community.Language, community.Name, body), status);
    }

    /// <summary>A link that is none of ours, or no longer. Says nothing of what exists.</summary>
    public static IResult Unknown() => new Html(
        Document("it", "Moderato", $"<h1>Moderato</h1><p>{IncidentWords.Of("it").UnknownLink}</p><p lang=\"en\">{IncidentWords.Of("en").UnknownLink}</p>"), StatusCodes.Status404NotFound);

    private static string Quote(Comment comment, IncidentWords words)
    {
        var link = comment.Permalink is { } address && WebAddress.IsValid(address) ? $"<p><a rel=\"noreferrer noopener\" href=\"{Text(address)}\">{words.OneOf}</a></p>\n" : "";
        return $"<p><strong>{Text(comment.Author?.Name ?? words.Somebody)}</strong>, {Text(comment.Channel)} ({Text(comment.Key.Platform.ToString())})</p>\n<blockquote>{Text(comment.Text)}</blockquote>\n{link}";
    }

    private static string Form(Incident incident, bool isProtected, IncidentWords words) => $"""
        <form method="post">
        <p><label for="name">{words.YourName}</label><br><input id="name" name="name" maxlength="{IncidentFunctions.LongestName}" autocomplete="name" required></p>
        <p><label for="note">{(incident.State == IncidentState.Closed ? words.Note : words.NoteForClosing)}</label><br><textarea id="note" name="note" rows="3" maxlength="{IncidentFunctions.LongestNote}"></textarea></p>
        {(incident.State == IncidentState.Open ? Button("acknowledge", words.Acknowledge) : "")}
        {(incident.State == IncidentState.Closed ? "" : Button("close", words.Close))}
        {(isProtected ? Button("end-protection", words.EndProtection) : "")}
        </form>
        """;

    private static string Button(string reaction, string label) => $"<button name=\"reaction\" value=\"{reaction}\">{label}</button>";

    private static string Document(string language, string title, string body) =>
        $"<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
        + $"<title>{Text(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private sealed class Html(string page, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "no-store";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            return response.WriteAsync(page, httpContext.RequestAborted);
        }
    }
}
