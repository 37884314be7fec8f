using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

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
    public static IResult Of(Community community, Incident incident, IReadOnlyList<Comment> comments, bool isProtected, int status, PageNotice notice)
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
            comments.Count == 0 ? "" : $"<h2>{words.SomeSay}</h2>\n{string.Concat(comments.Select(c => Quote(c, words)))}",
            incident.State == IncidentState.Closed && !isProtected ? "" : Form(incident, isProtected, words),
            $"<h2>{words.Timeline}</h2>\n<ul>{string.Concat(incident.Timeline.Select(e => $"<li>{Text(words.Time(e.At, community.Zone))}: {Text(words.Happened(e, incident))}</li>\n"))}</ul>");
        return HtmlPage.Of(community.Language, community.Name, body, status);
    }

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

    private static string Text(string text) => HtmlPage.Text(text);
}
