using System.Collections.Frozen;

namespace Moderato.Policy;

/// <summary>The words of <see cref="ItalianAddress"/>, without accents and in lower case.</summary>
internal static class AddressWords
{
    /// <summary>Short words that stand between a verb and what is before it.</summary>
    public static readonly FrozenSet<string> Clitics = Words("mi ti ci vi si lo la li le gli ne me te ce ve se glielo gliela non pure anche gia");

    public static readonly FrozenSet<string> Tu = Words(
        """
        tu ti te tuo tua tuoi tue hai puoi vuoi devi sai fai vai vieni stai avevi volevi potevi dovevi scrivi ricevi chiedi prendi apri preferisci
        capisci inserisci scegli tieni senti rispondi spedisci restituisci riesci dici metti conosci segui fornisci attendi trovaci
        scrivici mandaci inviaci contattaci chiamaci dicci facci dacci raccontaci rispondici seguici scusaci perdonaci aiutaci fammi dimmi lasciaci
        visitaci aspettaci segnalaci indicaci spiegaci forniscici mandami scrivimi inviami chiamami contattami scusami tienici confermaci spediscici
        controllalo controllala provalo provala portalo portala iscriviti rivolgiti goditi
        aiutarti ringraziarti contattarti risponderti scriverti chiederti informarti assisterti richiamarti rimborsarti rassicurarti accontentarti
        servirti offrirti proporti confermarti dirti augurarti fornirti garantirti assicurarti pregarti invitarti darti inviarti spedirti mandarti averti
        vederti ascoltarti aspettarti incontrarti rivederti farti consigliarti suggerirti sentirti rivolgerti iscriverti registrarti
        """);

    public static readonly FrozenSet<string> Voi = Words(
        """
        voi vi vostro vostra vostri vostre avete siete potete volete dovete sapete scriveteci contattateci mandateci inviateci venite seguiteci chiamateci
        rispondeteci visitateci scusateci perdonateci diteci fateci dateci raccontateci aspettateci segnalateci indicateci
        potrete riceverete troverete avrete sarete vedrete dovrete vorrete potreste vorreste dovreste avreste sareste avevate volevate
        aiutarvi ringraziarvi contattarvi rispondervi scrivervi chiedervi informarvi assistervi richiamarvi rimborsarvi servirvi offrirvi confermarvi dirvi
        darvi inviarvi vedervi ascoltarvi aspettarvi incontrarvi rivedervi
        """);

    /// <summary>With a capital inside a sentence they mean the reader.</summary>
    public static readonly FrozenSet<string> CapitalLei = Words("lei suo sua suoi sue");

    public static readonly FrozenSet<string> NoConditionals = Words("appresti arresti foresti impresti");

    /// <summary>Forms that look like one of the others: "vi sono stati ritardi", "Scusi il ritardo" apart, "con te" in names of brands.</summary>
    public static readonly Phrases NoAddress = new([],
        "vi è/sono/era/erano/fu/furono/sia/siano/fosse/saranno/sarà", "fai da te, vai e vieni, chi fa da sé, botta e rispondi", "prendi #, prendi e vai, non ti scordar");

    /// <summary>"Sei" alone is also a number, "dai" a preposition.</summary>
    public static readonly Phrases TuPhrases = new([],
        "sei stato/stata/tu/già/iscritto/iscritta/registrato/registrata/soddisfatto/soddisfatta/sicuro/sicura/contento/contenta/interessato/interessata",
        "sei un/una/uno/riuscito/riuscita/arrivato/arrivata/passato/passata/rimasto/rimasta/gentile/gentilissimo/gentilissima/libero/libera",
        "dai un'occhiata, se sei in/nei/a/di, se mandi/invii/controlli/provi/desideri/aspetti/passi/chiami/cerchi/trovi",
        "se ci mandi/invii/lasci/racconti/chiami/contatti/confermi/indichi, se (lo/la/li) desideri, quando passi/arrivi, come desideri",
        "per te, a te, con te, di te, da te, su te, te lo/la/li/le/ne");

