using System.Globalization;
using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>The digest in Italian, as to somebody one says <i>tu</i> to.</summary>
internal sealed class ItalianWords : DigestWords
{
    /// <summary>Between a number and its percent sign: they stay on one line.</summary>
    private const string Percents = "\u00a0%";

    public override string Language => "it";
    public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("it-IT");

    protected override string Verdict(Digest digest) => digest.Verdict switch
    {
        DayVerdict.Lost => $"attenzione, {Count(digest.VerdictNumber, "commento risulta perso", "commenti risultano persi")}",
        DayVerdict.Alarm => $"allarme, {Count(digest.VerdictNumber, "persona coinvolta", "persone coinvolte")}",
        DayVerdict.NeedsYou => Count(digest.VerdictNumber, "commento ti aspetta", "commenti ti aspettano"),
        DayVerdict.Quiet => $"tutto tranquillo, {Count(digest.VerdictNumber, "commento", "commenti")}",
        _ => "nessun commento",
    };

    public override string VerdictSentence(Digest digest) => digest.Verdict switch
    {
        DayVerdict.Lost => digest.VerdictNumber == 1 ? "Attenzione: di un commento si sono perse le tracce. I conti sono in fondo." : $"Attenzione: di {N(digest.VerdictNumber)} commenti si sono perse le tracce. I conti sono in fondo.",
        DayVerdict.Alarm => digest.VerdictNumber == 1 ? "C’è un allarme, e riguarda una persona. Comincia da qui." : $"C’è un allarme, e coinvolge {N(digest.VerdictNumber)} persone. Comincia da qui.",
        DayVerdict.NeedsYou => digest.VerdictNumber == 1 ? "C’è un commento che aspetta te." : $"Ci sono {N(digest.VerdictNumber)} commenti che aspettano te.",
        DayVerdict.Quiet => digest.VerdictNumber == 1 ? "Tutto tranquillo: un commento, e niente da fare." : $"Tutto tranquillo: {N(digest.VerdictNumber)} commenti, e niente da fare.",
        _ => "Tutto fermo: non è successo nulla.",
    };

    protected override string TeamVerdict(int open) => open == 0 ? "nulla in sospeso" : Count(open, "commento vi aspetta", "commenti vi aspettano");
    public override string TeamName(string team) => $"team {team}";

    public override string PartialNote(bool week) => week
        ? "La settimana non è ancora finita: questi sono i numeri fino a questo momento."
        : "La giornata non è ancora finita: questi sono i numeri fino a questo momento.";

    public override string NoComments(bool week) => week ? "In questa settimana non è arrivato nessun commento." : "In questa giornata non è arrivato nessun commento.";
    public override string ShownOf(int shown, int total) => $"{N(shown)} su {N(total)}";

    public override string Alarms => "Allarmi";

    public override string Gravity(Level level, ScopeKind kind) => (level, kind) switch
    {
        (_, ScopeKind.Raid) => "Assalto: persone mai viste scrivono tutte la stessa cosa",
        (Level.Mutiny, _) => "Rivolta: in tanti, tutti insieme, per lo stesso motivo",
        (Level.Crisis, _) => "Crisi: molta gente scontenta, ben più del solito",
        (Level.Unrest, _) => "Malumore: più gente scontenta del solito",
        (Level.Complaint, _) => "Una persona arrabbiata che nessuno ha ancora ascoltato",
        _ => "Tornata la calma",
    };

    public override string Involved(int people, string where) => $"{Count(people, "persona", "persone")}{(where.Length > 0 ? $" su {where}" : "")}";
    public override string Began(string when) => $"Da {when}";
    public override string Ended(string? when) => when is null ? "ancora in corso" : $"finito {when}";
    public override string LookedAfterBy(string? owner) => owner is null ? "Nessuno se ne occupa ancora." : $"Se ne occupa {owner}.";

    public override string NeedsYou => "Ha bisogno di te";
    public override string NothingNeedsYou => "Nessun commento aspetta una tua decisione.";
    public override string On(string where) => $"su {where}";

