using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>What a problem means and what to do, in one language.</summary>
internal sealed record Explained(string Means, string Do);

/// <summary>What is said of a type of problem.</summary>
/// <param name="Type">The type.</param>
/// <param name="English">In English.</param>
/// <param name="Italian">In Italian.</param>
/// <param name="Detail">What it is in the example.</param>
internal sealed record ProblemWords(ProblemType Type, Explained English, Explained Italian, string Detail)
{
    private IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The problem as it is sent.</summary>
    public ProblemDetails Example => new(Type.Address, Type.Title, Type.Status) { Detail = Detail, Errors = Errors };

    public static readonly IReadOnlyList<ProblemWords> All =
    [
        new(ProblemType.Invalid,
            new("Something in the address or the body is not as it must be. Nothing was done.", "Look at errors: each names a field and what would be right. All problems are listed at once; mend them and send again."),
            new("Qualcosa nell'indirizzo o nel corpo della richiesta non è come deve essere. Non è stato fatto nulla.", "Guarda errors: ogni voce dice il campo e che cosa andrebbe bene. Ci sono tutti i problemi insieme: correggili e invia di nuovo."),
            "'limit' must be a whole number from 1 to 1000.") { Errors = [new FieldError("limit", "'limit' must be a whole number from 1 to 1000.")] },
        new(ProblemType.TooBroad,
            new("The query is valid, but answering it would mean looking at more than 100,000 outcomes.", "Ask for a shorter span with from and to, or for one author's newest; counts over long spans are in statistics."),
            new("La ricerca è scritta bene, ma per rispondere si dovrebbero guardare più di 100.000 esiti.", "Chiedi un periodo più breve con from e to, o gli ultimi di un solo autore; i conteggi su periodi lunghi sono in statistics."),
            "The span holds some 230000 outcomes, and this filter has to look at each; at most 100000 are looked at."),
        new(ProblemType.BadRequest,
            new("The request did not arrive whole: its body ended early or could not be read.", "Send it again. If it happens every time, look at what lies between you and the app: a proxy, or a wrong Content-Length."),
            new("La richiesta non è arrivata intera: il corpo è finito prima o non si è potuto leggere.", "Inviala di nuovo. Se succede sempre, guarda che cosa c'è in mezzo: un proxy, o un Content-Length sbagliato."),
            "The request could not be read: its body is too long or incomplete."),
        new(ProblemType.Unauthorized,
            new("There is no API key in the request, or one that opens nothing: mistyped, expired, revoked. For webhooks: the signature does not hold.", "Send Authorization: Bearer KEY. For webhooks compare the secret in the settings with the platform's."),
            new("Nella richiesta non c'è una chiave, o ce n'è una che non apre nulla: scritta male, scaduta, revocata. Per i webhook: la firma non è valida.", "Invia Authorization: Bearer CHIAVE. Per i webhook confronta il segreto nelle impostazioni con quello della piattaforma."),
            "Send a valid API key in the header: Authorization: Bearer KEY"),
        new(ProblemType.Forbidden,
            new("The key is right, and may not do this: the scope or the community is missing, or it is an apprentice's.", "Use another key, or ask whoever holds an admin key for one with the scope that the detail names."),
            new("La chiave è giusta, ma non può fare questo: le manca il permesso o la comunità, o è di un apprendista.", "Usa un'altra chiave, o chiedine una con il permesso indicato a chi ha una chiave admin."),
            "This needs a key with the scope 'moderate' for this community."),
        new(ProblemType.NotFound,
            new("There is nothing under this address: it never was, was erased, or is no longer kept.", "Take ids from lists and answers as they are. A comment just received is judged within seconds."),
            new("A questo indirizzo non c'è nulla: non c'è mai stato, è stato cancellato o non si conserva più.", "Prendi gli id dagli elenchi e dalle risposte così come sono. Un commento appena arrivato viene valutato in pochi secondi."),
            "No comment with this id was received here, or it has been erased."),
        new(ProblemType.Conflict,
            new("The request is right, but as things are it cannot be done: somebody else is at it, it was edited, or nothing takes it back.", "Read the detail, look at the thing again and decide anew."),
            new("La richiesta è giusta, ma per come stanno le cose non si può fare: se ne occupa un'altra persona, è stato modificato, o non si può annullare.", "Leggi il dettaglio, guarda di nuovo e decidi."),
            "The comment was edited since you saw it: look at it again."),
        new(ProblemType.PreconditionFailed,
            new("Somebody else changed the document after you read it. Your change was not made, so that theirs is not lost.", "Read it again, put your change into it, and send it with the new ETag in If-Match."),
            new("Un'altra persona ha cambiato il documento dopo che lo hai letto. La tua modifica non è stata fatta, per non perdere la sua.", "Rileggilo, rifai la modifica e inviala con il nuovo ETag in If-Match."),
            "Version 5 is in force now; read it, put your change into it, and send If-Match: \"5\"."),
        new(ProblemType.TooLarge,
            new("The body is longer than what is taken: 8 MiB, 1 MiB for documents.", "Send smaller batches."),
            new("Il corpo è più lungo di quanto si accetta: 8 MiB, 1 MiB per i documenti.", "Invia gruppi più piccoli."),
            "A body has at most 8 MiB. Send smaller batches."),
        new(ProblemType.UnsupportedMediaType,
            new("The body is of a content type, or packed in a way, that is not read here.", "Send Content-Type: application/json in UTF-8; the only Content-Encoding is gzip."),
            new("Il corpo è di un tipo, o compresso in un modo, che qui non si legge.", "Invia Content-Type: application/json in UTF-8; l'unica Content-Encoding è gzip."),
            "Send JSON, with the header Content-Type: application/json."),
        new(ProblemType.PreconditionRequired,
            new("A change must say which version it is based on, so that nobody's change is lost.", "Send the header If-Match with the ETag of the version that you changed; \"0\" if there was none."),
            new("Una modifica deve dire su quale versione si basa, perché non si perda quella di nessuno.", "Invia l'intestazione If-Match con l'ETag della versione che hai modificato; \"0\" se non ce n'era nessuna."),
            "Send the header If-Match with the ETag of the version that you changed; \"0\" if there was none."),
        new(ProblemType.TooManyRequests,
            new("The key has made all its requests of this minute. Nothing was done.", "Wait for as many seconds as Retry-After says and send the same again, or have a key made that may make more."),
            new("La chiave ha fatto tutte le richieste di questo minuto. Non è stato fatto nulla.", "Aspetta i secondi indicati in Retry-After e invia di nuovo, o fatti dare una chiave che possa farne di più."),
            "Try again in 3 s, or have a key made that may make more requests a minute."),
        new(ProblemType.Unavailable,
            new("Something failed on our side, mostly storage that does not answer. Nothing is half done.", "Send the same request again after as many seconds as Retry-After says; that is always safe."),
            new("Qualcosa non ha funzionato da noi, di solito l'archivio che non risponde. Nulla è rimasto a metà.", "Invia di nuovo la stessa richiesta dopo i secondi indicati in Retry-After: non fa mai danni."),
            "Nothing is half done. Send the same request again in a moment."),
    ];
}