    /// <summary>Only in sentences that mention nobody else whom they could mean.</summary>
    public static readonly Phrases LeiPhrases = new([],
        "le chiediamo/rispondiamo/consigliamo/suggeriamo/auguriamo/assicuriamo/porgiamo, le confermiamo/comunichiamo/ricordiamo/garantiamo che",
        "le risponderemo/scriveremo, le facciamo/faremo sapere",
        "le abbiamo (già/appena) inviato/scritto/risposto/mandato/spedito/chiesto/fatto/detto/comunicato/rimborsato/rinviato",
        "le serve/servisse/occorre/occorresse/dispiace/risulta/interessa",
        "le è/sarà/fosse arrivato/arrivata/stato/stata/successo/capitato/possibile/piaciuto/piaciuta",
        "la ringraziamo/preghiamo/invitiamo/informiamo/salutiamo/richiamiamo/contattiamo/contatteremo/richiameremo, la aspettiamo in/da/presto",
        "la abbiamo contattata/richiamata/chiamata, l'abbiamo contattata/richiamata/chiamata/rimborsata",
        "aiutarla, ringraziarla, contattarla, risponderle, scriverle, chiederle, informarla, assisterla, richiamarla, rimborsarla, rassicurarla",
        "accontentarla, dirle, augurarle, pregarla, invitarla",
        "se vuole/desidera/preferisce/crede, se lo desidera/preferisce, quando vuole/preferisce/desidera, come preferisce/desidera",
        "se ha bisogno/domande/dubbi/altre/altri/ancora/già/ulteriori",
        "si rivolga/registri/iscriva/accomodi/ricordi/assicuri/colleghi",
        "i/il/la/le/al/alla/del/della/dal/dalla/sul/sulla/nel/nella/per/della/questo/questa suo/sua/suoi/sue ordine/ordini/pacco/segnalazione/messaggio/commento/richiesta/richieste",
        "il/la/al/alla/del/della/dal/dalla/sul/sulla/nel/nella/per/un/una/di suo/sua recensione/feedback/account/indirizzo/email/mail/disagio/pazienza/fiducia",
        "il/la/al/alla/del/della/dal/dalla/sul/sulla/nel/nella/per/un/di suo/sua comprensione/acquisto/cortese/gentile/disappunto/delusione/rimborso/reso",
        "il/la/al/alla/del/della/dal/dalla/sul/sulla/nel/nella/per suo/sua spedizione/riscontro/pratica/prenotazione",
        "i/ai/dei/dai/sui suoi dati/acquisti/ordini/dubbi/commenti/recapiti/prodotti",
        "le/alle/delle/dalle sue domande/parole/richieste/preferenze/segnalazioni",
        "a sua disposizione");

    /// <summary>The reader, if no subject stands before them: "Anna ha ragione", "chi vuole può scriverci".</summary>
    public static readonly Phrases LeiWithoutSubject = Phrases.OnlyBehind(["e", "se", "lei"],
        "ha (perfettamente/pienamente) ragione, può scriverci/contattarci/chiamarci/inviarci/mandarci/indicarci/dirci/darci/trovarci",
        "potrebbe scriverci/contattarci/inviarci/mandarci/indicarci/dirci/darci/confermarci, vuole scriverci/raccontarci/dirci");

    /// <summary>Asked of the reader where a clause begins with them and a pronoun: "ci scriva". Some are nouns as well: "i controlli".</summary>
    public static readonly FrozenSet<string> LeiImperatives = Words(
        """
        scriva risponda legga chieda prenda veda attenda senta apra segua fornisca spedisca inserisca restituisca tenga venga faccia dica dia scelga
        mandi invii contatti chiami indichi segnali lasci racconti aspetti scusi perdoni confermi comunichi spieghi aiuti mostri
        controlli verifichi provi guardi usi utilizzi scarichi clicchi compili aggiorni riavvii consulti visiti passi
        """);

    public static readonly FrozenSet<string> TuImperatives = Words(
        "controlla verifica prova guarda usa utilizza scarica clicca compila aggiorna riavvia consulta visita passa manda invia contatta chiama indica segnala lascia racconta aspetta scegli");

    /// <summary>Pronouns with which the formal imperative begins: "ci scriva", "non si preoccupi"; "le mandi" may mean somebody else.</summary>
    public static readonly FrozenSet<string> AskingClitics = Words("ci mi lo la li ne ce me");

    public static readonly FrozenSet<string> BeforeImperative = Words("e ed o oppure poi quindi intanto allora cortesemente gentilmente cortesia favore semplicemente pure prego lei");

    /// <summary>What an imperative is about; behind a noun, "verifica in corso", it would be something else.</summary>
    public static readonly FrozenSet<string> AfterImperative = Words("il lo la i gli le l un uno una questo questa questi queste qui qua pure su sul sulla nella nel dal dalla tra bene se che");

    public static readonly FrozenSet<string> Greetings = Words("ciao salve buongiorno buonasera buon giorno sera gentile gentilissimo gentilissima caro cara cari grazie mille ehi signora signor sig per favore cortesia");

    /// <summary>Whom or what "suo", "le" and "lei" might mean instead of the reader.</summary>
    public static readonly FrozenSet<string> Others = Words(
        """
        lui corriere corrieri collega colleghi colleghe responsabile addetto addetta commesso commessa autista fornitore fornitori produttore venditore tecnico
        sarto sarta medico farmacista direttore direttrice titolare segretaria dottoressa dottore professoressa artista autore autrice cliente marito moglie
        figlio figlia bambino bambina mamma madre padre nonna sorella fratello amica amico ragazza ragazzo cane gatto cucciolo destinatario destinataria
        mittente intestatario redazione azienda ditta societa banca marchio stilista designer fotografa fotografo attrice attore cantante protagonista
        """);

    private static FrozenSet<string> Words(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
