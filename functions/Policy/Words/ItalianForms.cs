namespace Moderato.Policy;

/// <summary>Genders and plurals of Italian nouns and adjectives, and the forms of regular verbs, by their ending.</summary>
internal static class ItalianForms
{
    private const int ShortestWord = 4;

    /// <summary>Of shorter infinitives most are irregular: fare, dire, bere.</summary>
    private const int ShortestVerb = 6;

    /// <summary>Where -o and -a are two different words, as in caso and casa: there nothing changes its gender.</summary>
    private static readonly HashSet<string> TwoWords =
    [
        .. ("arc balen ball banc barc basc bast boll bors bott broc buc bufal bus busi bust camp cant cap capell cappell car cart cas cer cett cib circ col coll "
            + "colp compres cont copp cors cos cost dat disdett ditt facci fam fas fest fiasc fil fin fogli foss fren front fum gal gamb gener gest gioc gir gocci gran grat gust "
            + "impost lam lanc leg legn lent lim lin list lott lun magli man manc mand manic mant marc marin mazz mel mens ment mess micc min mod mostr mulin mul "
            + "mur not offert ond pal pali pall palm pan pann parat part partit passat past patt pel pen penn per pers pes pest pezz pian piant pil pipp pist pizz pol "
            + "port post prat premi pres present prim promess propost prov pugn punt pur quadr quart raccolt ram rapin ras rat razz regol ren rest ret ricevut richiest rig ris rispost "
            + "rob rocc ros rot rotond sacc sal salit salt sbarr scal scelt schied scopert scop scort sed segn sel sent set sfer sit sol somm sort spall spes spin "
            + "spos stamp stat stell stil stor strad strisci suol tacc tagli tan tapp tass tast tavol tel temp tend terr test tett tin tint tir tocc top torn torr "
            + "tort tracci trattat tratt tren trib tromb tub uscit util vas vel ven vent vers vi vill vin vist vit volt zamp zon zucc").Split(' '),
    ];

    /// <summary>Nouns and adjectives that look like infinitives.</summary>
    private static readonly HashSet<string> NoVerbs =
    [
        .. ("carattere cadavere camere cenere genere lettere opere polvere piacere potere dovere volere sapere avere essere vipere tessere cellulare altare "
            + "collare volgare solare polare lunare secolare popolare particolare regolare singolare titolare circolare muscolare militare esemplare familiare "
            + "spettacolare salutare scolare stellare molare elementare alimentare andare avvenire settore").Split(' '),
    ];

    /// <summary>Without -ino, which makes things small more often than it wishes them: telefonino.</summary>
    private static readonly string[] AreEndings =
        ("iamo ate ano ato ata ati ando avo avi ava avamo avate avano ero erai era eremo erete eranno erei eresti erebbe eremmo ereste erebbero iate ai asti "
        + "ammo aste arono assi asse assero armi arti arci arvi arsi arlo arla arli arle alo ala ali ale atelo atela ateli atele").Split(' ');

    private static readonly string[] EreEndings =
        ("iamo ete ono uto uta uti ute endo evo evi eva evamo evate evano ero erai era eremo erete eranno erei eresti erebbe eremmo ereste erebbero a ano iate "
        + "essi esse essero ermi erti erci ervi ersi erlo erla erli erle").Split(' ');

    private static readonly string[] IreEndings =
        ("iamo ite ono iscono isco isci isce isca iscano ito ita iti endo ivo ivi iva ivamo ivate ivano iro irai ira iremo irete iranno irei iresti irebbe "
        + "iremmo ireste irebbero ano iate ii isti immo irono issi isse issero irmi irti irci irvi irsi irlo irla irli irle").Split(' ');

