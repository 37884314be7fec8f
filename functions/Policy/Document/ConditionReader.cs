using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Reads the conditions of a rule. Which there are, and what they mean, is in README.md.</summary>
/// <param name="read">Takes nodes apart.</param>
/// <param name="words">The policy's lists of words; lists written on the spot are added.</param>
/// <param name="abilities">The platforms there are.</param>
internal sealed class ConditionReader(DocumentReader read, List<WordList> words, Abilities abilities)
{
    private static readonly string[] Comparisons = ["at_least", "at_most", "above", "below"];
    private static readonly string[] Sentiments = ["negative", "neutral", "positive"];
    private static readonly string[] Languages = ["it", "en", "es", "fr", "de", "pt", "other"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly TimeSpan LongestDuplicateSpan = TimeSpan.FromHours(24);

    /// <summary>Numbers by their key: the bounds they can have at all, and where they come from.</summary>
    private static readonly Dictionary<string, (double Low, double High, Func<Evaluation, double?> Read)> Numbers = new(StringComparer.Ordinal)
    {
        ["sentiment_strength"] = (0, 1, at => at.Signals.Confidence),
        ["anger"] = (0, 1, at => at.Signals.Anger),
        ["toxicity"] = (0, 1, at => at.Signals.Harm.Toxicity),
        ["insult"] = (0, 1, at => at.Signals.Harm.Insult),
        ["identity_attack"] = (0, 1, at => at.Signals.Harm.IdentityAttack),
        ["threat"] = (0, 1, at => at.Signals.Harm.Threat),
        ["obscenity"] = (0, 1, at => at.Signals.Harm.Obscenity),
        ["sexual"] = (0, 1, at => at.Signals.Harm.Sexual),
        ["spam"] = (0, 1, at => at.Signals.Spam),
        ["distress"] = (0, 1, at => at.Signals.Distress),
        ["rude_words"] = (0, CommentLimits.Text, at => at.Signals.RudeWords),
        ["links"] = (0, CommentLimits.Text, at => at.Signals.LinkHosts.Count),
        ["length"] = (0, CommentLimits.Text, at => at.Signals.Length),
        ["capitals"] = (0, 1, at => at.Signals.Capitals),
        ["emoji"] = (0, CommentLimits.Text, at => at.Signals.Emoji),
        ["mentions"] = (0, CommentLimits.Text, at => at.Signals.Mentions),
        ["stars"] = (1, 5, at => at.Comment.Stars),
        ["thread_mood"] = (-1, 1, at => at.Around?.ThreadMood),
        ["channel_mood"] = (-1, 1, at => at.Around?.ChannelMood),
        ["pile_on"] = (0, 1_000_000, at => at.Around?.PileOn),
    };

    private static readonly Dictionary<string, Func<Evaluation, bool>> Flags = new(StringComparer.Ordinal)
    {
        ["stars_disagree"] = at => at.Signals.StarsDisagree,
        ["reply"] = at => at.Comment.ParentId is not null,
        ["edited"] = at => at.Comment.Revision > 1,
    };

    private static readonly string[] Others =
        ["sentiment", "intent", "language", "words", "link_hosts", "link_hosts_except", "platform", "channel", "post", "post_age", "time", "author", "near_duplicates", "all", "any", "not"];

    private static readonly string[] AuthorKeys = ["first_comment", "comments", "withheld", "withheld_share", "strikes", "label", "trusted", "team"];

    /// <summary>Every key that a condition can have.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Numbers.Keys, .. Flags.Keys, .. Others];

    /// <summary>Whether some condition read so far asks what goes on around a comment.</summary>
    public bool AsksForSurroundings { get; private set; }

    /// <summary>A mapping of conditions that must all hold. Null, with a problem more, where nothing usable is written.</summary>
    public Condition? Read(DocumentNode node, string what)
    {
        var parts = new List<Condition>();
        var entries = read.Map(node, what, Keys);
        foreach (var (key, (at, value)) in entries)
        {
            if (ReadOne(key, value) is { } condition)
                parts.Add(condition);
        }
        if (node is MapNode { Entries.Count: 0 })
            read.Error(node, $"{what} has no conditions; leave 'if' out if the rule is always to apply.", $"{what} non ha condizioni; togliete 'if' se la regola deve valere sempre.");
        return parts.Count switch { 0 => null, 1 => parts[0], _ => new AllCondition(parts) };
    }

    private Condition? ReadOne(string key, DocumentNode value)
    {
        if (Numbers.TryGetValue(key, out var number))
        {
            AsksForSurroundings |= key is "thread_mood" or "channel_mood" or "pile_on";
            return ReadBounds(key, value, number.Low, number.High) is { } bounds ? new NumberCondition(key, bounds, number.Read) : null;
        }
        if (Flags.TryGetValue(key, out var flag))
            return read.Flag(value, $"'{key}'") is { } wanted ? new FlagCondition(key, wanted, flag) : null;
        return key switch
        {
            "sentiment" => Choice(key, read.AnyOf(value, "'sentiment'", Sentiments), at => Sentiments[(int)at.Signals.Sentiment]),
            "language" => Choice(key, read.AnyOf(value, "'language'", Languages), at => at.Signals.Language),
            "platform" => Choice(key, Platforms(value), at => at.Comment.Key.Platform.ToString()),
            "channel" => Choice(key, Texts(value, key), at => at.Comment.Channel),
            "post" => Choice(key, Texts(value, key), at => at.Comment.ThreadId),
            "intent" => Overlap(key, read.AnyOf(value, "'intent'", IntentNames.All), HasIntent),
            "words" => Words(value),
            "link_hosts" or "link_hosts_except" => Hosts(value, key),
            "post_age" => Age(value),
            "time" => Time(value),
            "author" => Author(value),
            "near_duplicates" => NearDuplicates(value),
            "all" or "any" => Together(value, key),
            _ => Read(value, "'not'") is { } inner ? new NotCondition(inner) : null,
        };
    }

    private static ChoiceCondition? Choice(string key, IReadOnlyList<string> choices, Func<Evaluation, string?> of) =>
        choices.Count == 0 ? null : new ChoiceCondition(key, choices, of);

    private static OverlapCondition? Overlap(string key, IReadOnlyList<string> wanted, Func<Evaluation, string, bool> has) =>
        wanted.Count == 0 ? null : new OverlapCondition(key, wanted, has);

    private static bool HasIntent(Evaluation at, string intent)
    {
        var intents = at.Signals.Intents;
        for (var i = 0; i < intents.Count; i++)
        {
            if (intents[i].Intent.Name() == intent)
                return true;
        }
        return intents.Count == 0 && intent == "other";
    }

    private IReadOnlyList<string> Texts(DocumentNode value, string key) => [.. read.Several(value, $"'{key}'").Select(t => t.Text)];

    /// <summary>Sites of one's own send under names that nobody can know here, so an unknown one is only warned about.</summary>
    private List<string> Platforms(DocumentNode value)
    {
        var chosen = new List<string>();
        foreach (var item in read.Several(value, "'platform'"))
        {
            if (!PlatformId.TryParse(item.Text, out var platform))
            {
                read.Error(item, $"A platform has {PlatformId.Rule}, as in 'facebook'.", "Una piattaforma ha da 1 a 32 lettere minuscole, cifre o trattini, come 'facebook'.");
                continue;
            }
            if (!abilities.Platforms.Contains(platform))
            {
                var known = DocumentReader.List(abilities.Platforms.Select(p => p.ToString()), "and");
                read.Warning(item, $"'{platform}' is none of the platforms that are built in ({known}); it can only be a site of your own.", $"'{platform}' non è tra le piattaforme previste ({known}); può essere solo un vostro sito.");
            }
            chosen.Add(item.Text);
        }
        return chosen;
    }

    /// <param name="what">The key, for messages.</param>
    /// <param name="node">A mapping of comparisons.</param>
    /// <param name="low">The least that there can be.</param>
    /// <param name="high">The most that there can be.</param>
    /// <param name="more">Keys besides comparisons; read elsewhere.</param>
    private Bounds? ReadBounds(string what, DocumentNode node, double low, double high, params string[] more)
    {
        if (node is not MapNode)
        {
            read.Error(node, $"'{what}' is compared by {DocumentReader.List(Comparisons, "or")}, as in {what}: {{ at_least: {Example(low, high)} }}", $"'{what}' si confronta con {DocumentReader.List(Comparisons, "o")}, come in {what}: {{ at_least: {Example(low, high)} }}");
            return null;
        }
        var bounds = Bounds.Everything;
        var compared = false;
        var usable = true;
        foreach (var (key, (_, value)) in read.Map(node, $"'{what}'", [.. Comparisons, .. more]))
        {
            if (!Comparisons.Contains(key))
                continue;
            compared = true;
            if (read.Number(value, $"'{key}' of '{what}'", low, high) is not { } number)
                usable = false;
            else
                bounds = bounds.And(BoundsOf(key, number));
        }
        if (!compared && usable && node is MapNode { Entries: var entries } && entries.All(e => more.Contains(e.Key.Text)))
            read.Error(node, $"'{what}' needs one of {DocumentReader.List(Comparisons, "or")}.", $"A '{what}' serve uno tra {DocumentReader.List(Comparisons, "o")}.");
        else if (compared && usable && bounds.And(new Bounds(low, false, high, false)).IsEmpty)
            read.Warning(node, $"Nothing is {bounds}: this can never hold.", $"Nessun valore soddisfa '{bounds}': questa condizione non vale mai.");
        return compared && usable ? bounds : null;
    }

    private static Bounds BoundsOf(string comparison, double number) => comparison switch
    {
        "at_least" => Bounds.Everything with { Low = number },
        "above" => Bounds.Everything with { Low = number, LowExcluded = true },
        "at_most" => Bounds.Everything with { High = number },
        _ => Bounds.Everything with { High = number, HighExcluded = true },
    };

    private static string Example(double low, double high) => high <= 1 ? (low < 0 ? "-0.3" : "0.5") : "3";

    private Condition? Words(DocumentNode value)
    {
        if (value is ScalarNode { IsEmpty: false } name && words.FindIndex(w => w.Name == name.Text) is >= 0 and var at)
            return new WordsCondition(at, name.Text);
        if (value is ScalarNode { IsEmpty: false } unknown)
        {
            var names = DocumentReader.List(words.Where(w => w.Name.Length > 0).Select(w => w.Name), "and");
            read.Error(
                unknown,
                $"There is no list of this name under 'words'{(names.Length > 0 ? $" (there are {names})" : "")}; words on the spot are written as a list, as in words: [uno, due].",
                $"Sotto 'words' non c'è una lista con questo nome{(names.Length > 0 ? $" (ci sono {names})" : "")}; le parole sul posto si scrivono come lista, come in words: [uno, due].");
            return null;
        }
        var (entries, parts) = (new List<string>(), new List<Condition>());
        foreach (var entry in read.Several(value, "'words'"))
        {
            if (words.FindIndex(w => w.Name == entry.Text) is >= 0 and var list)
                parts.Add(new WordsCondition(list, entry.Text));
            else if (CheckEntry(read, entry))
                entries.Add(entry.Text);
        }
        if (entries.Count > 0)
        {
            words.Add(new WordList("", entries));
            parts.Add(new WordsCondition(words.Count - 1, "on the spot"));
        }
        return parts.Count switch { 0 => null, 1 => parts[0], _ => new AnyCondition(parts) };
    }

    public static bool CheckEntry(DocumentReader read, ScalarNode entry)
    {
        if (WordEntry.ProblemWith(entry.Text) is not { } problem)
            return true;
        read.Error(entry, problem.English, problem.Italian);
        return false;
    }

    private HostsCondition? Hosts(DocumentNode value, string key)
    {
        var hosts = new List<string>();
        foreach (var item in read.Several(value, $"'{key}'"))
        {
            var host = item.Text.ToLowerInvariant();
            var bare = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
            if (Uri.CheckHostName(bare) == UriHostNameType.Unknown || (bare == host && !host.Contains('.')))
                read.Error(item, "A host is written as in bit.ly or \"*.example.com\", without https:// and path.", "Un host si scrive come bit.ly o \"*.example.com\", senza https:// e senza percorso.");
            else
                hosts.Add(host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host);
        }
        return hosts.Count == 0 ? null : new HostsCondition(hosts, key == "link_hosts_except");
    }

    private NumberCondition? Age(DocumentNode node)
    {
        var bounds = Bounds.Everything;
        var entries = read.Map(node, "'post_age'", Comparisons);
        foreach (var (key, (_, value)) in entries)
        {
            if (read.Span(value, $"'{key}' of 'post_age'") is not { } span)
                return null;
            bounds = bounds.And(BoundsOf(key, span.TotalDays));
        }
        if (entries.Count == 0)
        {
            if (node is MapNode { Entries.Count: 0 })
                read.Error(node, $"'post_age' needs one of {DocumentReader.List(Comparisons, "or")}, as in {{ above: 30d }}.", $"A 'post_age' serve uno tra {DocumentReader.List(Comparisons, "o")}, come in {{ above: 30d }}.");
            return null;
        }
        return new NumberCondition("post_age", bounds, at => at.Comment.PostCreatedAt is { } created ? (at.At - created).TotalDays : null);
    }

    private TimeCondition? Time(DocumentNode node)
    {
        var entries = read.Map(node, "'time'", ["from", "to", "days"]);
        if (entries.Count == 0)
            return null;
        TimeSpan? from = TimeSpan.Zero, to = TimeSpan.FromDays(1);
        if (entries.TryGetValue("from", out var start))
            from = Clock(start.Value, "'from'");
        if (entries.TryGetValue("to", out var end))
            to = Clock(end.Value, "'to'");
        var days = entries.TryGetValue("days", out var chosen) ? read.AnyOf(chosen.Value, "'days'", Days) : Days;
        if (from == to)
        {
            read.Error(node, "'from' and 'to' are the same: no time lies between them.", "'from' e 'to' sono uguali: tra i due non c'è tempo.");
            return null;
        }
        return from is null || to is null || days.Count == 0 ? null : new TimeCondition(from.Value, to.Value, days.Select(d => (DayOfWeek)Array.IndexOf(Days, d)).ToHashSet());
    }

    private TimeSpan? Clock(DocumentNode node, string what)
    {
        if (node is ScalarNode scalar && TimeOnly.TryParseExact(scalar.Text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time))
            return time.ToTimeSpan();
        read.Error(node, $"{what} must be a time of day in quotes, from \"00:00\" to \"23:59\".", $"{what} deve essere un orario tra virgolette, da \"00:00\" a \"23:59\".");
        return null;
    }

    private NumberCondition? NearDuplicates(DocumentNode node)
    {
        AsksForSurroundings = true;
        if (ReadBounds("near_duplicates", node, 0, 1_000_000, "within") is not { } bounds || Within(node, "near_duplicates") is not { } span)
            return null;
        if (span > LongestDuplicateSpan)
        {
            read.Error(node, "'within' of 'near_duplicates' is at most 24h.", "'within' di 'near_duplicates' è al massimo 24h.");
            return null;
        }
        return new NumberCondition($"near_duplicates within {Short(span)}", bounds, at => at.Around?.DuplicatesWithin(span));
    }

    private static string Short(TimeSpan span) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{(span.TotalDays % 1 == 0 ? $"{span.TotalDays}d" : span.TotalHours % 1 == 0 ? $"{span.TotalHours}h" : $"{span.TotalMinutes}m")}");

    private TimeSpan? Within(DocumentNode node, string what)
    {
        if (((MapNode)node).Entries.FirstOrDefault(e => e.Key.Text == "within") is { Value: { } value })
            return read.Span(value, $"'within' of '{what}'");
        read.Error(node, $"'{what}' needs 'within', as in {what}: {{ at_least: 3, within: 7d }}", $"A '{what}' serve 'within', come in {what}: {{ at_least: 3, within: 7d }}");
        return null;
    }

    private Condition? Author(DocumentNode node)
    {
        var parts = new List<Condition>();
        foreach (var (key, (_, value)) in read.Map(node, "'author'", AuthorKeys))
        {
            if (AuthorOne(key, value) is { } condition)
                parts.Add(condition);
        }
        if (node is MapNode { Entries.Count: 0 })
            read.Error(node, $"'author' needs one of {DocumentReader.List(AuthorKeys, "or")}.", $"A 'author' serve uno tra {DocumentReader.List(AuthorKeys, "o")}.");
        return parts.Count switch { 0 => null, 1 => parts[0], _ => new AllCondition(parts) };
    }

    private Condition? AuthorOne(string key, DocumentNode value)
    {
        switch (key)
        {
            case "first_comment" or "trusted" or "team":
                Func<Evaluation, bool> flag = key switch
                {
                    "first_comment" => at => at.Author.Before(at.At) == 0,
                    "trusted" => at => at.Author.Profile.Trusted,
                    _ => at => at.Author.Profile.Team,
                };
                return read.Flag(value, $"'{key}'") is { } wanted ? new FlagCondition($"author.{key}", wanted, flag) : null;
            case "label":
                var labels = read.Several(value, "'label'").Select(l => read.Id(l, "A label")).OfType<string>().ToList();
                return Overlap("author.label", labels, (at, label) => at.Author.HasLabel(label, at.At));
            case "comments":
                return ReadBounds(key, value, 0, 1_000_000) is { } count ? new NumberCondition("author.comments", count, at => at.Author.Before(at.At)) : null;
        }
        var highest = key == "withheld_share" ? 1 : 1_000_000;
        if (ReadBounds(key, value, 0, highest, "within") is not { } bounds || Within(value, key) is not { } span)
            return null;
        Func<Evaluation, double?> number = key switch
        {
            "withheld" => at => at.Author.Withheld(at.At, span),
            "withheld_share" => at => at.Author.WithheldShare(at.At, span),
            _ => at => at.Author.Strikes(at.At, span),
        };
        return new NumberCondition($"author.{key} within {Short(span)}", bounds, number);
    }

    private Condition? Together(DocumentNode node, string key)
    {
        if (node is not ListNode { Items.Count: > 0 } list)
        {
            read.Error(node, $"'{key}' needs a list of conditions, each on a line of its own that begins with '- '.", $"A '{key}' serve una lista di condizioni, ciascuna su una riga che comincia con '- '.");
            return null;
        }
        var parts = list.Items.Select(item => Read(item, $"A condition of '{key}'")).OfType<Condition>().ToList();
        if (parts.Count == 0)
            return null;
        return key == "all" ? new AllCondition(parts) : new AnyCondition(parts);
    }
}
