using FsCheck;
using FsCheck.Fluent;
using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Policy;

public sealed class ToneCheckTests
{
    private static readonly ToneSituation Angry = new("it", Address: null, ToAngryPerson: true, ApologyOwed: false);

    [Theory]
    [InlineData("it", "Lei", "Il nostro magazzino avrebbe dovuto controllare il pacco e non l'ha fatto: ci scusiamo con Lei.")]
    [InlineData("it", "Lei", "Abbiamo letto solo oggi il suo messaggio e ce ne scusiamo.")]
    [InlineData("it", "Lei", "Per le misure (vedi foto) ci scriva pure: la aiutiamo volentieri.")]
    [InlineData("it", "Lei", "La prossima volta ci pensiamo noi prima, promesso: grazie per la Sua pazienza.")]
    [InlineData("it", "Lei", "Buongiorno, il corriere avrebbe dovuto avvisarla e non l'ha fatto: ce ne scusiamo.")]
    [InlineData("it", "Lei", "Buongiorno {author}, grazie per la sua recensione. La taglia 42 arriva la prossima settimana: se desidera, la avvisiamo.")]
    [InlineData("it", "Lei", "Gentile Signora Rossi, ci dispiace molto per l'accaduto; la richiamiamo oggi stesso allo {phone}.")]
    [InlineData("it", "Lei", "Il suo rimborso è stato disposto questa mattina e le abbiamo inviato la ricevuta via e-mail.")]
    [InlineData("it", "Lei", "Buongiorno, le leggi italiane prevedono due anni di garanzia: ci mandi lo scontrino e verifichiamo.")]
    [InlineData("it", "Lei", "Comprendiamo la sua delusione. \"I tuoi diritti\" è il titolo della pagina che trova sul sito.")]
    [InlineData("it", "Lei", "Buongiorno, il ritiro è previsto per giovedì; il corriere dovrebbe passare tra le 9 e le 13.")]
    [InlineData("it", "Lei", "Se avesse bisogno di altro, siamo a disposizione.")]
    [InlineData("it", "Lei", "Se avesse già scritto al servizio clienti, ci indichi per favore il numero della pratica.")]
    [InlineData("it", "Lei", "Salve, il Negozio di via Roma è chiuso per lavori fino al 3 maggio: può trovarci in via Po.")]
    [InlineData("it", "Lei", "Non promettiamo tempi che non dipendono da noi, ma seguiamo la spedizione e la teniamo aggiornata.")]
    [InlineData("it", "Lei", "Buongiorno, a breve riceverà un'email con l'etichetta del reso.")]
    [InlineData("it", "Lei", "Buongiorno {author}, ci scriva il numero d'ordine in privato e controlliamo subito.")]
    [InlineData("it", "Lei", "Buongiorno {author}, ci dispiace. Ci scriva in privato o chiami {phone}.")]
    [InlineData("it", "Lei", "Gentile {author}, La ringraziamo per la segnalazione: abbiamo avvisato il magazzino e Le rispondiamo entro oggi.")]
    [InlineData("it", "Lei", "Buonasera Marta, le chiediamo scusa per il ritardo. Può inviarci il numero dell'ordine? Verifichiamo con il corriere.")]
    [InlineData("it", "Lei", "Buongiorno, il pacco avrebbe dovuto arrivare lunedì: ci scusiamo e sentiamo subito il corriere.")]
    [InlineData("it", "Lei", "Gentile cliente, non avrebbe dovuto aspettare così a lungo e ce ne scusiamo. Riceverà una nostra risposta entro domani.")]
    [InlineData("it", "Lei", "Grazie per il Suo messaggio! Le scarpe sono di nuovo disponibili in tutte le taglie.")]
    [InlineData("it", "Lei", "Buongiorno, l'offerta era valida fino a domenica. Se ha altre domande, siamo a sua disposizione.")]
    [InlineData("it", "Lei", "Ha ragione, e ci scusiamo: il sito ieri non funzionava. Stiamo controllando che cosa è successo.")]
    [InlineData("it", "Lei", "Buongiorno Paolo, purtroppo non possiamo garantire la consegna entro venerdì, perché dipende dal corriere.")]
    [InlineData("it", "Lei", "Il codice sconto non ha funzionato e ci dispiace: ci mandi una foto della schermata e vediamo insieme.")]
    [InlineData("it", "Lei", "Ci dispiace che il vaso sia arrivato rotto. Se vuole, lo sostituiamo o la rimborsiamo: ci faccia sapere.")]
    [InlineData("it", "Lei", "Buongiorno, il rimborso è partito ieri; di solito la banca impiega tre o quattro giorni lavorativi.")]
    [InlineData("it", "Lei", "Per il reso vada nella sezione \"I tuoi ordini\" e clicchi su \"Restituisci\".")]
    [InlineData("it", "Lei", "Sei capi su dieci tornano da noi per una riparazione: è un servizio gratuito, ci scriva per saperne di più.")]
    [InlineData("it", "Lei", "La garanzia dura due anni dalla data di acquisto. Conservi lo scontrino e ci contatti se serve.")]
    [InlineData("it", "Lei", "Buongiorno, l'ordine dovrebbe arrivare entro domani, salvo imprevisti. Appena abbiamo notizie la aggiorniamo.")]
    [InlineData("it", "Lei", "Se il pacco non arriverà entro venerdì, ci scriva e apriamo una verifica con il corriere.")]
    [InlineData("it", "Lei", "Gentile {author}, faremo il possibile perché non succeda più.")]
    [InlineData("it", "Lei", "Buongiorno, può trovare le misure nella scheda del prodotto; se ha dubbi sulla taglia, ci scriva pure.")]
    [InlineData("it", "Lei", "Le confermiamo che il reso è gratuito. L'etichetta Le arriverà via mail entro oggi.")]
    [InlineData("it", "Lei", "Grazie di cuore, {author}: il suo commento ci fa molto piacere e lo leggeremo a tutta la squadra.")]
    [InlineData("it", "Lei", "La collega che l'ha seguita oggi non c'è; appena rientra le chiediamo i dettagli e la richiamiamo.")]
    [InlineData("it", "Lei", "Non è colpa sua: il sistema ha registrato due volte il pagamento, e lo stiamo correggendo.")]
    [InlineData("it", "Lei", "Ha sbagliato taglia? Nessun problema: il cambio è gratuito entro 30 giorni.")]
    [InlineData("it", "Lei", "Vi sono stati ritardi a causa dello sciopero; Le chiediamo ancora un po' di pazienza.")]
    [InlineData("it", "Lei", "Buongiorno, per il bonifico le serve il nostro IBAN: lo trova in fondo alla conferma d'ordine.")]
    [InlineData("it", "Lei", "Salve, non si preoccupi: se ci manda la foto dello scontrino ci pensiamo noi.")]
    [InlineData("it", "Tu", "Ciao, nella sezione dei regali per lei e per lui trovi tutto, anche quello che hai visto in vetrina.")]
    [InlineData("it", "Tu", "Marco ha ragione: se vuoi, il modello nero lo trovi in via Roma.")]
    [InlineData("it", "Tu", "Ciao, le borse le facciamo a mano a Firenze, e le date dei corsi le confermiamo presto: ti scriviamo noi.")]
    [InlineData("it", "Tu", "Ciao, la pagina la aggiorniamo ogni lunedì, così puoi vedere le novità.")]
    [InlineData("it", "Tu", "Chi vuole può scriverci in privato; a te rispondiamo subito qui.")]
    [InlineData("it", "Tu", "Ciao, se può interessarti, giovedì c'è un laboratorio gratuito.")]
    [InlineData("it", "Tu", "Gli abbonati a luglio ricevono due numeri: il tuo arriva la settimana prossima.")]
    [InlineData("it", "Tu", "Ciao Marco, ci sei mancato anche tu! A prestissimo.")]
    [InlineData("it", "Tu", "Ciao, il tuo pacco è in viaggio. Se domani non lo vedi, faccelo sapere e apriamo una verifica.")]
    [InlineData("it", "Tu", "Ciao {author}, abbiamo sbagliato noi e ci dispiace: ti mandiamo subito il pezzo giusto.")]
    [InlineData("it", "Tu", "Ciao, le istruzioni le trovi nella scatola; la prossima settimana pubblichiamo anche un video.")]
    [InlineData("it", "Tu", "Ciao! La ricetta della nonna e le sue polpette ti aspettano tutti i giovedì.")]
    [InlineData("it", "Tu", "Ciao Elisa, per la consegna scegli tu: a casa o in negozio.")]
    [InlineData("it", "Tu", "Ciao {author}, la colpa è nostra: avevamo scritto l'orario sbagliato.")]
    [InlineData("it", "Tu", "Ciao, per ora non possiamo prometterti una data, ma appena la sappiamo te la scriviamo.")]
    [InlineData("it", "Tu", "Ciao {author}, ci dispiace. Scrivici in privato: ti rispondiamo entro oggi.")]
    [InlineData("it", "Tu", "Ciao Luca, grazie mille! Siamo felici che il tuo ordine sia arrivato in tempo.")]
    [InlineData("it", "Tu", "Ciao {author}, scusaci per il disguido: mandaci il numero d'ordine e controlliamo subito.")]
    [InlineData("it", "Tu", "Ciao Giulia, hai ragione e ci dispiace. Stiamo già parlando con il corriere, ti aggiorniamo entro domani.")]
    [InlineData("it", "Tu", "Il prodotto e la sua confezione sono riciclabili: puoi buttare tutto nella carta.")]
    [InlineData("it", "Tu", "Ciao! Abbiamo chiesto al corriere il suo numero: appena ce lo dà, te lo giriamo.")]
    [InlineData("it", "Tu", "Ciao Anna, le scarpe le spediamo domani mattina, e ti mandiamo il link per seguirle.")]
    [InlineData("it", "Tu", "Ciao, se sei in zona passa pure in negozio: la taglia la trovi di sicuro.")]
    [InlineData("it", "Tu", "Non avresti dovuto ricevere due volte lo stesso pacco: ci scusiamo, veniamo noi a ritirarlo.")]
    [InlineData("it", "Tu", "Avresti dovuto ricevere una mail con il link. Se non la trovi, controlla la cartella dello spam.")]
    [InlineData("it", "Tu", "Ciao {author}, sentiamo la nostra collega e le chiediamo di richiamarti.")]
    [InlineData("it", "Tu", "Ogni borsa ha la sua storia: grazie per averci raccontato la tua.")]
    [InlineData("it", "Tu", "Che bella foto, complimenti! Possiamo ripubblicarla nelle nostre storie, citandoti?")]
    [InlineData("it", "Tu", "Ciao, il negozio apre alle 9 e chiude alle 19.30; la domenica siamo chiusi. A presto!")]
    [InlineData("it", "Tu", "Ciao {author}, ci spiace leggere questo. Ci aiuti a capire meglio? Scrivici in privato.")]
    [InlineData("it", "Tu", "Grazie del suggerimento, lo passiamo a chi segue il prodotto: è un'idea utile per la prossima versione.")]
    [InlineData("it", "Tu", "Ciao, riceverai una mail di conferma entro oggi con tutte le istruzioni.")]
    [InlineData("it", "Tu", "Ciao Sara, dai nostri controlli il pagamento non risulta: ci mandi per favore una foto della ricevuta?")]
    [InlineData("it", "Tu", "Ciao, purtroppo quel colore non tornerà, ma ti avvisiamo se cambia qualcosa.")]
    [InlineData("it", "Tu", "Ti capiamo: aspettare tanto è fastidioso. Chiamiamo il magazzino e ti scriviamo prima di sera.")]
    [InlineData("it", "Tu", "Ciao {author}, il tè verde è già senza zucchero, quindi va bene anche per te.")]
    [InlineData("it", "Tu", "Ciao, lei è Marta, la nostra sarta: se vuoi, le chiediamo un preventivo per te.")]
    [InlineData("it", null, "Grazie a tutti per i commenti: vi aspettiamo sabato in negozio!")]
    [InlineData("it", null, "Scriveteci in privato con il numero dell'ordine e controlliamo subito.")]
    [InlineData("it", null, "Grazie mille, che bel complimento!")]
    [InlineData("it", null, "Siamo aperti anche domenica, dalle 10 alle 18.")]
    [InlineData("it", null, "Il vostro affetto ci riempie di gioia. Avete altre domande? Siamo qui.")]
    [InlineData("it", null, "Sì, spediamo anche in Svizzera; i costi sono indicati al momento del pagamento.")]
    [InlineData("it", null, "La squadra IKEA di Carugate ringrazia per la visita.")]
    [InlineData("it", null, "Per i pagamenti accettiamo VISA, bonifico SEPA e contrassegno.")]
    [InlineData("it", null, "Il numero d'ordine inizia con ORD-2024 e si trova nella mail: info@BOTTEGA.example.")]
    [InlineData("it", null, "Perché la lana si restringa meno, il lavaggio va fatto a 30 gradi.")]
    [InlineData("en", null, "We are sending your order today, Emma, and we are sorry for the wait.")]
    [InlineData("en", null, "You were told Monday, and it is now Thursday: we are sorry.")]
    [InlineData("en", null, "We saw your message only today, and we apologise.")]
    [InlineData("en", null, "Could you check out the tracking page and tell us what it says?")]
    [InlineData("en", null, "Your replacement order now has priority.")]
    [InlineData("en", null, "Hi Mark, you have every right to be upset, and we are sorry.")]
    [InlineData("en", null, "If you have already told us your order number, there is no need to send it again.")]
    [InlineData("en", null, "We should have told you earlier, and that is our fault.")]
    [InlineData("en", null, "It should have arrived by now. We've opened a case with the courier.")]
    [InlineData("en", null, "Please check the label inside the jacket: if it says 2023, we will replace the zip.")]
    [InlineData("en", null, "Thanks for the kind words! You can find our opening hours on our page.")]
    [InlineData("en", null, "We don't want this to happen again, so we've changed the packaging.")]
    [InlineData("en", null, "You can return it within 30 days, no questions asked.")]
    [InlineData("en", null, "We hope it won't happen again, and we have asked the warehouse to check every box.")]
    [InlineData("en", null, "You will hear from us by Friday.")]
    [InlineData("en", null, "If you entered the wrong address, just reply here and we will change it.")]
    [InlineData("en", null, "Our FAQ page on the website explains how to reset the lamp, step by step.")]
    [InlineData("en", null, "Hello {author}, please send us your order number in a private message and we will look at once.")]
    [InlineData("en", null, "Hello {author}, we are sorry. Please send us a private message.")]
    [InlineData("en", null, "We are sorry to read this, {author}. Please send us a private message.")]
    [InlineData("en", null, "Thank you so much, Emma! Your message made our day.")]
    [InlineData("en", null, "Hi Tom, you should have received an email with the tracking link. Could you check your spam folder?")]
    [InlineData("en", null, "You shouldn't have had to wait this long, and we apologise. We are calling the courier now.")]
    [InlineData("en", null, "We can't guarantee delivery by Friday, because it depends on the courier, but we will keep you posted.")]
    [InlineData("en", null, "Hi Sarah, it's not your fault: our system charged you twice, and we are refunding you today.")]
    [InlineData("en", null, "Thanks for letting us know! We'll pass this on to the team and get back to you by tomorrow.")]
    [InlineData("en", null, "If you had any trouble with the return label, just reply here and we'll send a new one.")]
    [InlineData("en", null, "Your order should arrive on Monday, though couriers are a little slower this week.")]
    [InlineData("en", null, "You will receive a reply from us within 24 hours.")]
    [InlineData("en", null, "We're open today until 7 pm. See you soon!")]
    [InlineData("en", null, "We are working on it so that it won't happen again. Sorry for the trouble.")]
    [InlineData("en", null, "I'm so sorry about the broken vase. Would you like a replacement or a refund?")]
    [InlineData("en", null, "The offer ended on Sunday, and we are sorry that the page did not say so clearly.")]
    [InlineData("en", null, "That's a fair point. We've asked our design team to look at the zip.")]
    [InlineData("en", null, "The size guide is on the product page: measure your foot and add half a centimetre.")]
    [InlineData("en", null, "Yes, it is made in Portugal, from 100% recycled cotton.")]
    [InlineData("en", null, "Hi {author}, your discount code should work now; please try again and tell us if it doesn't.")]
    [InlineData("en", null, "If you chose the wrong size, no problem: exchanges are free within 30 days.")]
    [InlineData("en", null, "We will refund you within 14 days of receiving the parcel.")]
    [InlineData("en", null, "What a lovely photo! May we share it on our page?")]
    [InlineData("en", null, "When will it arrive? Usually within three working days.")]
    [InlineData("en", null, "The next update is expected in March, and it will fix the battery drain.")]
    [InlineData("en", null, "As mentioned in our message this morning, the courier is calling you today.")]
    public void AGoodAnswerPasses(string language, string? address, string text) =>
        Assert.Empty(ToneCheck.Check(text, Angry with { Language = language, Address = address is null ? null : Enum.Parse<Address>(address) }));

