using System.Collections.Frozen;

namespace Moderato.Policy;

/// <summary>The phrases that are looked for in Italian answers.</summary>
internal static class ItalianTone
{
    // What only the reader can have left undone; "il pacco avrebbe dovuto arrivare" blames nobody.
    private const string Duties =
        "leggere/leggerlo/controllare/controllarlo/verificare/verificarlo/scegliere/scriverci/contattarci/avvisarci/chiamarci/dircelo/dirlo/segnalarlo/segnalarcelo/inserire/indicare/" +
        "conservare/rispettare/seguire/consultare/pensarci/informarsi/informarti/accorgersi/accorgertene/accorgersene/chiedere/chiederlo/comunicarlo/comunicarcelo/specificare/specificarlo/farlo/prestare/capirlo/saperlo/aspettarselo/aspettartelo";

    private const string Misdeeds = "aprire/aprirlo/aprirla/usare/usarlo/usarla/buttare/buttarlo/ordinare/acquistare/montarlo/lavarlo/lavarla/firmare/accettare/accettarlo/insistere/lamentarsi/lamentarti/toccarlo/smontarlo";

    private const string Told = "detto/scritto/spiegato/comunicato/indicato/segnalato/risposto/ripetuto/ribadito/chiarito";

    public static readonly Phrases Blame = new(["non"],
        "avresti/avreste dovuto (prima/meglio) " + Duties,
        "lei avrebbe dovuto, tu avresti dovuto, voi avreste dovuto",
        "non avresti/avreste dovuto " + Misdeeds,
        "dovevi/dovevate (solo/semplicemente/prima) " + Duties,
        "potevi/potevate (anche/almeno/benissimo/semplicemente) leggere/controllare/pensarci/informarsi/informarti/avvisarci/chiedere/verificare",
        "bastava leggere/controllare/chiedere/verificare/seguire/chiedercelo/scriverci/contattarci, sarebbe bastato " + Duties,
        "se avesse/avessi/aveste (solo/davvero) letto/controllato/seguito/verificato/guardato/chiesto/rispettato/ascoltato/prestato",
        "se ci avesse/avessi/aveste scritto/contattato/contattati/avvisato/avvisati/chiamato/ascoltato/ascoltati",
        "come (ti/le/vi) (abbiamo/avevamo) già " + Told,
        "come già (ti/le/vi) (abbiamo/avevamo) " + Told,
        "glielo abbiamo già " + Told + ", gliel'abbiamo già " + Told + ", te lo abbiamo già " + Told + ", te l'abbiamo già " + Told + ", ve l'abbiamo già " + Told,
        "le/ti/vi abbiamo già detto/spiegato/ripetuto/chiarito, le/ti/vi ripetiamo, ribadiamo per, ripetiamo per",
        "come chiaramente indicato/scritto/specificato/spiegato/riportato, c'è scritto chiaramente, è scritto chiaramente",
        "è chiaramente scritto/indicato/specificato/riportato",
        "colpa sua/tua/vostra, per colpa sua/tua/vostra, la colpa è sua/tua/vostra/solo, è (tutta/solo) colpa sua/tua/vostra",
        "non è colpa nostra, la colpa non è nostra, non è un nostro problema, non è (un) problema nostro, è (un) problema suo/tuo/vostro",
        "un suo/tuo/vostro errore, suo/tuo/vostro errore, errore suo/tuo/vostro, errore da parte sua/tua/vostra",
        "è responsabilità sua/tua/vostra, sua/tua/vostra disattenzione/negligenza/distrazione",
        "lei ha sbagliato, hai sbagliato tu, ha sbagliato lei, tu hai sbagliato",
        "ha/hai/avete sbagliato a ordinare/scegliere/inserire/leggere/scrivere/digitare/compilare",
        "hai/avete letto male, lei ha letto male, hai/avete capito male, lei ha capito male, ha capito male",
        "non hai/avete letto/capito/seguito/rispettato, lei non ha letto/capito/seguito/rispettato, forse non ha letto/capito",
        "non ha letto bene, non ha letto con",
        "evidentemente/ovviamente/chiaramente/probabilmente (lei/tu/voi) non ha/hai/avete letto/capito/controllato/seguito/verificato/visto",
        "evidentemente (lei/tu) ha/hai sbagliato/inserito/scelto/letto",
        "la prossima volta legga/leggi/controlli/controlla/verifichi/verifica/faccia/stia/stai/eviti/evita",
        "impari a, impara a leggere, legga meglio, leggi meglio, si informi meglio, informati meglio, non si lamenti, non lamentarti",
        "non venga a lamentarsi, non venire a lamentarti, inutile lamentarsi, è inutile lamentarsi");

    /// <summary>In the third person they blame the reader only without a subject: "il magazzino avrebbe dovuto controllare" is an admission.</summary>
    public static readonly Phrases BlameWithoutSubject = Phrases.OnlyBehind(["e", "ma", "lei", "forse", "però", "prima", "infatti", "purtroppo"],
        "avrebbe dovuto (prima/meglio) " + Duties,
        "non avrebbe dovuto " + Misdeeds,
        "doveva (solo/semplicemente/prima) " + Duties,
        "poteva (anche/almeno/benissimo/semplicemente) leggere/controllare/pensarci/informarsi/avvisarci/chiedere/verificare");

