using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Policy;
using Xunit;
using static Moderato.Tests.Policy.SomeFacts;

namespace Moderato.Tests.Policy;

/// <summary>What rules mean.</summary>
public sealed class PolicyRulesTests
{
    private static readonly Signals Angry = Fine with { Negative = 0.8, Neutral = 0.1, Positive = 0.1, Anger = 0.7 };

    /// <summary>A condition, and whether it holds of <see cref="Everything"/>.</summary>
    public static TheoryData<string, bool> Conditions => new()
    {
        { "sentiment: negative", true }, { "sentiment: [neutral, positive]", false }, { "sentiment_strength: { at_least: 0.8 }", true }, { "sentiment_strength: { above: 0.8 }", false },
        { "anger: { at_least: 0.7 }", true }, { "anger: { below: 0.7 }", false }, { "anger: { at_least: 0.2, at_most: 0.7 }", true },
        { "toxicity: { at_least: 0.61 }", true }, { "insult: { at_least: 0.62 }", true }, { "identity_attack: { at_least: 0.63 }", true }, { "threat: { at_least: 0.64 }", true },
        { "obscenity: { at_least: 0.65 }", true }, { "sexual: { at_least: 0.66 }", true }, { "sexual: { above: 0.66 }", false }, { "spam: { at_least: 0.3 }", true }, { "distress: { at_most: 0.1 }", true },
        { "intent: complaint", true }, { "intent: [praise, question-order]", true }, { "intent: praise", false }, { "intent: other", false },
        { "language: it", true }, { "language: [en, de]", false },
        { "rude_words: { at_least: 2 }", true }, { "links: { at_least: 2 }", true }, { "links: { above: 2 }", false },
        { "link_hosts: bit.ly", true }, { "link_hosts: [\"*.example\"]", true }, { "link_hosts: [shop.it]", false }, { "link_hosts_except: [bit.ly]", true }, { "link_hosts_except: [bit.ly, \"*.example\"]", false },
        { "length: { below: 100 }", true }, { "capitals: { at_least: 0.5 }", true }, { "emoji: { at_least: 1 }", true }, { "mentions: { below: 1 }", true },
        { "stars: { at_most: 2 }", true }, { "stars_disagree: true", true }, { "stars_disagree: false", false },
        { "platform: [facebook, x]", true }, { "platform: x", false }, { "channel: bottega", true }, { "channel: altro", false }, { "post: p1", true }, { "post: [p2]", false },
        { "post_age: { above: 30d }", true }, { "post_age: { below: 30d }", false },
        { "time: { from: \"10:00\", to: \"11:00\" }", true }, { "time: { from: \"10:30\", to: \"11:00\" }", true }, { "time: { from: \"09:00\", to: \"10:30\" }", false },
        { "time: { from: \"22:00\", to: \"10:31\" }", true }, { "time: { days: [tue] }", true }, { "time: { days: [sat, sun] }", false }, { "time: { from: \"22:00\", to: \"10:31\", days: [mon] }", true },
        { "time: { from: \"22:00\", to: \"10:31\", days: [tue] }", false },
        { "reply: true", true }, { "edited: true", true }, { "edited: false", false },
        { "author: { first_comment: false }", true }, { "author: { comments: { at_least: 4 } }", true }, { "author: { comments: { below: 4 } }", false },
        { "author: { withheld: { at_least: 2, within: 7d } }", true }, { "author: { withheld: { at_least: 2, within: 2h } }", false },
        { "author: { withheld_share: { at_least: 0.5, within: 7d } }", true }, { "author: { withheld_share: { at_least: 0, within: 1h } }", false },
        { "author: { strikes: { at_least: 1, within: 30d } }", true }, { "author: { strikes: { at_least: 1, within: 1h } }", false },
        { "author: { label: vip }", true }, { "author: { label: [troll, known] }", true }, { "author: { label: gone }", false }, { "author: { trusted: true }", true }, { "author: { team: true }", false },
        { "thread_mood: { below: -0.3 }", true }, { "channel_mood: { below: 1 }", false }, { "pile_on: { at_least: 5 }", true },
        { "near_duplicates: { at_least: 2, within: 1h }", true }, { "near_duplicates: { at_least: 3, within: 1h }", false }, { "near_duplicates: { at_least: 3, within: 24h }", true },
        { "words: [truffa]", true }, { "words: rivals", true }, { "words: [nothing, rivals]", true }, { "words: [nothing]", false },
        { "all: [ { language: it }, { edited: true } ]", true }, { "all: [ { language: it }, { edited: false } ]", false },
        { "any: [ { language: en }, { edited: true } ]", true }, { "any: [ { language: en }, { edited: false } ]", false },
        { "not: { language: en }", true }, { "not: { language: it, edited: false }", true }, { "not: { channel_mood: { below: 1 } }", true },
    };