    [Theory]
    [InlineData("it", "Ci dispiace, controlliamo subito.")]
    [InlineData("it", "Ci scusiamo per il ritardo.")]
    [InlineData("it", "Scusaci, è stato un nostro errore.")]
    [InlineData("it", "Siamo spiacenti per quanto accaduto.")]
    [InlineData("it", "CI dispiace.")]
    [InlineData("it", "Le chiediamo scusa.")]
    [InlineData("it", "La preghiamo di accettare le nostre scuse.")]
    [InlineData("en", "We're sorry about that.")]
    [InlineData("en", "We apologize for the delay.")]
    [InlineData("en", "We apologise.")]
    [InlineData("en", "Our apologies, {author}.")]
    [InlineData("en", "We regret the mistake.")]
    public void AnApologyIsSeen(string language, string text) => Assert.Empty(ToneCheck.Check(text, Angry with { Language = language, ApologyOwed = true }));

    [Theory]
    [InlineData("it", "Abbiamo avvisato il corriere e controlliamo subito.")]
    [InlineData("it", "Grazie della segnalazione, il vaso è in riparazione.")]
    [InlineData("it", "Non accettiamo scuse dal corriere: controlliamo.")]
    [InlineData("en", "Thank you, we are looking into it.")]
    [InlineData("en", "We have told the courier and will call you today.")]
    public void AMissingApologyIsFoundWhereOneIsOwed(string language, string text)
    {
        var finding = Assert.Single(ToneCheck.Check(text, Angry with { Language = language, ApologyOwed = true }));
        Assert.Equal((ToneRule.ApologyMissing, ""), (finding.Rule, finding.Found));
        Assert.Empty(ToneCheck.Check(text, Angry with { Language = language }));
    }

