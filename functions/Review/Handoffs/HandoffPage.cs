using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Review;

/// <summary>The page on which a team reacts, in the community's language.</summary>
internal static class HandoffPage
{
    public static IResult Of(Community community, Handoff handoff, Outcome? outcome, int status, bool? notice)
    {
        var words = community.Language == "it" ? Words.Italian : Words.English;
        var body = string.Join('\n',
            $"<h1>{Text(community.Name)}: {Text(string.Format(CultureInfo.InvariantCulture, words.For, handoff.Team))}</h1>",
            notice switch { true => $"<p class=\"notice\" role=\"status\">{words.Thanks}</p>", false => $"<p class=\"notice\" role=\"status\">{words.Already}</p>", null => "" },
            $"<p>{words.StateOf(handoff.State)}{(handoff.State == HandoffState.Open ? " " + Text(string.Format(CultureInfo.InvariantCulture, words.Until, Time(handoff.DueAt, community))) : "")}</p>",
            outcome is null ? $"<p>{words.Gone}</p>" : CommentOf(outcome, community, words),
            handoff.IsOver || outcome is null ? "" : Form(handoff, words));
        return HtmlPage.Of(community.Language, community.Name, body, status);
    }

    private static string CommentOf(Outcome outcome, Community community, Words words)
    {
        var comment = outcome.Comment;
        var who = comment.Author is { } author ? author.Name ?? author.Id : words.Somebody;
        var link = comment.Permalink is { } address && WebAddress.IsValid(address) ? $"<p><a rel=\"noreferrer noopener\" href=\"{Text(address)}\">{words.Open}</a></p>" : "";
        return $"<p><strong>{Text(who)}</strong>, {Text(comment.Key.Platform.ToString())} ({Text(comment.Channel)}), {Time(comment.CreatedAt ?? comment.FirstReceivedAt, community)}</p>\n"
            + $"<blockquote>{Text(comment.Text)}</blockquote>\n{link}";
    }

    private static string Form(Handoff handoff, Words words) => $"""
        <form method="post">
        <p><label for="note">{words.Note}</label><br><textarea id="note" name="note" rows="3" maxlength="500"></textarea></p>
        {(handoff.State == HandoffState.Open ? Button("acknowledged", words.Acknowledge) : "")}
        {Button("answered", words.Answered)}
        {Button("returned", words.Return)}
        </form>
        """;

    private static string Button(string reaction, string label) => $"<button name=\"reaction\" value=\"{reaction}\">{label}</button>";

    private static string Text(string text) => HtmlPage.Text(text);

    private static string Time(DateTimeOffset time, Community community) =>
        TimeZoneInfo.ConvertTime(time, community.Zone).ToString("d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo(community.Language == "it" ? "it-IT" : "en-GB"));

    private sealed record Words(
        string For, string Thanks, string Already, string Until, string Gone, string Somebody, string Open, string Note, string Acknowledge, string Answered, string Return,
        Func<HandoffState, string> StateOf)
    {
        public static readonly Words Italian = new(
            "un commento per il gruppo «{0}»", "Fatto, grazie.", "Era già stato fatto: non è cambiato nulla.", "Tempo di risposta: entro il {0}.",
            "Nel frattempo il commento è stato tolto o modificato: non c'è più niente da fare.", "Una persona", "Apri dove è stato scritto", "Una nota per chi cura la comunità (facoltativa)",
            "L'ho visto", "Ho risposto", "Non è per noi: rimandalo indietro",
            state => state switch
            {
                HandoffState.Acknowledged => "Il vostro gruppo ha detto di averlo visto.",
                HandoffState.Answered => "Il vostro gruppo ha risposto.",
                HandoffState.Returned => "Il vostro gruppo lo ha rimandato indietro.",
                HandoffState.Late => "Il tempo è passato: se ne occupa di nuovo chi cura la comunità.",
                _ => "Aspetta il vostro gruppo.",
            });

        public static readonly Words English = new(
            "a comment for the team “{0}”", "Done, thank you.", "That had been done already: nothing has changed.", "To be answered by {0}.",
            "Meanwhile the comment was taken down or changed: there is nothing left to do.", "Somebody", "Open it where it was written", "A note for those who look after the community (optional)",
            "I have seen it", "I have answered", "It is not ours: send it back",
            state => state switch
            {
                HandoffState.Acknowledged => "Your team said that it has seen it.",
                HandoffState.Answered => "Your team has answered.",
                HandoffState.Returned => "Your team has sent it back.",
                HandoffState.Late => "Time has passed: those who look after the community see to it again.",
                _ => "It waits for your team.",
            });
    }
}