    public override string WaitsBecause(string cause) => cause switch
    {
        "edited" => "chi l’ha scritto l’ha cambiato dopo la decisione",
        "returned" => "il team a cui l’avevi affidato te l’ha restituito",
        "proposed" => "c’è già una proposta: manca il tuo sì",
        _ => "va guardato da una persona",
    };

    public override string NotTheRule => "una persona ha preferito aspettare";
    public override string StillVisible => "Intanto è visibile a tutti.";
    public override string TakenDown => "Nel frattempo il commento è stato tolto.";

    public override string Waits(TimeSpan age, TimeSpan late) => late > TimeSpan.Zero ? $"Aspetta {Since(age)}, in ritardo di {Span(late)}." : $"Aspetta {Since(age)}.";

    public override string ByChannel => "Come va, canale per canale";

    public override string WhoWrote(ChannelDay channel) =>
        $"{Count(channel.Comments, "commento", "commenti")} di {Count(channel.People, "persona", "persone")}{(channel.Newcomers switch
        {
            0 => "",
            1 => ", una per la prima volta",
            _ => $", {N(channel.Newcomers)} per la prima volta",
        })}";

    public override string MoodFigures(ChannelDay channel) => $"Negativi {N(channel.Negative)} · Neutri {N(channel.Neutral)} · Positivi {N(channel.Positive)}";

    public override string Beside(ChannelDay channel)
    {
        var total = channel.Negative + channel.Neutral + channel.Positive;
        var figures = $"{Percent(channel.Negative, total)}{Percents} negativi su {N(total)}, di solito {Percent(channel.BeforeNegative, channel.BeforeComments)}{Percents} su {N(channel.BeforeComments)}.";
        return channel.Beside switch
        {
            MoodBeside.Worse => $"Più scontento del solito: {figures}",
            MoodBeside.Better => $"Più contento del solito: {figures}",
            MoodBeside.Usual => $"Come al solito: {figures}",
            _ => "Ancora poco per confrontare.",
        };
    }

    public override string Causes => "Di che cosa si lamenta la gente";
    public override string NoTitle => "Motivi diversi, senza un filo comune";

    public override string CauseFigures(CauseItem cause, string where) =>
        $"{Count(cause.People, "persona", "persone")}, {Count(cause.Comments, "commento", "commenti")}{(where.Length > 0 ? $", su {where}" : "")}.";

    public override string OpenFor(int days) => days <= 1 ? "Comincia oggi." : $"Aperto da {N(days)} giorni.";

    public override string Questions => "Domande che tornano, con una risposta da preparare";

    public override string QuestionFigures(QuestionItem question, string where)
    {
        var before = question.PeopleBefore == 0 ? "nessuna nei sette prima" : $"{N(question.PeopleBefore)} nei sette prima";
        var unanswered = question.Unanswered switch { 0 => "", 1 => " Una non ha avuto risposta.", _ => $" {N(question.Unanswered)} non hanno avuto risposta." };
        return $"{Count(question.People, "persona", "persone")} negli ultimi sette giorni, {before}{(where.Length > 0 ? $"; su {where}" : "")}.{unanswered}";
    }

    public override string DraftIntro => "Bozza per le tue domande frequenti:";
    public override string Question => "Domanda";
    public override string Answer => "Risposta";

    public override string Handoffs => "Affidati a un team che non ha ancora risposto";
    public override string TeamHas(string team) => $"Team {team}";
    public override string ReactBy(string when, TimeSpan late) => late > TimeSpan.Zero ? $"Da vedere entro {when}: in ritardo di {Span(late)}." : $"Da vedere entro {when}.";
    public override string OpenHandoff => "Apri la pagina del team";

    public override string Threads => "Conversazioni da riprendere";

    public override string Of(ThreadHint hint) => hint == ThreadHint.WentQuiet ? "piaceva, poi si è fermata" : "qualcuno ha chiesto, e nessuno ha risposto";

    public override string ThreadFigures(ThreadItem thread, string last) =>
        $"{Count(thread.People, "persona", "persone")}, {Count(thread.Comments, "commento", "commenti")} in sette giorni, {Count(thread.Positive, "positivo", "positivi")}; l’ultimo {last}.";

    public override string People => "Le persone";

    public override string PeopleFigures(PeoplePart people) =>
        $"{(people.Wrote == 1 ? "Ha scritto una persona" : $"Hanno scritto {N(people.Wrote)} persone")}{(people.Newcomers switch
        {
            0 => "",
            1 => ", una per la prima volta",
            _ => $", {N(people.Newcomers)} per la prima volta",
        })}.";

    public override string FirstTimers => "Da accogliere";
    public override string StandardBearers => "Ti sostengono";
    public override string WonBack => "Riconquistati";
    public override string Offenders => "Da tenere d’occhio";

    public override string PolicyDid => "Che cosa è stato deciso";
    public override string HowManyCameToWhat => "Commenti, secondo la decisione che vale adesso";

    public override string Of(Decision decision) => decision switch
    {
        Decision.Approve => "Approvati",
        Decision.Hide => "Nascosti",
        Decision.Hold => "In attesa di te",
        Decision.Delete => "Cancellati",
        _ => "Da guardare subito (restano visibili)",
    };

    public override string RemovedByAuthors => "Tolti da chi li aveva scritti o dalla piattaforma";

    public override string Overruled(int byPeople, int overruled) =>
        $"{(byPeople == 1 ? "Su un commento ha deciso una persona" : $"Su {N(byPeople)} commenti ha deciso una persona")}{(overruled switch
        {
            0 => ", sempre come la regola",
            1 => ", una volta diversamente dalla regola",
            _ => $", {N(overruled)} volte diversamente dalla regola",
        })}.";

    public override string FairCriticism(int hidden, int fair) => (hidden, fair) switch
    {
        (1, 0) => "Il commento nascosto non era una critica civile.",
        (1, _) => "Il commento nascosto era una critica civile.",
        (_, 0) => $"Nessuno dei {N(hidden)} commenti nascosti era una critica civile.",
        (_, 1) => $"Dei {N(hidden)} commenti nascosti, uno ({Percent(fair, hidden)}{Percents}) era una critica civile.",
        _ => $"Dei {N(hidden)} commenti nascosti, {N(fair)} ({Percent(fair, hidden)}{Percents}) erano critiche civili.",
    };

    public override string FairCriticismWarning => "Forse le regole sono un po’ severe: chi critica con garbo di solito aspetta una risposta, e nasconderlo lo delude.";
    public override string CommonRules => "Le regole che hanno deciso più spesso";
    public override string RulesOnTrial => "Regole in prova: quanti commenti avrebbero deciso diversamente";

    public override string Events => "In calendario";

    public override string Of(EventKind kind) => kind switch
    {
        EventKind.Campaign => "Campagna",
        EventKind.Release => "Novità",
        EventKind.Outage => "Disservizio",
        EventKind.MeetUp => "Incontro",
        _ => "Nota",
    };

    public override string Of(Expectation expectation) => expectation switch
    {
        Expectation.Comments => "Ci si aspetta più commenti del solito.",
        Expectation.Complaints => "Ci si aspetta più lamentele del solito.",
        _ => "",
    };

    public override string FromTo(string from, string to) => $"Da {from} a {to}";
    public override string Everywhere => "su tutti i canali";
    public override string NotedBy(string who) => $"Lo ha segnato {who}.";

    public override string TeamPart(TeamPart part, bool week)
    {
        var when = week ? "In questa settimana" : "In questa giornata";
        var routed = part.Routed == 0 ? "non vi è stato affidato nulla" : $"vi {(part.Routed == 1 ? "è stato affidato un commento" : $"sono stati affidati {N(part.Routed)} commenti")}";
        var answered = part.Answered switch { 0 => "non ne avete chiuso nessuno", 1 => "ne avete chiuso uno", _ => $"ne avete chiusi {N(part.Answered)}" };
        var back = part.CameBack switch { 0 => "", 1 => ", uno è tornato indietro", _ => $", {N(part.CameBack)} sono tornati indietro" };
        return $"{when} {routed}; {answered}{back}.";
    }

    public override string TeamOpen => "Sono da voi";
    public override string NothingForTeam => "Adesso nessun commento è da voi. Buona giornata!";
    public override string Acknowledged(bool acknowledged) => acknowledged ? "L’avete già preso in carico." : "Nessuno di voi l’ha ancora preso in carico.";

    public override string Open => "Apri il commento";
    public override string Anonymous => "Autore sconosciuto";
    public override string AndMore(int channels) => channels == 1 ? "e un altro canale" : $"e altri {N(channels)} canali";
    public override string NothingLost => "Non si è perso nulla.";

    public override string Accounts(Completeness a) =>
        $"Ricevuti {N(a.Received)}, decisi {N(a.Decided)}, doppioni {N(a.Duplicates)}, in corso {N(a.Waiting)}, parcheggiati {N(a.Parked)}, persi {N(a.Lost)}.";

    public override string FooterNote(string community) => $"Ti scrive Moderato, che tiene d’occhio i commenti di {community}.";
    public override string OpenIncident => "Apri la pagina dell’allarme";
    public override string Unsubscribe => "Non voglio più queste mail";
    public override string Quoted(string text) => $"«{text}»";

    public override string Day(DateOnly date) => $"{date.ToString("dddd", Culture)} {DayOfMonth(date)} {date.ToString("MMMM yyyy", Culture)}";

    protected override string Week(DateOnly first, DateOnly last)
    {
        var begins = first.Year != last.Year ? $"{DayOfMonth(first)} {first.ToString("MMMM yyyy", Culture)}"
            : first.Month != last.Month ? $"{DayOfMonth(first)} {first.ToString("MMMM", Culture)}"
            : DayOfMonth(first);
        return $"settimana {With("dal", first)}{begins} {With("al", last)}{DayOfMonth(last)} {last.ToString("MMMM yyyy", Culture)}";
    }

    public override string Moment(DateTimeOffset local)
    {
        var day = DateOnly.FromDateTime(local.DateTime);
        return $"{day.ToString("dddd", Culture)} {DayOfMonth(day)} {day.ToString("MMMM", Culture)}, ore {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    protected override string? BuiltIn(string rule) => rule switch
    {
        "nothing-against-it" => "niente in contrario: resta com’è",
        "nothing-to-read" => "non c’è testo da leggere: un’immagine, uno sticker o un allegato",
        "distress" => "forse chi scrive sta male: conviene guardare subito, con tatto",
        "threat" => "sembra una minaccia o un augurio di violenza",
        "attack" => "sembra offendere o attaccare qualcuno",
        "rude-words" => "contiene parole offensive o volgari",
        "stars-disagree" => "le stelle e le parole della recensione dicono l’opposto",
        "spam" => "sembra pubblicità non richiesta o una truffa",
        "links-from-newcomer" => "primo commento di questa persona, e contiene un link",
        "protective-mode" => "il canale era protetto, e chi scrive è nuovo o ha messo un link",
        "several-links" => "contiene link a tre o più siti",
        "repeat-offender" => "negli ultimi sette giorni altri commenti di questa persona sono stati trattenuti",
        "very-negative" => "il tono è molto scontento: meglio rispondere presto",
        "unclear" => "non è chiaro in che senso sia scritto",
        "otherwise" => "nessuna regola ha deciso",
        _ => null,
    };

    /// <summary>The first of a month is its first; the others are numbers.</summary>
    private static string DayOfMonth(DateOnly date) => date.Day == 1 ? "1°" : date.Day.ToString(CultureInfo.InvariantCulture);

    /// <summary>Before a vowel, as in <i>otto</i> and <i>undici</i>, the article is elided.</summary>
    private static string With(string article, DateOnly date) => date.Day is 8 or 11 ? $"{article}l’" : $"{article} ";

    private string Since(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? "da poco" : $"da {Span(age)}";

    private string Span(TimeSpan span) =>
        span >= TimeSpan.FromDays(1) ? Some((int)span.TotalDays, "un giorno", "giorni")
        : span >= TimeSpan.FromHours(1) ? Some((int)span.TotalHours, "un’ora", "ore")
        : Some(Math.Max(1, (int)span.TotalMinutes), "un minuto", "minuti");

    private string Some(int number, string one, string many) => number == 1 ? one : $"{N(number)} {many}";
}