    [Theory]
    [InlineData("it", "Avrebbe dovuto leggere le condizioni di vendita.")]
    [InlineData("it", "Come già detto, il reso non è possibile.")]
    [InlineData("it", "Se avesse letto la scheda, saprebbe che la spina non è inclusa.")]
    [InlineData("it", "È colpa sua se il pacco è tornato indietro.")]
    [InlineData("it", "E' colpa tua, l'indirizzo era incompleto.")]
    [InlineData("it", "Avresti dovuto controllare la taglia prima di ordinare.")]
    [InlineData("it", "Come le abbiamo già spiegato, i tempi sono questi.")]
    [InlineData("it", "Come ti avevamo già scritto, il prodotto è esaurito.")]
    [InlineData("it", "Bastava leggere la descrizione.")]
    [InlineData("it", "Doveva avvisarci prima della spedizione.")]
    [InlineData("it", "Se ci avesse contattato subito, il problema sarebbe risolto.")]
    [InlineData("it", "È scritto chiaramente sul sito.")]
    [InlineData("it", "Evidentemente non ha letto la nostra mail.")]
    [InlineData("it", "Non è colpa nostra se il corriere è in ritardo.")]
    [InlineData("it", "La prossima volta legga meglio le istruzioni.")]
    [InlineData("it", "Non avrebbe dovuto aprire la confezione.")]
    [InlineData("it", "Hai sbagliato a inserire l'indirizzo.")]
    [InlineData("it", "Te l'abbiamo già detto: il rimborso è partito.")]
    [InlineData("it", "Si tratta di un suo errore, non possiamo farci nulla.")]
    [InlineData("it", "Come gia' comunicato, il negozio è chiuso.")]
    [InlineData("it", "Forse avrebbe dovuto controllare meglio.")]
    [InlineData("it", "Poteva avvisarci prima.")]
    [InlineData("it", "Potevi chiedere prima di acquistare.")]
    [InlineData("en", "You should have read the description before ordering.")]
    [InlineData("en", "As we already told you, the item is out of stock.")]
    [InlineData("en", "If you had read the size guide, you would know.")]
    [InlineData("en", "As already explained, returns are not possible.")]
    [InlineData("en", "It is your own fault that the parcel came back.")]
    [InlineData("en", "You entered the wrong address.")]
    [InlineData("en", "You shouldn't have opened the box.")]
    [InlineData("en", "If you'd checked the size, this would not be a problem.")]
    [InlineData("en", "You clearly didn't read our message.")]
    [InlineData("en", "Next time please read the instructions.")]
    [InlineData("en", "We have already told you that the refund is on its way.")]
    [InlineData("en", "It clearly says so on the page.")]
    [InlineData("en", "You failed to provide the order number.")]
    [InlineData("en", "All you had to do was ask.")]
    [InlineData("en", "As I said, we cannot help.")]
    [InlineData("en", "You could have contacted us before complaining.")]
    public void BlameIsFound(string language, string text) => Finds(ToneRule.Blame, text, Angry with { Language = language });

