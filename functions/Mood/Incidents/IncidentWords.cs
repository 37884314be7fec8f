using System.Globalization;
using Moderato.Mail;

namespace Moderato.Mood;

/// <summary>How people are told of an incident, in letters and on its page.</summary>
internal abstract class IncidentWords
{
    /// <summary>Below that, nobody is usual.</summary>
    private const double Nobody = 0.05;

    private const int MostNamed = 3;
    private const int LongestChannel = 40;

    public static IncidentWords Of(string language) => language == "en" ? new English() : new Italian();

    public abstract CultureInfo Culture { get; }
    protected abstract string Language { get; }
    public abstract string NameOf(Level level, ScopeKind kind);

    /// <summary>What the level means, in a sentence.</summary>
    public abstract string MeaningOf(Level level, ScopeKind kind);
    public abstract string People(int people);
    public abstract string Comments(int comments);
    public abstract string OnChannels(int channels);
    public abstract string Within(TimeSpan window);
    public abstract string Usual(double expected);
    public abstract string AllClear(string what);
    public abstract string NobodyYet(string verdict);
    public abstract string Again(string verdict);
    public abstract string HowMany { get; }
    public abstract string Where { get; }
    public abstract string Since { get; }
    public abstract string SomeSay { get; }
    public abstract string WhatToDo { get; }
    public abstract string SeeToIt { get; }
    public abstract string NothingToDo { get; }
    public abstract string PageIsFor { get; }
    public abstract string OpenPage { get; }
    public abstract string Quoted(string text);
    public abstract string NoLink { get; }
    public abstract string IsProtected { get; }
    public abstract string Unsubscribe { get; }
    public abstract string Somebody { get; }
    public abstract string OneOf { get; }
    public abstract string StateOf(Incident incident);
    public abstract string Happened(IncidentEvent happened, Incident incident);
    public abstract string Acknowledge { get; }
    public abstract string YourName { get; }
    public abstract string Note { get; }
    public abstract string NoteForClosing { get; }
    public abstract string Close { get; }
    public abstract string EndProtection { get; }
    public abstract string Timeline { get; }
    public abstract string Done { get; }
    public abstract string AlreadyDone { get; }
    public abstract string NeedsName { get; }
    public abstract string NeedsNote { get; }

    /// <summary>The verdict and the number, as in "Crisi: consegne e spedizioni, 14 persone su 3 canali".</summary>
    public string Verdict(Incident incident, Level level)
    {
        var where = incident.Channels.Count > 1 ? " " + OnChannels(incident.Channels.Count) : "";
        return $"{NameOf(level, incident.Scope.Kind)}: {About(incident)}, {People(incident.People)}{where}";
    }

    /// <summary>What it is about: concepts, else words, else where it is.</summary>
    public string About(Incident incident)
    {
        string[] labels = [.. incident.Concepts.Select(c => Topics.LabelOf(c, Language)), .. incident.Words];
        return labels.Length > 0 ? string.Join(", ", labels.Take(MostNamed)) : incident.Channels is [var channel, ..] ? ChannelName(channel) : Somebody;
    }

    public string Figures(Incident incident) => $"{People(incident.People)}, {Comments(incident.Comments)} {Within(incident.Window)} ({Usual(incident.Expected)})";

    public static string Places(Incident incident) => string.Join(", ", incident.Channels.Select(ChannelName));

