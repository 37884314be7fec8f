using System.Globalization;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>The digest's words, in the community's language.</summary>
public abstract class DigestWords
{
    public static DigestWords Of(string language) => language == "en" ? new English() : new Italian();

    public abstract CultureInfo Culture { get; }

    /// <summary>The mail's subject: the verdict and one number.</summary>
    public abstract string Subject(Digest digest);

    public abstract string Heading(Digest digest);
    public abstract string PartialNote { get; }
    public abstract string EmptyDay { get; }
    public abstract string NeedsYou { get; }
    public abstract string NothingNeedsYou { get; }
    public abstract string ShownOf(int shown, int total);
    public abstract string ByChannel { get; }
    public abstract string Channel { get; }
    public abstract string Comments { get; }
    public abstract string Negative { get; }
    public abstract string Neutral { get; }
    public abstract string Positive { get; }
    public abstract string WhatWasDone { get; }
    public abstract string Of(Decision decision);
    public abstract string RemovedByAuthors { get; }
    public abstract string ShadowRules { get; }
    public abstract string WouldHaveDecided(int comments);

    /// <summary>Why a comment is where it is: the name of the community's own rule, else what the built-in one says.</summary>
    public string Because(Digest digest, string rule) =>
        digest.RuleNames.GetValueOrDefault(rule) ?? BuiltIn(rule.StartsWith("built-in/", StringComparison.Ordinal) ? rule["built-in/".Length..] : rule);

    protected abstract string BuiltIn(string rule);
    public abstract string Open { get; }
    public abstract string Anonymous { get; }
    public abstract string NothingLost { get; }
    public abstract string Accounts(Completeness accounts);

    public string Day(DateOnly date) => date.ToString("dddd d MMMM yyyy", Culture);

    private sealed class Italian : DigestWords
    {
        public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("it-IT");

        public override string Subject(Digest digest) =>
            digest.Completeness.Lost > 0 ? $"{digest.Name}: attenzione, {Count(digest.Completeness.Lost, "commento risulta perso", "commenti risultano persi")}"
            : digest.Completeness.Received == 0 ? $"{digest.Name}: nessun commento"
            : digest.AttentionTotal > 0 ? $"{digest.Name}: {Count(digest.AttentionTotal, "commento ti aspetta", "commenti ti aspettano")}"
            : $"{digest.Name}: tutto tranquillo, {Count(digest.Completeness.Received, "commento", "commenti")}";

        public override string Heading(Digest digest) => $"{digest.Name}, {Day(digest.Date)}";
        public override string PartialNote => "La giornata non è ancora finita: questi sono i numeri fino a questo momento.";
        public override string EmptyDay => "In questa giornata non è arrivato nessun commento.";
        public override string NeedsYou => "Ha bisogno di te";
        public override string NothingNeedsYou => "Nessun commento aspetta una tua decisione.";
        public override string ShownOf(int shown, int total) => $"{shown} su {total}";
        public override string ByChannel => "L’umore, canale per canale";
        public override string Channel => "Canale";
        public override string Comments => "Commenti";
        public override string Negative => "Negativi";
        public override string Neutral => "Neutri";
        public override string Positive => "Positivi";
        public override string WhatWasDone => "Che cosa è stato deciso";

        public override string Of(Decision decision) => decision switch
        {
            Decision.Approve => "Approvati",
            Decision.Hide => "Nascosti",
            Decision.Hold => "In attesa di te",
            Decision.Delete => "Cancellati",
            _ => "Da guardare subito (restano visibili)",
        };

        public override string RemovedByAuthors => "Tolti da chi li aveva scritti o dalla piattaforma";

        public override string ShadowRules => "Regole in prova: che cosa avrebbero cambiato";
        public override string WouldHaveDecided(int comments) => Count(comments, "commento", "commenti");

        protected override string BuiltIn(string rule) => rule switch
        {
            "nothing-to-read" => "non c’è testo da leggere: un’immagine, uno sticker o un allegato",
            "distress" => "forse chi scrive sta male: conviene guardare subito, con tatto",
            "threat" => "sembra una minaccia o un augurio di violenza",
            "attack" => "sembra offendere o attaccare qualcuno",
            "rude-words" => "contiene parole offensive o volgari",
            "stars-disagree" => "le stelle e le parole della recensione dicono l’opposto",
            "spam" => "sembra pubblicità non richiesta o una truffa",
            "protective-mode" => "il canale era protetto, e chi scrive è nuovo o ha messo un link",
            "links-from-newcomer" => "primo commento di questa persona, e contiene un link",
            "several-links" => "contiene link a tre o più siti",
            "repeat-offender" => "negli ultimi sette giorni altri commenti di questa persona sono stati trattenuti",
            "very-negative" => "il tono è molto scontento: meglio rispondere presto",
            "unclear" => "non è chiaro in che senso sia scritto",
            "otherwise" => "nessuna regola ha deciso",
            _ => rule,
        };

