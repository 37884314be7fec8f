using System.Globalization;

namespace Moderato.Policy;

/// <summary>What people read: the reason and what to do instead.</summary>
internal static class ToneMessages
{
    public static readonly ToneFinding MixedAddress = new(ToneRule.MixedAddress, "",
        "La risposta passa da una forma all'altra tra tu, Lei e voi: meglio sceglierne una e tenerla fino alla fine.",
        "The answer switches between tu, Lei and voi: choose one and keep it to the end.");

    public static readonly ToneFinding NotTu = new(ToneRule.WrongAddress, "",
        "Qui si dà del tu, ma la risposta dà del Lei: va riscritta con il tu.",
        "People are addressed with tu here, but the answer uses Lei: rewrite it with tu.");

    public static readonly ToneFinding NotLei = new(ToneRule.WrongAddress, "",
        "Qui si dà del Lei, ma la risposta dà del tu: va riscritta con il Lei.",
        "People are addressed with Lei here, but the answer uses tu: rewrite it with Lei.");

    public static readonly ToneFinding Blame = new(ToneRule.Blame, "",
        "Suona come un rimprovero: meglio dire che cosa è successo e che cosa si può fare adesso.",
        "This sounds like blame: say what happened and what can be done now.");

    public static readonly ToneFinding Promise = new(ToneRule.Promise, "",
        "Promette qualcosa che non dipende solo da voi: meglio dire che cosa farete voi, ed entro quando.",
        "This promises something that is not in your hands alone: say what you will do yourselves, and by when.");

    public static readonly ToneFinding Selling = new(ToneRule.Selling, "",
        "Chi è arrabbiato non vuole sentire offerte: meglio occuparsi prima del problema e lasciare fuori la pubblicità.",
        "Somebody who is angry does not want to hear about offers: take care of the problem first and leave the advertising out.");

    public static readonly ToneFinding ApologyMissing = new(ToneRule.ApologyMissing, "",
        "Qualcosa è andato storto e mancano le scuse: basta un semplice «ci dispiace».",
        "Something went wrong and there is no apology: a simple \"we are sorry\" is enough.");

    public static readonly ToneFinding Shouting = new(ToneRule.Shouting, "",
        "Maiuscole e punti esclamativi in fila sembrano urla: meglio le minuscole e un solo punto esclamativo.",
        "Capitals and rows of exclamation marks read like shouting: use small letters and a single exclamation mark.");

    public static ToneFinding TooLong(int most) => new(ToneRule.TooLong, "",
        string.Create(CultureInfo.InvariantCulture, $"La risposta supera i {most} caratteri e rischia di non essere letta: meglio accorciarla o continuare in privato."),
        string.Create(CultureInfo.InvariantCulture, $"The answer is longer than {most} characters and may go unread: shorten it or carry on in private."));
}