    [Theory]
    [InlineData("it", "Garantiamo la consegna per sabato.")]
    [InlineData("it", "Il pacco sicuramente arriverà.")]
    [InlineData("it", "Entro domani lo riceverà.")]
    [InlineData("it", "Non succederà più.")]
    [InlineData("it", "Il problema non si ripeterà.")]
    [InlineData("it", "Rimborso assicurato in ogni caso.")]
    [InlineData("it", "Riceverai il pacco entro venerdì.")]
    [InlineData("it", "Il corriere arriverà domani mattina.")]
    [InlineData("it", "Le assicuriamo che il pacco arriverà.")]
    [InlineData("it", "Non accadrà mai più, ci scusiamo.")]
    [InlineData("it", "Ti promettiamo un servizio perfetto.")]
    [InlineData("it", "La lampada sarà consegnata lunedì.")]
    [InlineData("it", "Possiamo garantirle il massimo risultato.")]
    [InlineData("it", "Riceverà il rimborso entro 5 giorni.")]
    [InlineData("it", "Risolveremo tutto entro domani.")]
    [InlineData("it", "Arrivera' di sicuro prima di Natale.")]
    [InlineData("en", "We guarantee that you will be happy.")]
    [InlineData("en", "It will never happen again.")]
    [InlineData("en", "You will definitely love the new one.")]
    [InlineData("en", "This won't happen again.")]
    [InlineData("en", "You will receive your parcel by tomorrow.")]
    [InlineData("en", "Your refund will arrive within two days.")]
    [InlineData("en", "It'll arrive on Monday.")]
    [InlineData("en", "The problem will be fixed tomorrow.")]
    [InlineData("en", "We promise a perfect service.")]
    [InlineData("en", "Rest assured, satisfaction guaranteed.")]
    [InlineData("en", "You'll get your money within 24 hours.")]
    [InlineData("en", "The parcel will certainly be there.")]
    public void PromisesAreFound(string language, string text) => Finds(ToneRule.Promise, text, Angry with { Language = language });

