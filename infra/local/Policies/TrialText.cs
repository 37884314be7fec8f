using System.Globalization;
using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Local.Policies;

/// <summary>What a policy says to a comment, for people.</summary>
internal static class TrialText
{
    public static void Write(TrialAnswer answer, string language, TextWriter output)
    {
        var italian = language == "it";
        Line("decision", "decisione", $"{Of(answer.Decision, italian)}");
        Line("rule", "regola", answer.RuleName is null ? answer.Rule : $"{answer.Rule} ({answer.RuleName})");
        Line("because", "perché", answer.Because);
        if (answer.Paragraph is not null)
            Line("paragraph", "paragrafo", answer.Paragraph);
        if (answer.Route is { } route)
            Line("route", "va a", route.Team);
        if (answer.Reply is { } reply)
            Line(reply.Automatic ? "answer sent" : "suggested answer", reply.Automatic ? "risposta inviata" : "risposta proposta", $"{reply.Text} ({reply.Template})");
        if (answer.Labels.Count > 0)
            Line("labels", "etichette", string.Join(", ", answer.Labels));
        if (answer.Notify.Count > 0)
            Line("told", "avvisati", string.Join(", ", answer.Notify));
        if (answer.Strike)
            Line("strike", "richiamo", italian ? "sì" : "yes");
        if (answer.RestrictAuthor)
            Line("author restricted", "autore limitato", italian ? "sì" : "yes");
        if (answer.Shadows.Count > 0)
            Line("on trial", "in prova", string.Join(", ", answer.Shadows.Select(s => s.Decision is { } d ? $"{s.Rule}: {Of(d, italian)}" : s.Rule)));
        Line("rules that apply", "regole che valgono", answer.RulesThatApply.Count == 0 ? (italian ? "nessuna" : "none") : string.Join(", ", answer.RulesThatApply.Select(r => answer.Shadows.Any(s => s.Rule == r) ? $"{r} ({(italian ? "in prova" : "on trial")})" : r)));
        Line("signals", "segnali", Signals(answer.Signals, italian));

        void Line(string english, string inItalian, string text) => output.WriteLine($"{(italian ? inItalian : english) + ":",-20} {text}");
    }

    private static string Signals(Signals s, bool italian)
    {
        var sentiment = (s.Sentiment, italian) switch
        {
            (Sentiment.Negative, true) => "negativo",
            (Sentiment.Neutral, true) => "neutro",
            (Sentiment.Positive, true) => "positivo",
            _ => s.Sentiment.ToString().ToLowerInvariant(),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sentiment} {s.Confidence:0.00}, anger {s.Anger:0.00}, toxicity {s.Harm.Toxicity:0.00}, insult {s.Harm.Insult:0.00}, threat {s.Harm.Threat:0.00}, spam {s.Spam:0.00}, distress {s.Distress:0.00}, intent {(s.Intents.Count == 0 ? "other" : string.Join("+", s.Intents.Select(i => i.Intent.Name())))}, language {s.Language}, links {s.LinkHosts.Count}");
    }

    private static string Of(Decision decision, bool italian) => italian
        ? decision switch
        {
            Decision.Approve => "approva (approve)",
            Decision.Hide => "nascondi (hide)",
            Decision.Hold => "trattieni (hold)",
            Decision.Delete => "elimina (delete)",
            _ => "resta visibile, e una persona guarda subito (escalate)",
        }
        : decision.ToString().ToLowerInvariant();
}
