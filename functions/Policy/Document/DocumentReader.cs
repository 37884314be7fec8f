using System.Globalization;
using System.Text.RegularExpressions;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Takes nodes apart, and says everything that is wrong rather than the first thing: what, where, and what would be right.</summary>
internal sealed partial class DocumentReader(List<PolicyProblem> problems)
{
    public const int LongestName = 120;

    /// <summary>Of rules, teams, templates, lists and labels.</summary>
    public const int LongestId = 40;

    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(3650);

    public void Error(DocumentNode at, string english, string italian) => problems.Add(new PolicyProblem(at.Line, at.Column, IsError: true, english, italian));

    public void Warning(DocumentNode at, string english, string italian) => problems.Add(new PolicyProblem(at.Line, at.Column, IsError: false, english, italian));

    /// <summary>The entries of a mapping whose keys are all known; every other key is an error, with the likeliest one meant.</summary>
    public IReadOnlyDictionary<string, (ScalarNode Key, DocumentNode Value)> Map(DocumentNode node, string what, IReadOnlyCollection<string> known)
    {
        if (node is not MapNode map)
        {
            Error(node, $"{what} must be a mapping with keys such as '{known.First()}:'.", $"{what} deve essere una mappa con chiavi come '{known.First()}:'.");
            return new Dictionary<string, (ScalarNode, DocumentNode)>();
        }
        var entries = new Dictionary<string, (ScalarNode, DocumentNode)>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            if (known.Contains(key.Text))
                entries.Add(key.Text, (key, value));
            else
                Unknown(key, key.Text, known);
        }
        return entries;
    }

    /// <summary>Something that is none of the words that stand here.</summary>
    public void Unknown(DocumentNode at, string written, IReadOnlyCollection<string> known)
    {
        var nearest = known.MinBy(k => Distance(written, k)) ?? "";
        var meant = known.Count > 0 && Distance(written, nearest) <= Math.Max(2, written.Length / 3);
        Error(
            at,
            meant ? $"'{Shown(written)}' is not known here; did you mean '{nearest}'?" : $"'{Shown(written)}' is not known here; it may be {List(known, "or")}.",
            meant ? $"'{Shown(written)}' qui non esiste; intendevate '{nearest}'?" : $"'{Shown(written)}' qui non esiste; può essere {List(known, "o")}.");
    }

    public string? Text(DocumentNode node, string what, int longest)
    {
        if (node is ScalarNode { IsEmpty: false, Text.Length: > 0 } scalar && scalar.Text.Length <= longest)
            return scalar.Text;
        Error(node, $"{what} must be a text of 1 to {longest} characters.", $"{what} deve essere un testo da 1 a {longest} caratteri.");
        return null;
    }

    /// <summary>1 to 40 lower-case letters, digits and hyphens.</summary>
    public string? Id(DocumentNode node, string what)
    {
        if (node is ScalarNode scalar && Slug.IsValid(scalar.Text, LongestId))
            return scalar.Text;
        Error(node, $"{what} must have 1 to 40 lower-case letters, digits or hyphens, as in 'hold-insults'.", $"{what} deve avere da 1 a 40 lettere minuscole, cifre o trattini, come 'hold-insults'.");
        return null;
    }

    public bool? Flag(DocumentNode node, string what)
    {
        if (node is ScalarNode { IsPlain: true } scalar && scalar.Text is "true" or "false")
            return scalar.Text == "true";
        Error(node, $"{what} must be true or false.", $"{what} deve essere true o false.");
        return null;
    }

    public double? Number(DocumentNode node, string what, double lowest, double highest)
    {
        if (node is ScalarNode { IsPlain: true } scalar
            && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= lowest && number <= highest)
            return number;
        var (low, high) = (lowest.ToString(CultureInfo.InvariantCulture), highest.ToString(CultureInfo.InvariantCulture));
        Error(
            node,
            $"{what} must be a number from {low} to {high}, with a point for decimals as in 0.5 and without quotes or percent sign.",
            $"{what} deve essere un numero da {low} a {high}, con il punto per i decimali come in 0.5, senza virgolette e senza percento.");
        return null;
    }

    /// <summary><c>30m</c>, <c>24h</c>, <c>7d</c>.</summary>
    public TimeSpan? Span(DocumentNode node, string what)
    {
        if (node is ScalarNode scalar && SpanPattern().Match(scalar.Text) is { Success: true } match)
        {
            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            var span = match.Groups["unit"].Value switch { "m" => TimeSpan.FromMinutes(number), "h" => TimeSpan.FromHours(number), _ => TimeSpan.FromDays(number) };
            if (span > TimeSpan.Zero && span <= LongestSpan)
                return span;
        }
        Error(node, $"{what} must be a span of time such as 30m, 24h or 7d.", $"{what} deve essere una durata come 30m, 24h o 7d.");
        return null;
    }

    /// <summary>One text, or a list of them; at least one.</summary>
    public IReadOnlyList<ScalarNode> Several(DocumentNode node, string what)
    {
        if (node is ScalarNode { IsEmpty: false, Text.Length: > 0 } one)
            return [one];
        if (node is ListNode { Items.Count: > 0 } list)
        {
            foreach (var wrong in list.Items.Where(i => i is not ScalarNode { IsEmpty: false, Text.Length: > 0 }))
                Error(wrong, $"Each item of {what} must be a text.", $"Ogni elemento di {what} deve essere un testo.");
            return [.. list.Items.OfType<ScalarNode>().Where(i => i is { IsEmpty: false, Text.Length: > 0 })];
        }
        Error(node, $"{what} must be a text, or a list of texts with at least one.", $"{what} deve essere un testo, o una lista con almeno un testo.");
        return [];
    }

    /// <summary>One or several of a fixed set of words.</summary>
    public IReadOnlyList<string> AnyOf(DocumentNode node, string what, IReadOnlyCollection<string> known)
    {
        var chosen = new List<string>();
        foreach (var item in Several(node, what))
        {
            if (known.Contains(item.Text))
                chosen.Add(item.Text);
            else
                Unknown(item, item.Text, known);
        }
        return chosen;
    }

    /// <summary>A day or a time in the community's zone, as UTC. A time that the zone skips is read as the one an hour later.</summary>
    public DateTimeOffset? Moment(DocumentNode node, string what, TimeZoneInfo zone)
    {
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
        if (node is ScalarNode scalar && DateTime.TryParseExact(scalar.Text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            if (zone.IsInvalidTime(local))
                local = local.AddHours(1);
            return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone), TimeSpan.Zero);
        }
        Error(node, $"{what} must be a day or a time such as 2026-12-01 or 2026-12-01T08:00.", $"{what} deve essere un giorno o un orario come 2026-12-01 o 2026-12-01T08:00.");
        return null;
    }

    public static string List(IEnumerable<string> words, string conjunction)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} {conjunction} {all[^1]}";
    }

    /// <summary>What was written, as far as a message should repeat it.</summary>
    private static string Shown(string written) => written.Length <= 40 ? written : $"{written[..40]}…";

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 40)
            return a.Length;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }

    [GeneratedRegex("^(?<number>[0-9]{1,5})(?<unit>[mhd])$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpanPattern();
}