    [Theory]
    [InlineData("it", "Ci dispiace. Intanto scopri la nuova collezione.")]
    [InlineData("it", "Approfitti della nostra offerta speciale.")]
    [InlineData("it", "Ecco un codice sconto per il prossimo ordine.")]
    [InlineData("it", "Acquista ora il modello nuovo, funziona meglio.")]
    [InlineData("it", "Le offriamo il 10% di sconto sul prossimo acquisto.")]
    [InlineData("it", "Dai un'occhiata ai nostri nuovi arrivi.")]
    [InlineData("it", "Non perdere le nostre offerte di primavera.")]
    [InlineData("it", "Usa il codice SCUSA per il prossimo ordine.")]
    [InlineData("en", "We are sorry. Check out our new collection.")]
    [InlineData("en", "Here is a discount code for your next order.")]
    [InlineData("en", "Enjoy 20% off your next purchase.")]
    [InlineData("en", "Take advantage of our special offer.")]
    [InlineData("en", "Shop now, the new model is better.")]
    [InlineData("en", "Discover our latest range while you wait.")]
    [InlineData("en", "Don't miss our spring sale.")]
    public void SellingToAngryPeopleIsFound(string language, string text)
    {
        Finds(ToneRule.Selling, text, Angry with { Language = language });
        Assert.DoesNotContain(ToneCheck.Check(text, Angry with { Language = language, ToAngryPerson = false }), f => f.Rule == ToneRule.Selling);
    }

