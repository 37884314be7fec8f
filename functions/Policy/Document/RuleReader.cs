using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Reads the rules of a policy.</summary>
/// <param name="read">Takes nodes apart.</param>
/// <param name="conditions">Reads what stands under <c>if</c>.</param>
/// <param name="offered">What the rest of the document and the installation offer.</param>
internal sealed class RuleReader(DocumentReader read, ConditionReader conditions, RuleReader.Offered offered)
{
    /// <param name="Teams">Teams, with the time that each has.</param>
    /// <param name="Templates">Names of answers.</param>
    /// <param name="Zone">The community's zone.</param>
    /// <param name="Paragraphs">Numbers of the guidelines' paragraphs; null where there are no guidelines to hold against.</param>
    /// <param name="Abilities">What can be done where.</param>
    /// <param name="Now">The time.</param>
    public sealed record Offered(
        IReadOnlyDictionary<string, TimeSpan> Teams, IReadOnlyCollection<string> Templates, TimeZoneInfo Zone,
        IReadOnlyCollection<string>? Paragraphs, Abilities Abilities, DateTimeOffset Now);

    private const int MostRules = 500;

    public static readonly IReadOnlyList<string> Decisions = ["approve", "hide", "hold", "delete", "escalate"];
    private static readonly string[] RuleKeys = ["id", "name", "if", "then", "because", "enabled", "shadow", "from", "until", "percent"];
    private static readonly string[] ThenKeys = ["decision", "route", "reply", "label", "notify", "strike", "restrict_author", "irreversible"];

    /// <summary>Ids that outcomes use for what is no rule of a document.</summary>
    private static readonly string[] Reserved = [CommunityPolicy.DistressRule, "otherwise"];