    private static Facts Everything => new(
        Comment("È una TRUFFA, meglio il p1ppo store https://bit.ly/x") with
        {
            ThreadId = "p1",
            ParentId = "c0",
            Revision = 2,
            Stars = 1,
            PostCreatedAt = Now.AddDays(-31),
        },
        Angry with
        {
            Harm = new Harm(0.61, 0.62, 0.63, 0.64, 0.65, 0.66),
            Spam = 0.3,
            Distress = 0.1,
            RudeWords = 2,
            LinkHosts = ["bit.ly", "a.example"],
            Length = 60,
            Capitals = 0.5,
            Emoji = 1,
            StarsDisagree = true,
            Intents = [new IntentScore(Intent.Complaint, 0.8), new IntentScore(Intent.QuestionOrder, 0.6)],
        },
        new AuthorHistory(
        [
            new PastComment(Now.AddHours(-3), Decision.Hide, Sentiment.Negative, Strike: true, [new AuthorLabel("known", Now.AddDays(1)), new AuthorLabel("gone", Now)]),
            new PastComment(Now.AddHours(-4), Decision.Hold, Sentiment.Negative),
            new PastComment(Now.AddDays(-6), Decision.Approve, Sentiment.Neutral),
            new PastComment(Now.AddDays(-9), Decision.Approve, Sentiment.Neutral),
            new PastComment(Now.AddMinutes(1), Decision.Hide, Sentiment.Negative, Strike: true),
        ])
        { Profile = new AuthorProfile(Trusted: true, Team: false, [new AuthorLabel("vip", null)]) },
        new Surroundings(-0.5, null, 5, [TimeSpan.Zero, TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)]),
        SomeFacts.Demo);

    [Theory]
    [MemberData(nameof(Conditions))]
    public void AConditionHoldsOrNot(string condition, bool holds)
    {
        var policy = Compile($"policy: 1\notherwise: approve\nwords: {{ rivals: [pippo] }}\nrules:\n  - {{ id: a, name: A, if: {{ {condition} }}, then: hide }}");
        var verdict = policy.Decide(Everything, "1");
        Assert.Equal(holds ? (Decision.Hide, "a") : (Decision.Approve, "otherwise"), (verdict.Decision, verdict.Rule));
        Assert.NotEmpty(verdict.Because);
        Assert.DoesNotContain("truffa", verdict.Because, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void WhatIsNotKnownIsNeverAMatch()
    {
        foreach (var condition in new[] { "stars: { at_least: 1 }", "post_age: { above: 1m }", "thread_mood: { at_most: 1 }", "pile_on: { at_least: 0 }", "near_duplicates: { at_least: 0, within: 1h }" })
        {
            Assert.Equal("otherwise", Decide($"  - {{ id: a, name: A, if: {{ {condition} }}, then: hide }}", Of()).Rule);
            Assert.Equal("a", Decide($"  - {{ id: a, name: A, if: {{ not: {{ {condition} }} }}, then: hide }}", Of()).Rule);
        }
    }

    [Fact]
    public void LabelsAndNotificationsAccumulateAndTheRestIsTheDecidersOrNobodys()
    {
        var verdict = Decide(
            """
              - { id: a, name: A, then: { label: { name: seen, for: 1d }, route: { to: sales, within: 2h } } }
              - { id: b, name: B, then: { decision: approve, label: [fine, seen], notify: [anna, bruno], because: } }
            """.Replace(", because: }", " }", StringComparison.Ordinal) + """

              - { id: c, name: C, then: { decision: hide, label: extra, strike: true, route: product, notify: anna } }
              - { id: d, name: D, then: { decision: hold, strike: true } }
              - { id: e, name: E, then: { strike: true, route: marketing } }
            """,
            Of());
        Assert.Equal((Decision.Approve, "b"), (verdict.Decision, verdict.Rule));
        Assert.Equal(["a", "c", "e"], verdict.AlsoRules);
        Assert.Equal([new AuthorLabel("seen", Now.AddDays(1)), new AuthorLabel("fine", null), new AuthorLabel("extra", null)], verdict.Labels);
        Assert.Equal(["anna", "bruno"], verdict.Notify);
        Assert.Equal(new Route("sales", Now.AddHours(2)), verdict.Route);
        Assert.True(verdict.Strike);
    }

    [Fact]
    public void WhereACommentIsHeldOnlyTheDecidersAnswerAndRouteCount()
    {
        const string rules = "  - {{ id: a, name: A, then: {0} }}\n  - {{ id: b, name: B, then: {{ route: sales, reply: t }} }}\ntemplates: {{ t: {{ it: Grazie a tutti. }} }}";
        var held = Decide(string.Format(null, rules, "hold"), Of());
        Assert.Equal((null, null), (held.Route, held.Reply));
        var shown = Decide(string.Format(null, rules, "approve"), Of());
        Assert.Equal(("sales", "t"), (shown.Route?.Team, shown.Reply?.Template));
        var own = Decide(string.Format(null, rules, "{ decision: hold, route: product, reply: t }"), Of());
        Assert.Equal(("product", "t"), (own.Route?.Team, own.Reply?.Template));
    }

    [Fact]
    public void DistressComesFirstAndCountsAgainstNobody()
    {
        var verdict = Decide("  - { id: a, name: A, then: { decision: delete, irreversible: true, strike: true, restrict_author: true, label: troll, notify: anna } }", Of(Fine with { Distress = 0.4 }));
        Assert.Equal((Decision.Escalate, "distress", false, false, false), (verdict.Decision, verdict.Rule, verdict.Strike, verdict.RestrictAuthor, verdict.Irreversible));
        Assert.Empty(verdict.Labels);
        Assert.Equal(["anna"], verdict.Notify);
    }

    [Theory]
    [InlineData("send: automatic", 0, "approve", true, null)]
    [InlineData("send: automatic", 0.4, "approve", false, "its author is angry")]
    [InlineData("send: automatic, even_if_angry: true", 0.9, "approve", true, null)]
    [InlineData("send: automatic", 0, "hold", false, "the comment is not shown")]
    [InlineData("send: suggestion", 0, "approve", false, null)]
    public void AnAnswerIsSentByItselfOnlyWhereItMay(string send, double anger, string decision, bool automatic, string? because)
    {
        var verdict = Decide(
            $"  - {{ id: a, name: A, then: {{ decision: {decision}, reply: {{ template: t, {send} }} }} }}\ntemplates: {{ t: {{ it: \"Ciao {{author}}!\", en: Hello }} }}", Of(Fine with { Anger = anger }));
        Assert.Equal(("Ciao Anna!", automatic, because), (verdict.Reply!.Text, verdict.Reply.Automatic, verdict.Reply.NotSentBecause));
    }

    [Fact]
    public void AVariantIsChosenByTheCommentAndOnlyIfItCanBeFilled()
    {
        var policy = Compile("policy: 1\naddress: tu\nvalues: { phone: 055 1 }\nrules:\n  - { id: a, name: A, because: 2.1, then: { reply: t } }\ntemplates: { t: { it: { tu: [\"Ciao {author}\", \"Ciao, {phone} {brand} {channel} {paragraph}\", \"Ecco: {link}\"], lei: [Buongiorno] }, en: [Hi] } }");
        var texts = Enumerable.Range(0, 60).Select(i => policy.Decide(Of(comment: Comment(id: $"c{i}")), "1").Reply!.Text).ToList();
        Assert.Equal(["Ciao Anna", "Ciao, 055 1 Bottega Demo bottega 2.1"], texts.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(texts, Enumerable.Range(0, 60).Select(i => policy.Decide(Of(comment: Comment(id: $"c{i}")), "1").Reply!.Text));
        Assert.Equal("Hi", policy.Decide(Of(Fine with { Language = "en" }), "1").Reply!.Text);
        Assert.Equal("it", policy.Decide(Of(Fine with { Language = "de" }), "1").Reply!.Language);
    }

    [Fact]
    public void ShadowsDoNothingAndSayWhatTheyWouldHaveDone()
    {
        var verdict = Decide("  - { id: s, name: S, shadow: true, then: { decision: hide, strike: true } }\n  - { id: a, name: A, then: approve }\n  - { id: t, name: T, shadow: true, then: { decision: delete } }\n  - { id: u, name: U, shadow: true, then: { label: x } }", Of());
        Assert.Equal((Decision.Approve, "a", false), (verdict.Decision, verdict.Rule, verdict.Strike));
        Assert.Empty(verdict.Labels);
        Assert.Equal([new ShadowVerdict("s", Decision.Hide, true), new ShadowVerdict("t", Decision.Delete, false), new ShadowVerdict("u", null, false)], verdict.Shadows);
    }

    [Theory]
    [InlineData("enabled: false", "otherwise")]
    [InlineData("from: 2026-03-10T10:30", "a")]
    [InlineData("from: 2026-03-10T10:31", "otherwise")]
    [InlineData("until: 2026-03-10T10:31", "a")]
    [InlineData("until: 2026-03-10T10:30", "otherwise")]
    public void ARuleHasItsTime(string limit, string rule) => Assert.Equal(rule, Decide($"  - {{ id: a, name: A, {limit}, then: hide }}", Of()).Rule);

    [Fact]
    public void AShareOfCommentsIsTheSameEveryTime()
    {
        var policy = Compile("policy: 1\notherwise: approve\nrules:\n  - { id: a, name: A, percent: 30, then: hide }");
        var hidden = Enumerable.Range(0, 2000).Where(i => policy.Decide(Of(comment: Comment(id: $"c{i}")), "1").Rule == "a").ToList();
        Assert.InRange(hidden.Count, 500, 700);
        Assert.All(hidden, i => Assert.Equal("a", policy.Decide(Of(comment: Comment(id: $"c{i}")), "1").Rule));
    }

    [Fact]
    public void TheBuiltInPolicyIsReadBehindOneThatDoesNotSayOtherwise()
    {
        const string rules = "rules:\n  - { id: a, name: A, if: { intent: praise }, then: { decision: approve } }\n  - { id: l, name: L, then: { label: x } }";
        var rude = Of(Fine with { RudeWords = 1 });
        var verdict = Compile($"policy: 1\n{rules}").Decide(rude, "7");
        Assert.Equal((Decision.Hold, "built-in/rude-words", "7", "l"), (verdict.Decision, verdict.Rule, verdict.PolicyVersion, Assert.Single(verdict.AlsoRules)));
        Assert.Equal(Decision.Approve, Compile($"policy: 1\notherwise: approve\n{rules}").Decide(rude, "7").Decision);
        Assert.Equal(Decision.Hold, Compile($"policy: 1\notherwise: hold\n{rules}").Decide(Of(), "7").Decision);
    }

    [Fact]
    public void TheFirstRuleThatAppliesDecidesInWhateverOrderTheyStand() => Prop.ForAll(
        Gen.Shuffle(Enumerable.Range(0, 12).ToArray()).ToArbitrary(),
        SomeSignals.ToArbitrary(),
        (order, signals) =>
        {
            string[] conditions = ["spam", "anger", "insult", "threat"];
            var written = order.Select(i => (Id: $"r{i}", Key: conditions[i % 4], From: 0.1 + (0.25 * (i / 4)), Decision: (Decision)(i % 5))).ToList();
            var policy = Compile("policy: 1\notherwise: approve\nrules:\n" + string.Concat(written.Select(r =>
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"  - {{ id: {r.Id}, name: R, if: {{ {r.Key}: {{ at_least: {r.From} }} }}, then: {r.Decision.ToString().ToLowerInvariant()} }}\n"))));
            var first = written.FirstOrDefault(r => r.From <= r.Key switch { "spam" => signals.Spam, "anger" => signals.Anger, "insult" => signals.Harm.Insult, _ => signals.Harm.Threat });
            var verdict = policy.Decide(Of(signals), "1");
            Assert.Equal(first.Id is null ? (Decision.Approve, "otherwise") : (first.Decision, first.Id), (verdict.Decision, verdict.Rule));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluationNeverThrowsAndSaysTheSameTwice()
    {
        var all = string.Concat(Conditions.Select((c, i) => $"  - {{ id: r{i}, name: R, shadow: {(i % 2 == 0 ? "true" : "false")}, if: {{ {c[0]} }}, then: {{ label: l{i}, notify: anna{(i % 7 == 0 ? ", decision: hold" : "")} }} }}\n"));
        var policy = Compile($"policy: 1\nwords: {{ rivals: [pippo] }}\nrules:\n{all}");
        Prop.ForAll(
            SomeSignals.ToArbitrary(),
            ArbMap.Default.ArbFor<string>(),
            Gen.Choose(0, 6).SelectMany(n => Gen.Elements(Enum.GetValues<Decision>()).ListOf(n)).ToArbitrary(),
            (signals, text, past) =>
            {
                var comment = Comment(text ?? "") with { Author = past.Count == 1 ? null : new Author("a", null), ThreadId = text };
                var facts = Of(signals, History([.. past]), comment, past.Count % 2 == 0 ? null : new Surroundings(null, 0.5, 3, [TimeSpan.FromHours(1)]));
                var verdict = policy.Decide(facts, "1");
                Assert.True(verdict.DoesTheSameAs(policy.Decide(facts, "1")));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ReplayingWhatDecidedChangesNothing()
    {
        var all = string.Concat(Conditions.Select((c, i) => $"  - {{ id: r{i}, name: R, percent: {(i % 3 == 0 ? 40 : 100)}, if: {{ {c[0]} }}, then: {{ label: l{i}, route: sales, reply: t{(i % 5 == 0 ? $", decision: {RuleReader.Decisions[i / 5 % 5]}" : "")} }} }}\n"));
        var policy = Compile($"policy: 1\nwords: {{ rivals: [pippo] }}\ntemplates: {{ t: {{ it: [Grazie., \"Grazie, {{author}}.\"], en: Thanks. }} }}\nrules:\n{all}");
        Prop.ForAll(
            SomeSignals.ToArbitrary(),
            Gen.Elements("Grazie", "pippo truffa", "", new string('x', 400) + " truffa").ToArbitrary(),
            Gen.Choose(0, 6).SelectMany(n => Gen.Elements(Enum.GetValues<Decision>()).ListOf(n)).ToArbitrary(),
            (signals, text, past) =>
            {
                var comment = Comment(text, $"c{past.Count}{signals.Spam}");
                var facts = Of(signals with { Length = text.Length }, History([.. past]), comment, past.Count % 2 == 0 ? null : new Surroundings(-0.5, 0.5, past.Count, [TimeSpan.FromHours(1)]));
                var outcome = new Moderato.Comments.Outcome
                {
                    Comment = comment with { Text = Moderato.Comments.Outcome.Snippet(text) },
                    Signals = facts.Signals,
                    Verdict = policy.Decide(facts, "1"),
                    AuthorSnapshot = facts.Author.ToSnapshot(Now),
                    AroundSnapshot = (facts.Around ?? new Surroundings(null, null, 0, [])).ToSnapshot(),
                    DecidedAt = Now,
                };
                if (facts.Around is null)
                    outcome = outcome with { Verdict = policy.Decide(facts with { Around = new Surroundings(null, null, 0, []) }, "1") };
                var replaying = new Replaying(policy, SomeFacts.Demo, new ReplayResult());
                replaying.Add(outcome, comment);
                Assert.Equal((1, 0), (replaying.Result.Compared, replaying.Result.Changed));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ASnapshotBringsBackWhatWasKnown() => Prop.ForAll(
        (from decision in Gen.Elements(Enum.GetValues<Decision>())
         from sentiment in Gen.Elements(Enum.GetValues<Sentiment>())
         from strike in Gen.Elements(true, false)
         from ticks in Gen.Choose(0, int.MaxValue)
         from label in Gen.Elements<AuthorLabel?>(null, new AuthorLabel("vip", null), new AuthorLabel("late", Now.AddHours(1)))
         select new PastComment(Now.AddTicks(-ticks * 1000L), decision, sentiment, strike, label is null ? null : [label])).ListOf().ToArbitrary(),
        Gen.Elements(true, false).ToArbitrary(),
        (past, trusted) =>
        {
            var known = new AuthorHistory([.. past]) { Profile = new AuthorProfile(trusted, !trusted, [new AuthorLabel("mine", Now.AddDays(2))]) };
            var again = AuthorHistory.FromSnapshot(known.ToSnapshot(Now), Now);
            Assert.Equal(known.Recent.Select(p => p with { Labels = null }), again.Recent);
            Assert.Equal((known.Profile.Trusted, known.Profile.Team), (again.Profile.Trusted, again.Profile.Team));
            foreach (var name in (string[])["vip", "late", "mine", "none"])
                Assert.Equal(known.HasLabel(name, Now), again.HasLabel(name, Now));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ASnapshotBringsBackWhatWentOn()
    {
        foreach (var around in (Surroundings[])[new(null, null, 0, []), new(-0.123456789, 1, 7, [TimeSpan.Zero, TimeSpan.FromTicks(12345)])])
        {
            var again = Surroundings.FromSnapshot(around.ToSnapshot());
            Assert.Equal((around.ThreadMood, around.ChannelMood, around.PileOn), (again.ThreadMood, again.ChannelMood, again.PileOn));
            Assert.Equal(around.NearDuplicates, again.NearDuplicates);
        }
    }

    private static Gen<Signals> SomeSignals =>
        from negative in Gen.Choose(0, 100)
        from neutral in Gen.Choose(0, 100 - negative)
        from parts in Gen.Choose(0, 100).ListOf(8)
        from links in Gen.Choose(0, 3)
        from intents in Gen.Elements(Enum.GetValues<Intent>()).ListOf()
        select Fine with
        {
            Negative = negative / 100.0,
            Neutral = neutral / 100.0,
            Positive = (100 - negative - neutral) / 100.0,
            Anger = parts[0] / 100.0,
            Spam = parts[1] / 100.0,
            Distress = parts[2] / 260.0,
            Harm = new Harm(parts[3] / 100.0, parts[4] / 100.0, parts[5] / 100.0, parts[6] / 100.0, parts[7] / 100.0, 0),
            LinkHosts = [.. Enumerable.Range(0, links).Select(i => $"{i}.example")],
            Intents = [.. intents.Distinct().Select(i => new IntentScore(i, 0.7))],
        };
}