    public string Time(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString("d MMMM yyyy, HH:mm", Culture);

    private static string ChannelName(EventChannel channel)
    {
        var name = Foreign.Cut(Foreign.OneLine(channel.Channel), LongestChannel);
        return channel.Platform.ToString() == channel.Channel ? name : $"{name} ({channel.Platform})";
    }

    /// <summary>0 to 1, 3 to 4; null where nobody is usual.</summary>
    protected static string? Range(double expected)
    {
        if (expected < Nobody)
            return null;
        var (low, high) = (Math.Floor(expected), Math.Ceiling(expected));
        return low == high ? low.ToString("0", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{low:0}-{high:0}");
    }

    private sealed class Italian : IncidentWords
    {
        public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("it-IT");
        protected override string Language => "it";

        public override string NameOf(Level level, ScopeKind kind) => (level, kind) switch
        {
            (Level.Calm, _) => "Tutto tranquillo",
            (_, ScopeKind.Raid) => "Attacco in corso",
            (Level.Complaint, _) => "Reclamo",
            (Level.Unrest, _) => "Malcontento",
            (Level.Crisis, _) => "Crisi",
            _ => "Rivolta",
        };

        public override string MeaningOf(Level level, ScopeKind kind) => (level, kind) switch
        {
            (Level.Calm, _) => "La situazione è tornata normale.",
            (_, ScopeKind.Raid) => "Persone mai viste scrivono quasi la stessa cosa, tutte insieme.",
            (Level.Complaint, _) => "Una persona scontenta ha scritto più volte e nessuno le ha ancora risposto.",
            (Level.Unrest, _) => "Più persone del solito sono scontente.",
            (Level.Crisis, _) => "Molte più persone del solito sono scontente.",
            _ => "In tanti protestano per lo stesso motivo, e in poco tempo.",
        };

        public override string People(int people) => people == 1 ? "1 persona" : $"{people.ToString(Culture)} persone";
        public override string Comments(int comments) => comments == 1 ? "1 commento" : $"{comments.ToString(Culture)} commenti";
        public override string OnChannels(int channels) => $"su {channels.ToString(Culture)} canali";
        public override string Within(TimeSpan window) => window <= TimeSpan.FromMinutes(5) ? "in 5 minuti" : window <= TimeSpan.FromHours(1) ? "in un’ora" : "in un giorno";
        public override string Usual(double expected) => Range(expected) is { } range ? $"di solito a quest’ora {(range == "1" ? "1 persona" : range + " persone")}" : "di solito a quest’ora nessuna";
        public override string AllClear(string what) => $"Rientrato: {what}";
        public override string NobodyYet(string verdict) => $"Nessuno se ne occupa ancora. {verdict}";
        public override string Again(string verdict) => $"Di nuovo: {verdict}";
        public override string HowMany => "Quanti sono";
        public override string Where => "Dove";
        public override string Since => "Da quando";
        public override string SomeSay => "Che cosa scrivono";
        public override string WhatToDo => "Che cosa fare";
        public override string SeeToIt => "Guarda i commenti, di’ ai colleghi che te ne occupi tu, e rispondi: una risposta pubblica e sincera calma più di un commento nascosto.";
        public override string NothingToDo => "Non c’è niente da fare. Se avevi promesso qualcosa, è il momento di mantenerlo.";
        public override string PageIsFor => "Chi se ne occupa?";
        public override string Quoted(string text) => $"«{text}»";
        public override string OpenPage => "Apri la pagina e di’ chi se ne occupa";
        public override string NoLink => "La pagina per rispondere non si può collegare, perché l’indirizzo di Moderato non è tra le sue impostazioni.";
        public override string IsProtected => "Il canale è protetto: i commenti di chi è nuovo e quelli con link aspettano una persona. Finisce da sé un’ora dopo l’ultimo commento dell’attacco.";
        public override string Unsubscribe => "Non ricevere più questi avvisi";
        public override string Somebody => "Una persona";
        public override string OneOf => "Apri il commento";

        public override string StateOf(Incident incident) => incident.State switch
        {
            IncidentState.Acknowledged => $"Se ne occupa {incident.Owner ?? incident.AcknowledgedBy}.",
            IncidentState.Over => "È rientrato.",
            IncidentState.Closed => $"L’ha chiuso {incident.ClosedBy}: {incident.ClosingNote}",
            _ => "Nessuno ha ancora detto che se ne occupa.",
        };

        public override string Happened(IncidentEvent happened, Incident incident) => happened.What switch
        {
            IncidentEventKind.Opened => $"Si è aperto: {NameOf(happened.Level, incident.Scope.Kind)}",
            IncidentEventKind.Reopened => $"È ricominciato: {NameOf(happened.Level, incident.Scope.Kind)}",
            IncidentEventKind.LevelChanged => $"Ora è: {NameOf(happened.Level, incident.Scope.Kind)}",
            IncidentEventKind.CauseFound => "Si è capito di che cosa si tratta",
            IncidentEventKind.Acknowledged => $"{happened.By} ha detto: ci penso io",
            IncidentEventKind.OwnerSet => $"{happened.By} l’ha affidato a {happened.Note}",
            IncidentEventKind.Noted => $"{happened.By}: {happened.Note}",
            IncidentEventKind.Escalated => "Nessuno se ne occupava: sono stati avvisati altri",
            IncidentEventKind.ProtectionBegan => "Il canale è stato protetto",
            IncidentEventKind.ProtectionEnded => happened.By is null ? "La protezione del canale è finita" : $"{happened.By} ha tolto la protezione del canale",
            IncidentEventKind.AllClear => "È rientrato",
            IncidentEventKind.Joined => "Fa parte di un altro caso, che continua",
            _ => $"{happened.By} l’ha chiuso: {happened.Note}",
        };

        public override string Acknowledge => "Ci penso io";
        public override string YourName => "Il tuo nome";
        public override string Note => "Una nota per i colleghi";
        public override string NoteForClosing => "Una nota per i colleghi (per chiudere serve)";
        public override string Close => "Chiudi";
        public override string EndProtection => "Togli la protezione del canale";
        public override string Timeline => "Che cosa è successo";
        public override string Done => "Fatto, grazie.";
        public override string AlreadyDone => "Non è cambiato nulla: era già stato fatto, o non si può più fare.";
        public override string NeedsName => "Scrivi il tuo nome: i colleghi devono sapere chi se ne occupa.";
        public override string NeedsNote => "Per chiudere scrivi una nota: che cosa era, che cosa è stato fatto.";
    }

    private sealed class English : IncidentWords
    {
        public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-GB");
        protected override string Language => "en";

        public override string NameOf(Level level, ScopeKind kind) => (level, kind) switch
        {
            (Level.Calm, _) => "All calm",
            (_, ScopeKind.Raid) => "Raid",
            (Level.Complaint, _) => "Complaint",
            (Level.Unrest, _) => "Unrest",
            (Level.Crisis, _) => "Crisis",
            _ => "Mutiny",
        };

        public override string MeaningOf(Level level, ScopeKind kind) => (level, kind) switch
        {
            (Level.Calm, _) => "Things are as usual again.",
            (_, ScopeKind.Raid) => "People never seen before write nearly the same, all at once.",
            (Level.Complaint, _) => "One unhappy person wrote several times, and nobody has answered yet.",
            (Level.Unrest, _) => "More people than usual are unhappy.",
            (Level.Crisis, _) => "Far more people than usual are unhappy.",
            _ => "Many people protest for the same reason, and within a short time.",
        };

        public override string People(int people) => people == 1 ? "1 person" : $"{people.ToString(Culture)} people";
        public override string Comments(int comments) => comments == 1 ? "1 comment" : $"{comments.ToString(Culture)} comments";
        public override string OnChannels(int channels) => $"on {channels.ToString(Culture)} channels";
        public override string Within(TimeSpan window) => window <= TimeSpan.FromMinutes(5) ? "in 5 minutes" : window <= TimeSpan.FromHours(1) ? "in an hour" : "in a day";
        public override string Usual(double expected) => Range(expected) is { } range ? $"usually {(range == "1" ? "1 person" : range + " people")} at this hour" : "usually nobody at this hour";
        public override string AllClear(string what) => $"Calm again: {what}";
        public override string NobodyYet(string verdict) => $"Nobody sees to it yet. {verdict}";
        public override string Again(string verdict) => $"Again: {verdict}";
        public override string HowMany => "How many";
        public override string Where => "Where";
        public override string Since => "Since when";
        public override string SomeSay => "What they write";
        public override string WhatToDo => "What to do";
        public override string SeeToIt => "Look at the comments, tell your colleagues that you see to it, and answer: a frank public answer calms more than a hidden comment.";
        public override string NothingToDo => "There is nothing to do. If you promised something, now is the time to keep it.";
        public override string PageIsFor => "Who sees to it?";
        public override string Quoted(string text) => $"“{text}”";
        public override string OpenPage => "Open the page and say who sees to it";
        public override string NoLink => "The page for this cannot be linked, since Moderato's address is not in its settings.";
        public override string IsProtected => "The channel is protected: comments by newcomers and with links wait for a person. It ends by itself an hour after the raid's last comment.";
        public override string Unsubscribe => "No longer receive these alarms";
        public override string Somebody => "Somebody";
        public override string OneOf => "Open the comment";

        public override string StateOf(Incident incident) => incident.State switch
        {
            IncidentState.Acknowledged => $"{incident.Owner ?? incident.AcknowledgedBy} sees to it.",
            IncidentState.Over => "It is over.",
            IncidentState.Closed => $"{incident.ClosedBy} closed it: {incident.ClosingNote}",
            _ => "Nobody has said yet that they see to it.",
        };

        public override string Happened(IncidentEvent happened, Incident incident) => happened.What switch
        {
            IncidentEventKind.Opened => $"It opened: {NameOf(happened.Level, incident.Scope.Kind)}",
            IncidentEventKind.Reopened => $"It began again: {NameOf(happened.Level, incident.Scope.Kind)}",
            IncidentEventKind.LevelChanged => $"Now it is: {NameOf(happened.Level, incident.Scope.Kind)}",
            IncidentEventKind.CauseFound => "It became clear what it is about",
            IncidentEventKind.Acknowledged => $"{happened.By} said: I see to it",
            IncidentEventKind.OwnerSet => $"{happened.By} gave it to {happened.Note}",
            IncidentEventKind.Noted => $"{happened.By}: {happened.Note}",
            IncidentEventKind.Escalated => "Nobody saw to it: others were told",
            IncidentEventKind.ProtectionBegan => "The channel was protected",
            IncidentEventKind.ProtectionEnded => happened.By is null ? "The channel's protection ended" : $"{happened.By} ended the channel's protection",
            IncidentEventKind.AllClear => "It is over",
            IncidentEventKind.Joined => "It is part of another incident, which goes on",
            _ => $"{happened.By} closed it: {happened.Note}",
        };

        public override string Acknowledge => "I see to it";
        public override string YourName => "Your name";
        public override string Note => "A note for colleagues";
        public override string NoteForClosing => "A note for colleagues (needed to close it)";
        public override string Close => "Close it";
        public override string EndProtection => "End the channel's protection";
        public override string Timeline => "What happened";
        public override string Done => "Done, thank you.";
        public override string AlreadyDone => "Nothing has changed: it had been done already, or cannot be done any more.";
        public override string NeedsName => "Write your name: colleagues must know who sees to it.";
        public override string NeedsNote => "To close it write a note: what it was, what was done.";
    }
}