    [Theory]
    [InlineData("it", "Ciao Luca, scopri la nuova collezione sul sito: con il codice ESTATE hai il 10% di sconto.")]
    [InlineData("en", "Thanks, Emma! Check out our new collection, there is 10% off this week.")]
    [InlineData("it", "Buongiorno, approfitti dell'offerta speciale entro domenica.")]
    public void OthersMayHearOfOffers(string language, string text) => Assert.Empty(ToneCheck.Check(text, Angry with { Language = language, ToAngryPerson = false }));

    [Theory]
    [InlineData("it", "Il reso NON è possibile, LEGGERE le condizioni.")]
    [InlineData("it", "Grazie mille!!")]
    [InlineData("it", "Questo È IMPORTANTE per noi.")]
    [InlineData("it", "Grazie！！")]
    [InlineData("en", "Thank you so much!!!")]
    [InlineData("en", "PLEASE send us your order number.")]
    [InlineData("en", "We are REALLY sorry.")]
    [InlineData("en", "Great news‼")]
    public void ShoutingIsFound(string language, string text) => Finds(ToneRule.Shouting, text, Angry with { Language = language });

    [Theory]
    [InlineData("Gentile cliente, il suo ordine è pronto: vieni a ritirarlo.")]
    [InlineData("Ciao {author}, ci scriva in privato e ti rispondiamo.")]
    [InlineData("La ringraziamo per il messaggio: puoi mandarci una foto?")]
    [InlineData("Scrivici in privato, così controlliamo il Suo ordine.")]
    [InlineData("Gentile {author}, il suo ordine è partito: riceverai il link a breve.")]
    [InlineData("Vi ringraziamo per il messaggio, ti rispondiamo presto.")]
    [InlineData("Le chiediamo scusa, la tua segnalazione è importante.")]
    [InlineData("Se vuole, scrivici pure in privato.")]
    [InlineData("Hai ragione, ci scusiamo. Siamo a sua disposizione.")]
    [InlineData("Ciao Luca, controlla la posta e ci faccia sapere.")]
    [InlineData("Ti aspettiamo in negozio, se ha bisogno di altro ci chiami.")]
    public void AChangeOfAddressIsFoundWhateverIsWanted(string text)
    {
        Finds(ToneRule.MixedAddress, text, Angry);
        Finds(ToneRule.MixedAddress, text, Angry with { Address = Address.Tu });
        Finds(ToneRule.MixedAddress, text, Angry with { Address = Address.Lei });
        Assert.Empty(ToneCheck.Check(text, Angry with { Language = "en" }));
    }

