using System.Collections.Frozen;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>What a policy is read with.</summary>
/// <param name="Zone">The community's zone: <c>from</c> and <c>until</c> are in it.</param>
/// <param name="Abilities">What can be done on each platform.</param>
/// <param name="Guidelines">The community's guidelines; rules may cite only their paragraphs. Null where there are none.</param>
/// <param name="Now">The time: rules that are over are warned about.</param>
public sealed record PolicyContext(TimeZoneInfo Zone, Abilities Abilities, Guidelines? Guidelines, DateTimeOffset Now);

/// <summary>What reading a policy came to.</summary>
/// <param name="Policy">Ready to be asked; null if there is an error.</param>
/// <param name="Problems">Errors and warnings, in the order of the document.</param>
/// <param name="ReportAbove">A rule that applies to more than this share of comments, 0 to 1, should be warned about.</param>
public sealed record PolicyReading(CommunityPolicy? Policy, IReadOnlyList<PolicyProblem> Problems, double ReportAbove);

/// <summary>Reads policy documents. The language is in README.md, its JSON Schema in policy.schema.json.</summary>
public static class PolicyReader
{
    /// <summary>The longest document that is read, in characters.</summary>
    public const int Longest = 256 * 1024;

    private const int MostLists = 256;
    private const int MostWords = 20_000;
    private const double UsualReportAbove = 20;

    /// <summary>How long a team has where nothing else is said.</summary>
    private static readonly TimeSpan UsualTarget = TimeSpan.FromHours(24);

    private static readonly string[] Keys = ["policy", "address", "otherwise", "report_above", "require_reason", "values", "teams", "words", "templates", "rules"];
    private static readonly string[] Decisions = [.. Enum.GetNames<Decision>().Select(n => n.ToLowerInvariant())];
    private static readonly string[] UsualTeams = ["customer-care", "sales", "product", "marketing", "community"];