        public override string Open => "Apri il commento";
        public override string Anonymous => "Autore sconosciuto";
        public override string NothingLost => "Non si è perso nulla.";

        public override string Accounts(Completeness a) =>
            $"Ricevuti {N(a.Received)}, decisi {N(a.Decided)}, doppioni {N(a.Duplicates)}, in corso {N(a.Waiting)}, parcheggiati {N(a.Parked)}, persi {N(a.Lost)}.";
    }

    private sealed class English : DigestWords
    {
        public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-GB");

        public override string Subject(Digest digest) =>
            digest.Completeness.Lost > 0 ? $"{digest.Name}: attention, {Count(digest.Completeness.Lost, "comment is lost", "comments are lost")}"
            : digest.Completeness.Received == 0 ? $"{digest.Name}: no comments"
            : digest.AttentionTotal > 0 ? $"{digest.Name}: {Count(digest.AttentionTotal, "comment is waiting for you", "comments are waiting for you")}"
            : $"{digest.Name}: all quiet, {Count(digest.Completeness.Received, "comment", "comments")}";

        public override string Heading(Digest digest) => $"{digest.Name}, {Day(digest.Date)}";
        public override string PartialNote => "The day is not over yet: these are the figures so far.";
        public override string EmptyDay => "No comment arrived on this day.";
        public override string NeedsYou => "Needs you";
        public override string NothingNeedsYou => "No comment is waiting for your decision.";
        public override string ShownOf(int shown, int total) => $"{shown} of {total}";
        public override string ByChannel => "The mood, channel by channel";
        public override string Channel => "Channel";
        public override string Comments => "Comments";
        public override string Negative => "Negative";
        public override string Neutral => "Neutral";
        public override string Positive => "Positive";
        public override string WhatWasDone => "What was decided";

        public override string Of(Decision decision) => decision switch
        {
            Decision.Approve => "Approved",
            Decision.Hide => "Hidden",
            Decision.Hold => "Waiting for you",
            Decision.Delete => "Deleted",
            _ => "To look at right away (still visible)",
        };

        public override string RemovedByAuthors => "Taken down by their authors or by the platform";

        public override string ShadowRules => "Rules on trial: what they would have changed";
        public override string WouldHaveDecided(int comments) => Count(comments, "comment", "comments");

        protected override string BuiltIn(string rule) => rule switch
        {
            "nothing-to-read" => "there is no text to read: a picture, a sticker or an attachment",
            "distress" => "whoever wrote it may be in distress: better to look now, and gently",
            "threat" => "it seems to threaten or to wish violence",
            "attack" => "it seems to insult or to attack somebody",
            "rude-words" => "it has insulting or obscene words",
            "stars-disagree" => "the review’s stars and its words say opposite things",
            "spam" => "it looks like unwanted advertising or a swindle",
            "protective-mode" => "the channel was protected, and its author is new or put a link",
            "links-from-newcomer" => "this person’s first comment, and it has a link",
            "several-links" => "it links to three or more sites",
            "repeat-offender" => "other comments of this person were withheld in the last seven days",
            "very-negative" => "it sounds very unhappy: better to answer soon",
            "unclear" => "it is not clear how it is meant",
            "otherwise" => "no rule decided",
            _ => rule,
        };

        public override string Open => "Open the comment";
        public override string Anonymous => "Unknown author";
        public override string NothingLost => "Nothing was lost.";

        public override string Accounts(Completeness a) =>
            $"Received {N(a.Received)}, decided {N(a.Decided)}, duplicates {N(a.Duplicates)}, under way {N(a.Waiting)}, parked {N(a.Parked)}, lost {N(a.Lost)}.";
    }

    private string N(int number) => number.ToString("N0", Culture);

    private string Count(int number, string one, string many) => $"{N(number)} {(number == 1 ? one : many)}";
}