    [Theory]
    [InlineData("Ci scriva in privato, per favore.")]
    [InlineData("La preghiamo di attendere qualche giorno.")]
    [InlineData("Buongiorno, può inviarci una foto?")]
    [InlineData("Abbiamo ricevuto la sua segnalazione.")]
    [InlineData("Siamo qui per aiutarla.")]
    [InlineData("Grazie per la Sua pazienza.")]
    [InlineData("Se ha altre domande, siamo qui.")]
    [InlineData("Gentile {author}, le rispondiamo al più presto.")]
    [InlineData("Non si preoccupi, ci mandi una foto.")]
    public void LeiIsWrongWhereTuIsWanted(string text) => IsWrong(text, Address.Lei, wanted: Address.Tu);

    [Theory]
    [InlineData("Scrivici in privato, per favore.")]
    [InlineData("Ti rispondiamo entro oggi.")]
    [InlineData("Grazie per la tua pazienza.")]
    [InlineData("Puoi mandarci una foto?")]
    [InlineData("Siamo qui per aiutarti.")]
    [InlineData("Ciao {author}, controlla la cartella dello spam.")]
    [InlineData("Vedrai che cambierai idea.")]
    [InlineData("Se sei iscritto, trovi tutto nel profilo.")]
    [InlineData("Potresti inviare il numero d'ordine?")]
    public void TuIsWrongWhereLeiIsWanted(string text) => IsWrong(text, Address.Tu, wanted: Address.Lei);

    [Theory]
    [InlineData("it", "Buongiorno, come già detto è tutto a posto.", "come già detto")]
    [InlineData("it", "Ciao, il pacco “Natale” arriverà entro domani.", "arriverà entro")]
    [InlineData("it", "È colpa sua.", "È colpa sua")]
    [InlineData("en", "Thanks, you’ll definitely like it.", "you'll definitely")]
    [InlineData("it", "Non si può, LO ABBIAMO SCRITTO sul sito.", "ABBIAMO SCRITTO")]
    public void AFindingNamesTheWords(string language, string text, string found) =>
        Assert.Equal(found, Assert.Single(ToneCheck.Check(text, Angry with { Language = language })).Found);

    [Theory]
    [InlineData(500, 500, false)]
    [InlineData(501, 500, true)]
    [InlineData(20, 10, true)]
    [InlineData(0, 0, false)]
    public void WhatIsTooLongIsFound(int length, int most, bool tooLong) => Assert.Equal(
        tooLong, ToneCheck.Check(new string('a', length), Angry with { MostCharacters = most }).Any(f => f.Rule == ToneRule.TooLong));