    public static PolicyReading Read(string yaml, PolicyContext context)
    {
        var problems = new List<PolicyProblem>();
        var reportAbove = UsualReportAbove;
        CommunityPolicy? policy = null;
        if (yaml.Length > Longest)
            problems.Add(new PolicyProblem(1, 1, IsError: true, $"The document has {yaml.Length} characters; at most {Longest} are read.", $"Il documento ha {yaml.Length} caratteri; se ne leggono al massimo {Longest}."));
        else if (DocumentLoader.Load(yaml, problems) is { } root)
            (policy, reportAbove) = ReadRoot(root, new DocumentReader(problems), context);
        if (policy is not null)
            PolicyWarnings.Add(policy, problems);
        return new PolicyReading(
            problems.Exists(p => p.IsError) ? null : policy,
            [.. problems.Distinct().OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.English, StringComparer.Ordinal)],
            reportAbove / 100);
    }

    private static (CommunityPolicy Policy, double ReportAbove) ReadRoot(DocumentNode root, DocumentReader read, PolicyContext context)
    {
        var entries = read.Map(root, "A policy", Keys);
        if (entries.TryGetValue("policy", out var format) && format.Value is not ScalarNode { Text: "1" })
            read.Error(format.Value, "This version of the format is not known; write policy: 1.", "Questa versione del formato non esiste; scrivete policy: 1.");
        else if (root is MapNode && !entries.ContainsKey("policy"))
            read.Error(root, "The first line must be policy: 1.", "La prima riga deve essere policy: 1.");

        var reportAbove = entries.TryGetValue("report_above", out var share) ? read.Number(share.Value, "'report_above'", 1, 100) ?? UsualReportAbove : UsualReportAbove;
        var lei = !entries.TryGetValue("address", out var address) || read.AnyOf(address.Value, "'address'", ["tu", "lei"]) is not ["tu"];
        Decision? otherwise = entries.TryGetValue("otherwise", out var rest) && read.AnyOf(rest.Value, "'otherwise'", ["approve", "hold"]) is [var chosen]
            ? chosen == "hold" ? Decision.Hold : Decision.Approve
            : null;
        var requireReason = entries.TryGetValue("require_reason", out var why) ? read.AnyOf(why.Value, "'require_reason'", Decisions) ?? [] : [];
        var values = entries.TryGetValue("values", out var given) ? Values(given.Value, read) : [];
        var teams = UsualTeams.ToDictionary(t => t, _ => UsualTarget, StringComparer.Ordinal);
        if (entries.TryGetValue("teams", out var own))
            Teams(own.Value, read, teams);
        var words = entries.TryGetValue("words", out var lists) ? Words(lists.Value, read) : [];
        var templates = entries.TryGetValue("templates", out var answers) ? TemplateReader.Read(answers.Value, read, values, lei) : [];

        var conditions = new ConditionReader(read, words, context.Abilities);
        var offered = new RuleReader.Offered(teams, templates.Keys, context.Zone, context.Guidelines?.Numbers, context.Abilities, context.Now);
        IReadOnlyList<Rule> rules = [];
        if (entries.TryGetValue("rules", out var ordered))
            rules = new RuleReader(read, conditions, offered).Read(ordered.Value);
        else if (root is MapNode)
            read.Error(root, "A policy needs 'rules'.", "A una policy servono 'rules'.");
        var usable = templates.Where(t => t.Value is not null).ToDictionary(t => t.Key, t => t.Value!, StringComparer.Ordinal);
        return (new CommunityPolicy(rules, words, usable, values, otherwise, conditions.AsksForSurroundings)
        {
            RequireReason = requireReason.Select(d => Enum.Parse<Decision>(d, ignoreCase: true)).ToFrozenSet(),
            Teams = teams.ToFrozenDictionary(),
        }, reportAbove);
    }

    private static Dictionary<string, string> Values(DocumentNode node, DocumentReader read)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (node is not MapNode map)
        {
            read.Error(node, "'values' must be a mapping, as in phone: 055 123456.", "'values' deve essere una mappa, come in phone: 055 123456.");
            return values;
        }
        foreach (var (key, value) in map.Entries)
        {
            if (ReplyTemplate.Known.Contains(key.Text))
                read.Error(key, $"'{key.Text}' is filled by Moderato; choose another name.", $"'{key.Text}' lo riempie Moderato; scegliete un altro nome.");
            else if (read.Id(key, "The name of a value") is { } name && read.Text(value, $"'{name}'", 500) is { } text)
                values.Add(name, text);
        }
        return values;
    }

    private static void Teams(DocumentNode node, DocumentReader read, Dictionary<string, TimeSpan> teams)
    {
        if (node is not MapNode map)
        {
            read.Error(node, "'teams' must be a mapping, as in warehouse: { within: 8h }.", "'teams' deve essere una mappa, come in warehouse: { within: 8h }.");
            return;
        }
        foreach (var (key, value) in map.Entries)
        {
            if (read.Id(key, "The name of a team") is not { } name)
                continue;
            var entries = value is ScalarNode { IsEmpty: true } ? null : read.Map(value, $"'{name}'", ["within"]);
            teams[name] = (entries?.TryGetValue("within", out var target) is true ? read.Span(target.Value, "'within'") : null) ?? UsualTarget;
        }
    }

    private static List<WordList> Words(DocumentNode node, DocumentReader read)
    {
        var lists = new List<WordList>();
        if (node is not MapNode map)
        {
            read.Error(node, "'words' must be a mapping from names to lists, as in swindle: [crypto, \"guadagn*\"].", "'words' deve essere una mappa da nomi a liste, come in swindle: [crypto, \"guadagn*\"].");
            return lists;
        }
        if (map.Entries.Count > MostLists)
            read.Error(node, $"There are {map.Entries.Count} lists; at most {MostLists} are read.", $"Ci sono {map.Entries.Count} liste; se ne leggono al massimo {MostLists}.");
        var total = 0;
        foreach (var (key, value) in map.Entries)
        {
            var name = read.Id(key, "The name of a list");
            var (entries, whole, inflect) = List(value, read);
            total += entries.Count;
            var checkedOnes = entries.Where(e => ConditionReader.CheckEntry(read, e)).ToList();
            foreach (var entry in checkedOnes)
                WarnAboutOrdinaryWords(entry, whole, inflect, read);
            if (name is not null)
                lists.Add(new WordList(name, [.. checkedOnes.Select(e => e.Text)], whole, inflect));
        }
        if (total > MostWords)
            read.Error(node, $"There are {total} words; at most {MostWords} are read.", $"Ci sono {total} parole; se ne leggono al massimo {MostWords}.");
        return lists;
    }

    private static (IReadOnlyList<ScalarNode> Entries, bool Whole, bool Inflect) List(DocumentNode node, DocumentReader read)
    {
        if (node is not MapNode)
            return (read.Several(node, "A list of words"), true, true);
        var entries = read.Map(node, "A list of words", ["words", "whole", "inflect"]);
        if (!entries.TryGetValue("words", out var words))
            read.Error(node, "This list has no 'words'.", "Questa lista non ha 'words'.");
        return (
            words.Value is null ? [] : read.Several(words.Value, "'words'"),
            !entries.TryGetValue("whole", out var whole) || read.Flag(whole.Value, "'whole'") is not false,
            !entries.TryGetValue("inflect", out var inflect) || read.Flag(inflect.Value, "'inflect'") is not false);
    }

    private static void WarnAboutOrdinaryWords(ScalarNode entry, bool whole, bool inflect, DocumentReader read)
    {
        const int shown = 3;
        var caught = OrdinaryWords.CaughtBy(entry.Text, whole, inflect, int.MaxValue);
        if (caught.Count == 0)
            return;
        var (count, some) = (caught.Count, string.Join(", ", caught.Take(shown)) + (caught.Count > shown ? "…" : "."));
        read.Warning(
            entry, $"'{entry.Text}' also matches ordinary words ({count}): {some} If that is too much, list the forms you mean.",
            $"'{entry.Text}' trova anche parole comuni ({count}): {some} Se è troppo, elencate le forme che intendete.");
    }
}