    public static void Add(string word, ICollection<string> forms)
    {
        if (word.Length < ShortestWord) return;
        if (TryAddVerb(word, forms)) return;
        var stem = word[..^1];
        switch (word[^1])
        {
            case 'o':
                AddPlural(stem, forms);
                if (!TwoWords.Contains(stem)) AddFeminine(stem, forms);
                break;
            case 'a':
                AddFeminine(stem, forms);
                if (!TwoWords.Contains(stem)) AddMasculine(stem, forms);
                break;
            case 'e':
                AddOfE(word, stem, forms);
                break;
            case 'i':
                AddSingulars(stem, forms);
                break;
        }
    }

    /// <summary>amico gives amici, pacco pacchi; which one it is nobody can tell by the ending, and the other is no word.</summary>
    private static void AddPlural(string stem, ICollection<string> forms)
    {
        if (stem[^1] == 'i') forms.Add(stem);
        else forms.Add(stem + "i");
        if (stem[^1] is 'c' or 'g') forms.Add(stem + "hi");
    }

    private static void AddFeminine(string stem, ICollection<string> forms)
    {
        forms.Add(stem + "a");
        forms.Add(stem[^1] is 'c' or 'g' ? stem + "he" : stem + "e");
        // "faccia" gives facce, "camicia" camicie.
        if (EndsIn(stem, "ci") || EndsIn(stem, "gi")) forms.Add(stem[..^1] + "e");
    }

    private static void AddMasculine(string stem, ICollection<string> forms)
    {
        forms.Add(stem + "o");
        // "mania" must not give mani.
        if (stem[^1] != 'i' || EndsIn(stem, "chi")) AddPlural(stem, forms);
    }

    private static void AddOfE(string word, string stem, ICollection<string> forms)
    {
        forms.Add(stem + "i");
        if ((EndsIn(word, "one") && !EndsIn(word, "ione")) || EndsIn(word, "iere")) forms.Add(stem + "a");
        if (!EndsIn(word, "tore")) return;
        forms.Add(word[..^3] + "rice");
        forms.Add(word[..^3] + "rici");
    }

    private static void AddSingulars(string stem, ICollection<string> forms)
    {
        if (EndsIn(stem, "ch") || EndsIn(stem, "gh"))
        {
            forms.Add(stem[..^1] + "o");
            if (!TwoWords.Contains(stem[..^1])) AddFeminine(stem[..^1], forms);
            return;
        }

        forms.Add(stem + "o");
        if (TwoWords.Contains(stem)) return;
        forms.Add(stem + "e");
        forms.Add(stem + "a");
        if (EndsIn(stem, "tor")) forms.Add(stem[..^2] + "rice");
    }

    private static bool TryAddVerb(string word, ICollection<string> forms)
    {
        var isReflexive = EndsIn(word, "rsi");
        var infinitive = isReflexive ? word[..^2] + "e" : word;
        if (infinitive.Length < ShortestVerb || NoVerbs.Contains(word) || EndsIn(word, "iere")) return false;
        var endings = infinitive[^3..] switch
        {
            "are" => AreEndings,
            "ere" => EreEndings,
            "ire" => IreEndings,
            _ => null,
        };
        if (endings is null) return false;

        var stem = infinitive[..^3];
        forms.Add(infinitive);
        foreach (var ending in endings) forms.Add(Joined(stem, ending, endings == AreEndings));
        // "portare" has porto and porta, but those are a harbour and a door.
        if (TwoWords.Contains(stem)) return true;
        foreach (var ending in (string[])["o", "i", endings == AreEndings ? "a" : "e"]) forms.Add(Joined(stem, ending, endings == AreEndings));
        return true;
    }

    /// <summary>-are keeps its sound: freghi, mangerò.</summary>
    private static string Joined(string stem, string ending, bool isAre)
    {
        if (!isAre || ending[0] is not ('e' or 'i')) return stem + ending;
        if (stem[^1] is 'c' or 'g') return stem + "h" + ending;
        var losesI = stem[^1] == 'i' && (ending[0] == 'i' || EndsIn(stem, "ci") || EndsIn(stem, "gi"));
        return losesI ? stem[..^1] + ending : stem + ending;
    }

    private static bool EndsIn(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);
}