    [Fact]
    public void AnEmojiIsOneCharacter() => Assert.Empty(ToneCheck.Check("👨‍👩‍👧👍🏽è", Angry with { MostCharacters = 3 }));

    [Fact]
    public void TheSameWordsAreFoundOnce() => Assert.Single(ToneCheck.Check("Come già detto, no. Come già detto, no.", Angry));

    [Fact]
    public void FindingsComeInTheOrderOfTheRules()
    {
        var rules = ToneCheck.Check(
            "GRAZIE!! Come già detto scopri la nuova collezione, garantiamo tutto: ti aspettiamo e le rispondiamo.",
            Angry with { ApologyOwed = true, MostCharacters = 10 }).Select(f => f.Rule).ToArray();
        Assert.Equal(rules.Order(), rules);
        Assert.Equal(
            [ToneRule.MixedAddress, ToneRule.Blame, ToneRule.Promise, ToneRule.Selling, ToneRule.ApologyMissing, ToneRule.TooLong, ToneRule.Shouting],
            rules.Distinct());
    }

    [Fact]
    public void AnotherLanguageIsOnlyMeasured() => Assert.Equal(
        [ToneRule.TooLong, ToneRule.Shouting],
        ToneCheck.Check("Garantiamo che ti piacerà, come già detto!!", Angry with { Language = "fr", ApologyOwed = true, MostCharacters = 5 }).Select(f => f.Rule));

    [Theory]
    [InlineData("a")]
    [InlineData("A ")]
    [InlineData("!")]
    [InlineData("\"")]
    [InlineData("{")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a-")]
    [InlineData("se ")]
    [InlineData("ci scriva ")]
    [InlineData("riceverà entro non ")]
    [InlineData("you should have ")]
    [InlineData("\ud83d")]
    [InlineData("😀")]
    [InlineData("\ufdfa")]
    [InlineData("1.")]
    public void TwentyThousandCharactersAreReadAtOnce(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));
        foreach (var language in (string[])["it", "en", ""])
            Assert.Contains(ToneCheck.Check(text, Angry with { Language = language, ApologyOwed = true, MostCharacters = 100 }), f => f.Rule == ToneRule.TooLong);
    }

    [Fact]
    public void AnyTextIsChecked() => Prop.ForAll(
        AnyText().ToArbitrary(),
        Gen.Elements("it", "en", "", "xx").ToArbitrary(),
        Gen.Choose(-1, 500).ToArbitrary(),
        (text, language, most) =>
        {
            foreach (var finding in ToneCheck.Check(text, new ToneSituation(language, Address.Lei, ToAngryPerson: true, ApologyOwed: true, most)))
            {
                Assert.NotEmpty(finding.Italian);
                Assert.NotEmpty(finding.English);
                Assert.InRange(finding.Found.Length, 0, 400);
            }
        }).QuickCheckThrowOnFailure();

    private static Gen<string> AnyText()
    {
        var unit = Gen.Choose(0, char.MaxValue).Select(value => ((char)value).ToString());
        var known = Gen.Elements(
            "{author}", "{", "}", "@", "@anna", "#ciao", "www.a.it", "-", "'", "\"", "%", "\n", "!!", "?", "\ud83d", "\udc00", "\u200d", "\u0301", "1.5", "😀", " ", " ",
            " ci scriva ", " ti ", " Le ", " SUO ", " se ", " avrebbe dovuto ", " leggere", " riceverà ", " entro ", " non ", "come già ", "detto", " you should ", "have ", "read");
        return Gen.OneOf(unit, known).ListOf().Select(parts => string.Concat(parts));
    }

    private static void Finds(ToneRule rule, string text, ToneSituation situation) =>
        Assert.Equal(rule, Assert.Single(ToneCheck.Check(text, situation).Select(f => f.Rule).Distinct()));

    private static void IsWrong(string text, Address used, Address wanted)
    {
        var finding = Assert.Single(ToneCheck.Check(text, Angry with { Address = wanted }));
        Assert.Equal(ToneRule.WrongAddress, finding.Rule);
        Assert.NotEmpty(finding.Found);
        Assert.Empty(ToneCheck.Check(text, Angry with { Address = used }));
        Assert.Empty(ToneCheck.Check(text, Angry));
    }
}
