namespace Moderato.Policy;

/// <summary>Looks at rules together: which of them can never decide.</summary>
internal static class PolicyWarnings
{
    public static void Add(CommunityPolicy policy, List<PolicyProblem> problems)
    {
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var rule = policy.Rules[i];
            if (!rule.Enabled)
                continue;
            if (Contradiction(rule.If) is { } contradiction)
                Warn(rule, $"'{rule.Id}' can never apply: {contradiction.English}.", $"'{rule.Id}' non può mai valere: {contradiction.Italian}.");
            WarnAboutTone(policy, rule);
            if (rule.Then.Decision is null)
                continue;
            var before = policy.Rules.Take(i).FirstOrDefault(earlier =>
                earlier is { IsUnlimited: true, Then.Decision: not null } && (earlier.If is null || rule.If?.Implies(earlier.If) is true));
            if (before is not null)
            {
                Warn(
                    rule, $"'{rule.Id}' never decides: '{before.Id}' above applies to all that it applies to. Move it up, or make the other narrower.",
                    $"'{rule.Id}' non decide mai: '{before.Id}', più su, vale per tutto ciò per cui vale questa. Spostatela più su, o restringete l'altra.");
            }
        }

        void Warn(Rule rule, string english, string italian) => problems.Add(new PolicyProblem(rule.Line, rule.Column, IsError: false, english, italian));

        void WarnAboutTone(CommunityPolicy policy, Rule rule)
        {
            foreach (var (template, finding) in UnfitAnswers(policy, rule))
                Warn(rule, $"'{rule.Id}' answers by '{template}': {finding.English}", $"'{rule.Id}' risponde con '{template}': {finding.Italian}");
        }
    }

    /// <summary>Answers that are fine by themselves, but not to those whom the rule is about: the angry, and people with a complaint.</summary>
    private static IEnumerable<(string Template, ToneFinding Finding)> UnfitAnswers(CommunityPolicy policy, Rule rule)
    {
        if (rule is not { Then.Reply: { } reply, If: { } condition } || !policy.Templates.TryGetValue(reply.Template, out var template))
            return [];
        var parts = Flatten(condition).ToList();
        var angry = parts.OfType<NumberCondition>().Any(n => n.Name == "anger" && n.Bounds.Low >= CommunityPolicy.AngryFrom);
        var complaint = parts.OfType<OverlapCondition>().Any(o => o.Name == "intent" && o.Wanted is ["complaint"]);
        if (!angry && !complaint)
            return [];
        return template.Variants
            .SelectMany(language => language.Value.SelectMany(variant => ToneCheck.Check(variant.Text, new ToneSituation(language.Key, null, ToAngryPerson: angry, ApologyOwed: complaint))))
            .Where(f => f.Rule is ToneRule.Selling or ToneRule.ApologyMissing)
            .Distinct()
            .Select(finding => (reply.Template, finding));
    }

    /// <summary>Conditions that exclude one another, as far as their forms show it.</summary>
    private static (string English, string Italian)? Contradiction(Condition? condition)
    {
        if (condition is not AllCondition)
            return null;
        var parts = Flatten(condition).ToList();
        foreach (var same in parts.OfType<NumberCondition>().GroupBy(n => n.Name))
        {
            if (same.Aggregate(Bounds.Everything, (all, one) => all.And(one.Bounds)).IsEmpty)
                return ($"no '{same.Key}' is within all the bounds it gives", $"nessun '{same.Key}' rispetta tutti i limiti che indica");
        }
        foreach (var same in parts.OfType<ChoiceCondition>().GroupBy(c => c.Name))
        {
            if (same.Skip(1).Any() && same.Select(c => c.Choices.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).ToList() is [])
                return ($"'{same.Key}' cannot be both", $"'{same.Key}' non può essere entrambe le cose");
        }
        foreach (var same in parts.OfType<FlagCondition>().GroupBy(f => f.Name))
        {
            if (same.Select(f => f.Wanted).Distinct().Skip(1).Any())
                return ($"'{same.Key}' is asked to be true and false", $"'{same.Key}' deve essere insieme vero e falso");
        }
        var newcomer = parts.OfType<FlagCondition>().Any(f => f is { Name: "author.first_comment", Wanted: true });
        if (newcomer && parts.OfType<NumberCondition>().Any(n => n.Name.StartsWith("author.", StringComparison.Ordinal) && !n.Bounds.Holds(0)))
            return ("who writes for the first time has no earlier comments", "chi scrive per la prima volta non ha commenti precedenti");
        return null;
    }

    private static IEnumerable<Condition> Flatten(Condition condition) => condition is AllCondition all ? all.Parts.SelectMany(Flatten) : [condition];
}
