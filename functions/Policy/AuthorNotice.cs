using System.Globalization;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>
/// What to tell an author whose comment was restricted. Its parts are those of a statement of reasons in Regulation (EU) 2022/2065
/// (Digital Services Act), article 17(3): what was restricted, the facts, whether automated means were used, the ground, how to object.
/// </summary>
/// <param name="Language">The language it is written in: the author's, if it is one of ours, else the community's.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The notice, plain text.</param>
public sealed record AuthorNotice(string Language, string Subject, string Text)
{
    /// <returns>Null where nothing was restricted: there is nothing to explain.</returns>
    public static AuthorNotice? Of(Outcome outcome, Community community, Guidelines? guidelines, string? contact)
    {
        if (outcome is not { Removed: false, Decision: Decision.Hide or Decision.Hold or Decision.Delete, Verdict: { } verdict, Signals: { } signals })
            return null;
        var language = signals.Language is "it" or "en" ? signals.Language : community.Language;
        var paragraph = verdict.Paragraph is { } number ? guidelines?.Find(number, language) : null;
        return language == "it" ? Italian(outcome, verdict, community, paragraph, contact) : English(outcome, verdict, community, paragraph, contact);
    }

    private static AuthorNotice Italian(Outcome outcome, Verdict verdict, Community community, Paragraph? paragraph, string? contact)
    {
        var done = outcome.Decision switch
        {
            Decision.Hide => "è stato nascosto agli altri",
            Decision.Delete => "è stato rimosso",
            _ => "è in attesa che una persona lo legga e per ora non è visibile agli altri",
        };
        var restricted = verdict.RestrictAuthor ? " Inoltre, per qualche tempo non sarà possibile scrivere altri commenti." : "";
        var facts = $"Il controllo riguarda il testo del commento{(outcome.Strike ? " e i commenti precedenti" : "")}.";
        var ground = paragraph is null
            ? "Il motivo: il commento sembra contrario alle regole di questa comunità."
            : $"La regola applicata è il paragrafo {paragraph.Number} delle nostre linee guida, «{paragraph.Title}»:\n\n{Plain(paragraph.Text)}";
        var objection = contact is null
            ? "Chi pensa che sia un errore può rispondere a questo messaggio: una persona rileggerà il commento."
            : $"Chi pensa che sia un errore può scrivere a {contact}: una persona rileggerà il commento.";
        return new AuthorNotice("it", $"{community.Name}: un commento del {Day(outcome, community, "it-IT")}", string.Join("\n\n",
            $"Il commento pubblicato su {community.Name} ({Where(outcome)}) il {Day(outcome, community, "it-IT")} {done}.{restricted}",
            facts,
            ground,
            outcome.Ruling is null
                ? "La decisione è stata presa automaticamente, secondo le regole stabilite dalle persone che curano la comunità."
                : "La decisione è stata presa da una persona.",
            objection));
    }

    private static AuthorNotice English(Outcome outcome, Verdict verdict, Community community, Paragraph? paragraph, string? contact)
    {
        var done = outcome.Decision switch
        {
            Decision.Hide => "has been hidden from others",
            Decision.Delete => "has been removed",
            _ => "is waiting for a person to read it, and is not visible to others for now",
        };
        var restricted = verdict.RestrictAuthor ? " In addition, you cannot write further comments for some time." : "";
        var facts = $"What was looked at is the text of the comment{(outcome.Strike ? " and earlier comments" : "")}.";
        var ground = paragraph is null
            ? "The reason: the comment seems to be against the rules of this community."
            : $"The rule applied is paragraph {paragraph.Number} of our guidelines, “{paragraph.Title}”:\n\n{Plain(paragraph.Text)}";
        var objection = contact is null
            ? "If you think this is a mistake, answer this message: a person will read your comment again."
            : $"If you think this is a mistake, write to {contact}: a person will read your comment again.";
        return new AuthorNotice("en", $"{community.Name}: your comment of {Day(outcome, community, "en-GB")}", string.Join("\n\n",
            $"Your comment on {community.Name} ({Where(outcome)}) of {Day(outcome, community, "en-GB")} {done}.{restricted}",
            facts,
            ground,
            outcome.Ruling is null
                ? "The decision was taken automatically, by rules that the people who look after the community have set."
                : "The decision was taken by a person.",
            objection));
    }

    private static string Where(Outcome outcome) => outcome.Comment.Permalink ?? outcome.Key.Platform.ToString();

    private static string Day(Outcome outcome, Community community, string culture) =>
        TimeZoneInfo.ConvertTime(outcome.Comment.CreatedAt ?? outcome.Comment.FirstReceivedAt, community.Zone).ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(culture));

    /// <summary>Markdown's signs for emphasis are no help in a plain text.</summary>
    private static string Plain(string markdown) => markdown.Replace("**", "", StringComparison.Ordinal).Replace("__", "", StringComparison.Ordinal);
}
