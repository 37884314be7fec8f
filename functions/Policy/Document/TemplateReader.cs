namespace Moderato.Policy;

/// <summary>Reads templates of answers, and has their tone checked.</summary>
internal static class TemplateReader
{
    /// <summary>The longest answer, in characters.</summary>
    private const int LongestAnswer = 2_000;
    private const int MostVariants = 20;

    /// <returns>Every template by its name; null for one that cannot be used, so that rules may still name it.</returns>
    public static Dictionary<string, ReplyTemplate?> Read(DocumentNode node, DocumentReader read, IReadOnlyDictionary<string, string> values, bool lei)
    {
        var templates = new Dictionary<string, ReplyTemplate?>(StringComparer.Ordinal);
        if (node is not MapNode map)
        {
            read.Error(node, "'templates' must be a mapping from names to answers.", "'templates' deve essere una mappa da nomi a risposte.");
            return templates;
        }
        foreach (var (key, value) in map.Entries)
        {
            if (read.Id(key, "The name of a template") is { } name)
                templates[name] = One(name, key, value, read, values, lei);
        }
        return templates;
    }

    private static ReplyTemplate? One(string name, DocumentNode key, DocumentNode node, DocumentReader read, IReadOnlyDictionary<string, string> values, bool lei)
    {
        var languages = new Dictionary<string, IReadOnlyList<TemplateVariant>>(StringComparer.Ordinal);
        foreach (var (language, (_, value)) in read.Map(node, $"'{name}'", ["it", "en"]))
        {
            if (value is MapNode && language == "it")
            {
                var forms = read.Map(value, "'it'", ["tu", "lei"]);
                foreach (var (form, (_, written)) in forms)
                {
                    // Both forms are checked; the policy's own is used.
                    var variants = Variants(written, read, values, new ToneSituation("it", form == "tu" ? Address.Tu : Address.Lei, ToAngryPerson: false, ApologyOwed: false));
                    if (variants.Count > 0 && ((form == "lei") == lei || !languages.ContainsKey("it")))
                        languages["it"] = variants;
                }
                if (forms.Count > 0 && !forms.ContainsKey(lei ? "lei" : "tu"))
                {
                    var wanted = lei ? "lei" : "tu";
                    read.Warning(value, $"'{name}' has no Italian answer with '{wanted}', the policy's form of address; the other one is used.", $"'{name}' non ha una risposta con il '{wanted}', la forma scelta dalla policy; si usa l'altra.");
                }
                continue;
            }
            Address? address = language != "it" ? null : lei ? Address.Lei : Address.Tu;
            if (Variants(value, read, values, new ToneSituation(language, address, ToAngryPerson: false, ApologyOwed: false)) is { Count: > 0 } answers)
                languages[language] = answers;
        }
        if (node is MapNode { Entries.Count: 0 })
            read.Error(key, $"'{name}' has no answers; write them under 'it' and 'en'.", $"'{name}' non ha risposte; scrivetele sotto 'it' e 'en'.");
        return languages.Count > 0 ? new ReplyTemplate(name, languages) : null;
    }

    private static List<TemplateVariant> Variants(DocumentNode node, DocumentReader read, IReadOnlyDictionary<string, string> values, ToneSituation situation)
    {
        var variants = new List<TemplateVariant>();
        var written = read.Several(node, "A template");
        if (written.Count > MostVariants)
            read.Error(node, $"There are {written.Count} variants; at most {MostVariants} are read.", $"Ci sono {written.Count} varianti; se ne leggono al massimo {MostVariants}.");
        foreach (var one in written)
        {
            if (read.Text(one, "An answer", LongestAnswer) is not { } text)
                continue;
            if (TemplateVariant.Parse(text) is not { } variant)
            {
                read.Error(one, "A placeholder is written in braces, as in {author}; here one brace has no fellow.", "Un segnaposto si scrive tra graffe, come in {author}; qui una graffa è rimasta sola.");
                continue;
            }
            foreach (var placeholder in variant.Placeholders.Where(p => !ReplyTemplate.Known.Contains(p) && !values.ContainsKey(p)))
                read.Unknown(one, $"{{{placeholder}}}", [.. ReplyTemplate.Known.Concat(values.Keys).Select(k => $"{{{k}}}")]);
            foreach (var finding in ToneCheck.Check(text, situation))
                read.Warning(one, finding.English, finding.Italian);
            variants.Add(variant);
        }
        if (variants.Count > 0 && variants.All(v => v.Placeholders.Contains("author")))
        {
            read.Warning(
                node, "Every variant names {author}: where a platform tells no names there is no answer. Write one without.",
                "Ogni variante nomina {author}: dove la piattaforma non dice i nomi non c'è risposta. Scrivetene una senza.");
        }
        return variants;
    }
}