    public IReadOnlyList<Rule> Read(DocumentNode node)
    {
        if (node is not ListNode list)
        {
            read.Error(node, "'rules' must be a list; each rule begins with '- id:'.", "'rules' deve essere una lista; ogni regola comincia con '- id:'.");
            return [];
        }
        if (list.Items.Count > MostRules)
            read.Error(list, $"There are {list.Items.Count} rules; at most {MostRules} are read.", $"Ci sono {list.Items.Count} regole; se ne leggono al massimo {MostRules}.");
        var rules = new List<Rule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (ReadRule(item, ids) is { } rule)
                rules.Add(rule);
        }
        return rules;
    }

    private Rule? ReadRule(DocumentNode node, HashSet<string> ids)
    {
        var entries = read.Map(node, "A rule", RuleKeys);
        if (node is not MapNode)
            return null;
        string? id = null;
        if (entries.TryGetValue("id", out var written))
            id = ReadId(written.Value, ids);
        else
            read.Error(node, "This rule has no 'id', as in id: hold-insults.", "Questa regola non ha 'id', come in id: hold-insults.");
        Wording? name = null;
        if (entries.TryGetValue("name", out var called))
            name = Wording(called.Value, "'name'");
        else
            read.Error(node, "This rule has no 'name' for people.", "Questa regola non ha un 'name' per le persone.");
        var condition = entries.TryGetValue("if", out var when) ? conditions.Read(when.Value, "'if'") : null;
        var usable = condition is not null || !entries.ContainsKey("if");
        RuleEffects? then = null;
        if (entries.TryGetValue("then", out var does))
            then = ReadThen(does.Value);
        else
            read.Error(node, "This rule has no 'then': what is to happen?", "Questa regola non ha 'then': che cosa deve succedere?");
        var limits = ReadLimits(entries);
        if (id is null || name is null || then is null || !usable)
            return null;

        var rule = limits with { Id = id, Name = name, If = condition, Then = then, Line = node.Line, Column = node.Column };
        if (condition is not null)
            WarnAboutAbilities(rule, does.Value);
        return rule;
    }

    private string? ReadId(DocumentNode node, HashSet<string> ids)
    {
        if (read.Id(node, "'id'") is not { } id)
            return null;
        if (Reserved.Contains(id))
            read.Error(node, $"'{id}' is the name of something that is always there; choose another id.", $"'{id}' è il nome di qualcosa che c'è sempre; scegliete un altro id.");
        else if (!ids.Add(id))
            read.Error(node, $"'{id}' is the id of a rule above; each id is used once.", $"'{id}' è già l'id di una regola più su; ogni id si usa una volta sola.");
        return id;
    }

    /// <summary>A text, or one for each language.</summary>
    public Wording? Wording(DocumentNode node, string what)
    {
        if (node is not MapNode)
            return read.Text(node, what, DocumentReader.LongestName) is { } text ? new Wording(new Dictionary<string, string> { [""] = text }) : null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (language, (_, value)) in read.Map(node, what, ["it", "en"]))
        {
            if (read.Text(value, what, DocumentReader.LongestName) is { } one)
                texts.Add(language, one);
        }
        return texts.Count > 0 ? new Wording(texts) : null;
    }

    /// <summary>Everything that keeps a rule from applying although its conditions hold; and its paragraph.</summary>
    private Rule ReadLimits(IReadOnlyDictionary<string, (ScalarNode Key, DocumentNode Value)> entries)
    {
        var rule = new Rule { Id = "", Name = null!, If = null, Then = null!, Line = 0, Column = 0 };
        foreach (var (key, (at, value)) in entries)
        {
            rule = key switch
            {
                "enabled" => rule with { Enabled = read.Flag(value, "'enabled'") ?? true },
                "shadow" => rule with { Shadow = read.Flag(value, "'shadow'") ?? false },
                "from" => rule with { From = read.Moment(value, "'from'", offered.Zone) },
                "until" => rule with { Until = read.Moment(value, "'until'", offered.Zone) },
                "percent" => rule with { Percent = Percent(value) },
                "because" => rule with { Paragraph = Paragraph(value) },
                _ => rule,
            };
        }
        if (rule.From >= rule.Until)
            read.Error(entries["until"].Key, "'until' must be later than 'from'.", "'until' deve venire dopo 'from'.");
        else if (rule.Until <= offered.Now)
            read.Warning(entries["until"].Key, "This rule is over: 'until' lies in the past.", "Questa regola è scaduta: 'until' è nel passato.");
        return rule;
    }

    private int Percent(DocumentNode node)
    {
        var number = read.Number(node, "'percent'", 1, 100) ?? 100;
        if (number % 1 != 0)
            read.Error(node, "'percent' must be a whole number.", "'percent' deve essere un numero intero.");
        return (int)number;
    }

    private string? Paragraph(DocumentNode node)
    {
        if (node is not ScalarNode { Text: var number } || !Guidelines.IsNumber(number))
        {
            read.Error(node, "'because' is the number of a paragraph of the guidelines, as in because: 3 or because: \"2.1\".", "'because' è il numero di un paragrafo delle linee guida, come in because: 3 o because: \"2.1\".");
            return null;
        }
        if (offered.Paragraphs is { } there && !there.Contains(number))
        {
            var known = DocumentReader.List(there, "and");
            read.Error(node, $"The guidelines have no paragraph {number}; they have {known}.", $"Le linee guida non hanno il paragrafo {number}; hanno {known}.");
        }
        return number;
    }

    private RuleEffects? ReadThen(DocumentNode node)
    {
        if (node is ScalarNode only)
        {
            if (ReadDecision(only) is { } decision)
                return new RuleEffects { Decision = decision };
            return null;
        }
        var effects = new RuleEffects();
        foreach (var (key, (_, value)) in read.Map(node, "'then'", ThenKeys))
        {
            effects = key switch
            {
                "decision" => effects with { Decision = ReadDecision(value) },
                "route" => Routed(effects, value),
                "reply" => effects with { Reply = Reply(value) },
                "label" => effects with { Labels = Labels(value) },
                "notify" => effects with { Notify = [.. read.Several(value, "'notify'").Where(n => read.Text(n, "'notify'", 100) is not null).Select(n => n.Text)] },
                "strike" => effects with { Strike = read.Flag(value, "'strike'") ?? false },
                "restrict_author" => effects with { RestrictAuthor = read.Flag(value, "'restrict_author'") ?? false },
                _ => effects with { Irreversible = read.Flag(value, "'irreversible'") ?? false },
            };
        }
        if (node is MapNode { Entries.Count: 0 })
            read.Error(node, "'then' is empty: what is to happen?", "'then' è vuoto: che cosa deve succedere?");
        if (effects is { Irreversible: true, Decision: null, RestrictAuthor: false })
            read.Warning(node, "'irreversible' changes nothing here: this rule takes no decision.", "'irreversible' qui non cambia niente: la regola non prende decisioni.");
        return effects;
    }

    private Decision? ReadDecision(DocumentNode node)
    {
        if (node is ScalarNode { Text: var word } && Decisions.Contains(word))
            return Enum.Parse<Decision>(word, ignoreCase: true);
        if (node is ScalarNode { IsEmpty: false } other)
            read.Unknown(node, other.Text, Decisions);
        else
            read.Error(node, $"A decision is {DocumentReader.List(Decisions, "or")}.", $"Una decisione è {DocumentReader.List(Decisions, "o")}.");
        return null;
    }

    private RuleEffects Routed(RuleEffects effects, DocumentNode node)
    {
        DocumentNode to = node;
        TimeSpan? within = null;
        if (node is MapNode)
        {
            var entries = read.Map(node, "'route'", ["to", "within"]);
            if (!entries.TryGetValue("to", out var team))
            {
                read.Error(node, "'route' needs 'to', as in { to: customer-care, within: 4h }.", "A 'route' serve 'to', come in { to: customer-care, within: 4h }.");
                return effects;
            }
            to = team.Value;
            if (entries.TryGetValue("within", out var target))
                within = read.Span(target.Value, "'within'");
        }
        if (read.Text(to, "A team", 40) is not { } name)
            return effects;
        if (offered.Teams.TryGetValue(name, out var usual))
            return effects with { Team = name, Within = within ?? usual };
        read.Unknown(to, name, [.. offered.Teams.Keys]);
        return effects;
    }

    private ReplyOrder? Reply(DocumentNode node)
    {
        DocumentNode? template = node;
        var (automatic, evenIfAngry) = (false, false);
        if (node is MapNode)
        {
            template = null;
            foreach (var (key, (_, value)) in read.Map(node, "'reply'", ["template", "send", "even_if_angry"]))
            {
                if (key == "template")
                    template = value;
                else if (key == "send")
                    automatic = read.AnyOf(value, "'send'", ["suggestion", "automatic"]) is ["automatic"];
                else
                    evenIfAngry = read.Flag(value, "'even_if_angry'") ?? false;
            }
            if (template is null)
            {
                read.Error(node, "'reply' needs 'template', as in { template: sorry, send: suggestion }.", "A 'reply' serve 'template', come in { template: sorry, send: suggestion }.");
                return null;
            }
            if (evenIfAngry && !automatic)
                read.Warning(node, "'even_if_angry' changes nothing without 'send: automatic'.", "'even_if_angry' non cambia niente senza 'send: automatic'.");
        }
        if (read.Text(template, "A template", 40) is not { } name)
            return null;
        if (!offered.Templates.Contains(name))
        {
            if (offered.Templates.Count > 0)
                read.Unknown(template, name, offered.Templates);
            else
                read.Error(template, "This policy has no 'templates' yet; write the answer there.", "Questa policy non ha ancora 'templates'; scrivete lì la risposta.");
            return null;
        }
        return new ReplyOrder(name, automatic, evenIfAngry);
    }

    private IReadOnlyList<LabelOrder> Labels(DocumentNode node)
    {
        if (node is ListNode { Items.Count: > 0 } list)
            return [.. list.Items.SelectMany(Labels)];
        if (node is not MapNode)
            return read.Id(node, "A label") is { } name ? [new LabelOrder(name, null)] : [];
        var entries = read.Map(node, "'label'", ["name", "for"]);
        if (!entries.TryGetValue("name", out var called))
        {
            read.Error(node, "'label' needs 'name', as in { name: vip, for: 30d }.", "A 'label' serve 'name', come in { name: vip, for: 30d }.");
            return [];
        }
        var span = entries.TryGetValue("for", out var until) ? read.Span(until.Value, "'for'") : null;
        return read.Id(called.Value, "A label") is { } label ? [new LabelOrder(label, span)] : [];
    }

    /// <summary>Where a rule names its platforms, what they cannot do is said now and not when it is too late.</summary>
    private void WarnAboutAbilities(Rule rule, DocumentNode then)
    {
        var platforms = rule.If switch
        {
            ChoiceCondition { Name: "platform" } only => only.Choices,
            AllCondition all => all.Parts.OfType<ChoiceCondition>().FirstOrDefault(c => c.Name == "platform")?.Choices ?? [],
            _ => [],
        };
        foreach (var platform in platforms.Select(PlatformId.Parse).Where(offered.Abilities.Platforms.Contains))
        {
            var can = offered.Abilities.Of(platform);
            if (rule.Then.Decision is Decision.Hide or Decision.Hold or Decision.Delete && !can.Any(l => Fits(rule, l)))
            {
                var word = rule.Then.Decision.ToString()!.ToLowerInvariant();
                read.Warning(
                    then, $"On {platform} this cannot be done ({word}): the comment stays visible there, and waits here for a person.",
                    $"Su {platform} questo non si può fare ({word}): lì il commento resta visibile, e qui aspetta una persona.");
            }
            else if (rule.Then is { Decision: Decision.Delete, Irreversible: false } && !can.Any(l => l is { Kind: ActionKind.Delete, TakenBackBy: not null }))
            {
                read.Warning(
                    then, $"On {platform} a deletion cannot be taken back: without 'irreversible: true' the comment is hidden or held instead.",
                    $"Su {platform} una cancellazione non si può annullare: senza 'irreversible: true' il commento viene invece nascosto o trattenuto.");
            }
        }
    }

    private static bool Fits(Rule rule, Lever lever) =>
        (rule.Then.Irreversible || lever.TakenBackBy is not null) && lever.Kind switch
        {
            ActionKind.Hide => rule.Then.Decision is not Decision.Hold,
            ActionKind.Hold => true,
            ActionKind.Delete => rule.Then.Decision is Decision.Delete,
            _ => false,
        };
}