    public static readonly Phrases Promises = new(["non", "perché", "affinché", "senza"],
        "garantiamo, garantisco, promettiamo, te lo prometto, glielo prometto, te lo promettiamo, glielo promettiamo",
        "possiamo garantire/garantirle/garantirti/garantirvi/promettere/prometterle/prometterti",
        "non succederà/accadrà/capiterà/ricapiterà (mai) più, non si ripeterà (mai) (più), non si verificherà (mai) più, non ricapiterà",
        "non riaccadrà, mai più succederà",
        "rimborso assicurato/garantito/sicuro/immediato, consegna garantita/assicurata, risultato/risultati garantito/garantiti",
        "soddisfazione garantita, successo garantito, è garantito che",
        "verrà/sarà sicuramente/certamente rimborsato/rimborsata/risarcito/risarcita/sostituito/risolto",
        "verrai/sarai sicuramente/certamente rimborsato/rimborsata",
        "avrà/avrai sicuramente/certamente, otterrà/otterrai sicuramente/certamente",
        "sarai/sarà/rimarrà/resterà/rimarrai/resterai sicuramente/certamente soddisfatto/soddisfatta",
        "andrà tutto bene, sarà tutto perfetto, nessun problema in futuro, da oggi non avrà/avrai, non avrà/avrai (mai) più problemi",
        "non avrà/avrai più nessun, al 100 % arriverà");

    public static readonly Outcomes Outcomes = new(
        new Phrases([],
            "riceverà, riceverai, riceverete, arriverà, arriveranno, riavrà, riavrai, riavrete, otterrà, otterrai, otterrete, risolveremo, funzionerà",
            "avrai/avrete/avrà il/lo/la/i/le/l, avrà tutto, avrai tutto, sarà/verrà/saranno/verranno (sicuramente/certamente) consegnato/consegnata/consegnati/consegnate/recapitato/recapitata/risolto/risolta/risolti",
            "sarà/saranno (sicuramente/certamente) a casa, sarà (tutto) risolto, sarà da lei/te/voi"),
        new Phrases([],
            "entro, domani, dopodomani, oggi, stasera, stamattina, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, in giornata, in # ore/giorni/minuti, per natale/pasqua",
            "sicuramente, certamente, di sicuro, di certo, senz'altro, senza dubbio, senza (alcun) dubbio, senza alcun ritardo, assolutamente, al # %, assicuriamo che, garantito"),
        Words("risposta risposte riscontro email mail messaggio chiamata telefonata aggiornamento aggiornamenti notizie link conferma tracking comunicazione sms invito istruzioni etichetta ricevuta nostra contatto"),
        Words("probabilmente forse salvo normalmente solitamente generalmente indicativamente circa previsto prevista previsti stimata stimato secondo speriamo contiamo dovrebbe credo pensiamo regola solito genere verosimilmente"),
        Words("e ed ma se quando appena perché poiché qualora finché mentre così o oppure affinché"));

    public static readonly Phrases Selling = new(["se", "non", "chi", "quando", "che", "cliente"],
        "scopri, scopra, scoprite, approfitta, approfittane, approfittate, approfitti, ne approfitti, approfittarne",
        "acquista ora/subito/adesso/online/il/la/i/le/uno/una/un, acquisti ora/subito/adesso/online, acquistate",
        "ordina ora/subito/adesso/il/la, ordini ora/subito/adesso, compra ora/subito/adesso/il/la/i/le/un/una, prenota ora/subito",
        "nostre/nuove/nostra/nuova/ultime offerte/promozioni/collezione/collezioni/linea/gamma, nostre novità",
        "nuovi arrivi/prodotti/modelli, nostri nuovi/saldi/sconti, nuovissima/nuovissimo/nuovissimi",
        "offerta/offerte speciale/esclusiva/imperdibile/speciali/esclusive/imperdibili/lampo, in super offerta, prezzo speciale",
        "prezzi imperdibili/scontati, occasione imperdibile, occasione unica, imperdibile, imperdibili",
        "un codice sconto/promo/promozionale, un buono sconto, usa/usi/utilizza/utilizzi/inserisci/inserisca il (codice/coupon) (sconto)",
        "ecco un/il codice/coupon/buono, un coupon, uno sconto del",
        "# % di sconto, sconto del # %, scontato/scontata/scontati/scontate del, sconto sul prossimo, sconto sul suo/tuo prossimo",
        "sconti fino, saldi fino, sconto esclusivo",
        "non perdere/perda/perdete/perderti/perdetevi (le/la/questa/i), non si perda, non te la perdere, solo per oggi, solo per te, ultimi pezzi",
        "dai un'occhiata, dia un'occhiata al/alla/alle/ai, date un'occhiata",
        "visita/visiti/visitate il nostro shop/store/negozio/ecommerce, iscriviti alla newsletter, si iscriva alla (nostra) newsletter",
        "iscriviti alla nostra newsletter",
        "passa/passi a premium/pro, abbonati ora/subito, si abboni, sfoglia il, sfogli il nostro");

    public static readonly Phrases Apologies = new(["non", "accettiamo", "senza"],
        "dispiace, dispiaciuto, dispiaciuta, dispiaciuti, dispiaciute, spiace, spiacente, spiacenti, scusa, scusi, scuse, scusate",
        "scusaci, scusateci, scusami, scusiamo, scusarci, scusarmi, scusandoci, scuso",
        "perdono, perdonaci, perdonateci, ci perdoni, rammarica, rammarichiamo, rammaricati, rammarico, rincresce, mortificato",
        "mortificata, mortificati, desolati, desolato, desolata");

    private static FrozenSet<string> Words(string words) => words.Split(' ').SelectMany(ToneText.Forms).ToFrozenSet(StringComparer.Ordinal);
}
