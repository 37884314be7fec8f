using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>The page on which a recipient ends mails of one kind, or wants them again, in their language.</summary>
internal static class UnsubscribePage
{
    public static IResult Of(Subscription subscription, bool isSubscribed, bool isDone)
    {
        var words = subscription.Language == "it" ? Words.Italian : Words.English;
        var state = isSubscribed ? words.Subscribed : words.Unsubscribed;
        var body = string.Join('\n',
            $"<h1>{HtmlPage.Text(subscription.Community.Name)}: {HtmlPage.Text(words.Edition(subscription.Edition))}</h1>",
            isDone ? $"<p class=\"notice\" role=\"status\">{words.Done}</p>" : "",
            $"<p>{string.Format(CultureInfo.InvariantCulture, state, $"<strong>{HtmlPage.Text(subscription.Address)}</strong>")}</p>",
            $"<form method=\"post\"><button name=\"action\" value=\"{(isSubscribed ? "unsubscribe" : "subscribe")}\">{(isSubscribed ? words.Unsubscribe : words.Subscribe)}</button></form>");
        return HtmlPage.Of(subscription.Language, subscription.Community.Name, body, StatusCodes.Status200OK);
    }

    private sealed record Words(string Subscribed, string Unsubscribed, string Done, string Unsubscribe, string Subscribe, Func<string, string> Edition)
    {
        public static readonly Words Italian = new(
            "Queste mail arrivano a {0}.", "Queste mail non arrivano più a {0}.", "Fatto.", "Non le voglio più", "Le voglio di nuovo",
            edition => edition switch
            {
                Editions.Daily => "il riepilogo di ogni giorno",
                Editions.Weekly => "il riepilogo della settimana",
                Editions.Alarms => "gli avvisi quando l'umore cambia",
                Editions.Escalations => "gli avvisi di cui nessuno si è occupato in tempo",
                _ => $"i commenti affidati al gruppo «{Team(edition)}»",
            });

        public static readonly Words English = new(
            "These mails are sent to {0}.", "These mails are no longer sent to {0}.", "Done.", "I do not want them any more", "I want them again",
            edition => edition switch
            {
                Editions.Daily => "every day's digest",
                Editions.Weekly => "the week's digest",
                Editions.Alarms => "alarms when the mood turns",
                Editions.Escalations => "alarms that nobody saw to in time",
                _ => $"comments handed to the team “{Team(edition)}”",
            });

        private static string Team(string edition) => edition[Editions.TeamPrefix.Length..];
    }
}
