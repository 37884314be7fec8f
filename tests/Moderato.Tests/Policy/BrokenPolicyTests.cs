using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Policy;

/// <summary>What is wrong with a document is said with line and column, and with what would be right, in both languages.</summary>
public sealed class BrokenPolicyTests
{
    private const string Rule = "rules:\n  - id: one\n    name: One\n    then: hold\n";

    /// <summary>A document, and each error as <c>line:column</c> with words of its message.</summary>
    public static TheoryData<string, string, string> Errors => new()
    {
        { "not YAML: an open quote", "policy: \"1", "1:9 not valid YAML" },
        { "not YAML: a tab", "policy: 1\nrules:\n\t- id: a", "3:1 tab" },
        { "not YAML: an open bracket", "policy: 1\nrules: [", "2:8 not valid YAML" },
        { "nothing", "", "1:1 must be a mapping" },
        { "a list", "- policy", "1:1 must be a mapping" },
        { "two documents", $"policy: 1\n{Rule}---\npolicy: 1", "6:1 second document" },
        { "no format", Rule, "1:1 first line must be policy: 1" },
        { "another format", $"policy: 2\n{Rule}", "1:9 write policy: 1" },
        { "no rules", "policy: 1", "1:1 needs 'rules'" },
        { "rules that are no list", "policy: 1\nrules: all", "2:8 must be a list" },
        { "an unknown key at the top", $"policy: 1\nword: {{}}\n{Rule}", "2:1 did you mean 'words'?" },
        { "a key twice", $"policy: 1\npolicy: 1\n{Rule}", "2:1 written twice" },
        { "an alias", $"policy: 1\nvalues:\n  a: &x b\n  c: *x\n{Rule}", "4:6 Aliases" },
        { "a rule that is no mapping", "policy: 1\nrules: [hold]", "2:9 A rule must be a mapping" },
        { "no id", "policy: 1\nrules:\n  - name: One\n    then: hold", "3:5 no 'id'" },
        { "a bad id", "policy: 1\nrules:\n  - id: Hold Insults\n    name: One\n    then: hold", "3:9 lower-case letters" },
        { "an id twice", "policy: 1\nrules:\n  - { id: a, name: A, then: hold }\n  - { id: a, name: B, then: hide }", "4:11 used once" },
        { "a reserved id", "policy: 1\nrules:\n  - { id: distress, name: A, then: hold }", "3:11 choose another id" },
        { "no name", "policy: 1\nrules:\n  - { id: a, then: hold }", "3:5 no 'name'" },
        { "no then", "policy: 1\nrules:\n  - { id: a, name: A }", "3:5 no 'then'" },
        { "an unknown key in a rule", Of("  - { id: a, name: A, wen: {}, then: hold }"), "3:23 did you mean 'then'?" },
        { "a misspelt key in a rule", Of("  - { id: a, name: A, shadows: true, then: hold }"), "3:23 did you mean 'shadow'?" },
        { "a misspelt decision", Of("  - { id: a, name: A, then: hidee }"), "3:29 did you mean 'hide'?" },
        { "an unknown decision", Of("  - { id: a, name: A, then: publish }"), "3:29 approve, hide, hold, delete or escalate" },
        { "an empty then", Of("  - { id: a, name: A, then: {} }"), "3:29 what is to happen?" },
        { "an empty if", Of("  - { id: a, name: A, if: {}, then: hold }"), "3:27 leave 'if' out" },
        { "an unknown condition", If("toxicty: { at_least: 0.5 }"), "6:7 did you mean 'toxicity'?" },
        { "a number without comparison", If("spam: 0.8"), "6:13 compared by at_least" },
        { "an unknown comparison", If("spam: { atleast: 0.8 }"), "6:15 did you mean 'at_least'?" },
        { "a percentage", If("spam: { at_least: 80% }"), "6:25 a number from 0 to 1" },
        { "a decimal comma", If("spam: { at_least: \"0,8\" }"), "6:25 a point for decimals" },
        { "a probability above one", If("anger: { at_least: 5 }"), "6:26 a number from 0 to 1" },
        { "six stars", If("stars: { at_least: 6 }"), "6:26 a number from 1 to 5" },
        { "an unknown intent", If("intent: question-orders"), "6:15 did you mean 'question-order'?" },
        { "an unknown language", If("language: italian"), "6:17 it, en, es, fr, de, pt or other" },
        { "an empty list", If("language: []"), "6:17 at least one" },
        { "an unknown list of words", If("words: swindles"), "6:14 no list of this name" },
        { "a star in the middle", If("words: [\"g*o\"]"), "6:15 at the very end" },
        { "a word of signs", If("words: [\"!!\"]"), "6:15 nothing to look for" },
        { "a host with its protocol", If("link_hosts: [\"https://bit.ly\"]"), "6:20 without https://" },
        { "a bad platform", If("platform: Facebook Page"), "6:17 lower-case letters" },
        { "a bad span", If("author: { withheld: { at_least: 3, within: 7 days } }"), "6:50 30m, 24h or 7d" },
        { "no span", If("author: { strikes: { at_least: 3 } }"), "6:26 needs 'within'" },
        { "no comparison beside a span", If("author: { strikes: { within: 7d } }"), "6:26 needs one of" },
        { "too long a span for duplicates", If("near_duplicates: { at_least: 3, within: 2d }"), "6:24 at most 24h" },
        { "an unknown author key", If("author: { newcomer: true }"), "6:17 'newcomer' is not known here" },
        { "a flag that is none", If("author: { first_comment: yes }"), "6:32 true or false" },
        { "a time without quotes", If("time: { from: 22:00:00, to: \"07:00\" }"), "6:21 in quotes" },
        { "times that are the same", If("time: { from: \"07:00\", to: \"07:00\" }"), "6:13 are the same" },
        { "an unknown day", If("time: { days: [monday] }"), "6:22 mon" },
        { "any without a list", If("any: { spam: { at_least: 0.5 } }"), "6:12 begins with '- '" },
        { "a bad day", Of("  - { id: a, name: A, until: 31/12/2026, then: hold }"), "3:30 2026-12-01" },
        { "an end before the beginning", Of("  - { id: a, name: A, from: 2027-02-01, until: 2027-01-01, then: hold }"), "3:41 later than 'from'" },
        { "half a percent", Of("  - { id: a, name: A, percent: 0.5, then: hold }"), "3:32 from 1 to 100" },
        { "a paragraph that is no number", Of("  - { id: a, name: A, because: be kind, then: hold }"), "3:32 number of a paragraph" },
        { "an unknown team", Then("route: custmer-care"), "6:14 did you mean 'customer-care'?" },
        { "a route without a team", Then("route: { within: 4h }"), "6:14 needs 'to'" },
        { "a template that is not there", Then("reply: sorry"), "6:14 no 'templates' yet" },
        { "a reply without template", Then("reply: { send: automatic }"), "6:14 needs 'template'" },
        { "a bad way to send", $"policy: 1\ntemplates: {{ t: {{ en: Thank you }} }}\n{Rule[..^15]}    then: {{ reply: {{ template: t, send: now }} }}", "6:41 suggestion or automatic" },
        { "a label with capitals", Then("label: VIP"), "6:14 lower-case letters" },
        { "a label without name", Then("label: { for: 30d }"), "6:14 needs 'name'" },
        { "a placeholder that is not known", $"policy: 1\ntemplates: {{ t: {{ en: \"Hello {{autor}}\" }} }}\n{Rule}", "2:23 did you mean '{author}'?" },
        { "a brace that is left over", $"policy: 1\ntemplates: {{ t: {{ en: \"Hello {{author\" }} }}\n{Rule}", "2:23 no fellow" },
        { "a template in no language", $"policy: 1\ntemplates: {{ t: {{}} }}\n{Rule}", "2:14 has no answers" },
        { "a template in Klingon", $"policy: 1\ntemplates: {{ t: {{ tlh: nuqneH }} }}\n{Rule}", "2:19 it or en" },
        { "a value that Moderato fills", $"policy: 1\nvalues: {{ author: Anna }}\n{Rule}", "2:11 choose another name" },
        { "a team with a bad target", $"policy: 1\nteams: {{ warehouse: {{ within: soon }} }}\n{Rule}", "2:31 30m, 24h or 7d" },
        { "a bad form of address", $"policy: 1\naddress: voi\n{Rule}", "2:10 'voi' is not known here" },
        { "a bad otherwise", $"policy: 1\notherwise: delete\n{Rule}", "2:12 approve or hold" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void AnErrorIsSaidWhereItIs(string what, string yaml, string expected)
    {
        var reading = SomeFacts.Read(yaml);
        Assert.True(reading.Policy is null, what);
        var (place, words) = (expected.Split(' ', 2)[0], expected.Split(' ', 2)[1]);
        var there = reading.Problems.Where(p => p.IsError && $"{p.Line}:{p.Column}" == place).ToList();
        Assert.True(there.Exists(p => p.English.Contains(words, StringComparison.Ordinal)), $"{what}: {string.Join(" | ", reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.English}"))}");
        Assert.All(reading.Problems, p => Assert.NotEqual(p.English, p.Italian));
    }

    [Fact]
    public void ThereAreAtLeastForty() => Assert.True(Errors.Count >= 40);

    [Fact]
    public void EverythingIsSaidAtOnce()
    {
        var reading = SomeFacts.Read("policy: 1\nrulez: 3\nrules:\n  - id: A\n    if: { spam: 3, intent: none }\n    then: { decision: hid, route: x }\n  - then: hold");
        Assert.Equal([2, 4, 4, 5, 5, 6, 6, 7, 7], reading.Problems.Where(p => p.IsError).Select(p => p.Line));
    }

    [Fact]
    public void AParagraphThatIsNotThereIsAnError()
    {
        var guidelines = Guidelines.Of(new Dictionary<string, string> { ["en"] = "# Ours\n## 1. Be kind\nPlease.\n### 2.1 No adverts\nNone." });
        var problem = Assert.Single(SomeFacts.Read(Of("  - { id: a, name: A, because: 2.1, then: hold }\n  - { id: b, name: B, if: { spam: { above: 0.5 } }, because: 3, then: { label: x } }"), guidelines).Problems);
        Assert.Equal((4, "The guidelines have no paragraph 3; they have 1 and 2.1."), (problem.Line, problem.English));
    }

    [Fact]
    public void TooMuchIsRefusedAndNotRead()
    {
        Assert.Contains("at most", Assert.Single(SomeFacts.Read(new string('#', PolicyReader.Longest + 1)).Problems).English, StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Range(0, 501).Select(i => $"  - {{ id: r{i}, name: R, then: {{ label: x }} }}\n"));
        Assert.Contains(SomeFacts.Read(Of(many)).Problems, p => p.IsError && p.English.Contains("at most 500", StringComparison.Ordinal));
        var deep = If(string.Concat(Enumerable.Repeat("not: { ", 60)) + "edited: true" + new string('}', 60));
        Assert.Contains("not valid YAML", Assert.Single(SomeFacts.Read(deep).Problems).English, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Warnings => new()
    {
        { Of("  - { id: a, name: A, then: approve }\n  - { id: b, name: B, if: { spam: { at_least: 0.5 } }, then: hold }"), "4:5 'b' never decides" },
        { Of("  - { id: a, name: A, if: { spam: { at_least: 0.5 } }, then: hold }\n  - { id: b, name: B, if: { spam: { at_least: 0.8 }, edited: true }, then: hide }"), "4:5 'b' never decides" },
        { Of("  - { id: a, name: A, if: { any: [ { language: [it, en] }, { edited: true } ] }, then: hold }\n  - { id: b, name: B, if: { language: it }, then: hide }"), "4:5 'b' never decides" },
        { Of("  - { id: a, name: A, if: { not: { language: [it, en] } }, then: hold }\n  - { id: b, name: B, if: { not: { language: [it, en, fr] } }, then: hide }"), "4:5 'b' never decides" },
        { If("author: { first_comment: true, withheld: { at_least: 1, within: 7d } }"), "3:5 can never apply" },
        { If("all: [ { spam: { at_least: 0.8 } }, { spam: { below: 0.3 } } ]"), "3:5 can never apply" },
        { If("all: [ { language: it }, { language: en } ]"), "3:5 can never apply" },
        { If("spam: { above: 1 }"), "6:13 never hold" },
        { If("spam: { at_least: 0.8, below: 0.3 }"), "6:13 never hold" },
        { Of("  - { id: a, name: A, until: 2020-01-01, then: hold }"), "3:23 lies in the past" },
        { If("platform: faceboook"), "6:17 none of the platforms" },
        { If("platform: trustpilot", "hide"), "7:11 cannot be done" },
        { If("platform: facebook", "delete"), "7:11 cannot be taken back" },
        { $"policy: 1\nwords: {{ w: {{ words: [ass], whole: false }} }}\n{Rule}", "2:23 ordinary words (" },
        { $"policy: 1\ntemplates: {{ t: {{ en: \"Hello {{author}}\" }} }}\n{Rule}", "2:23 Every variant names {author}" },
        { $"policy: 1\ntemplates: {{ t: {{ it: {{ tu: [\"Scrivici qui.\"] }} }} }}\n{Rule}", "2:23 no Italian answer with 'lei'" },
        { $"policy: 1\ntemplates: {{ t: {{ en: \"You should have read the rules.\" }} }}\n{Rule}", "2:23 blame" },
        { Of("  - { id: a, name: A, if: { anger: { at_least: 0.5 } }, then: { reply: t } }\ntemplates: { t: { en: \"Check out our new collection!\" } }"), "3:5 'a' answers by 't'" },
        { Of("  - { id: a, name: A, if: { intent: complaint, spam: { below: 0.5 } }, then: { reply: t } }\ntemplates: { t: { en: \"Please send us a private message.\" } }"), "3:5 'a' answers by 't'" },
    };

    [Theory]
    [MemberData(nameof(Warnings))]
    public void AWarningKeepsNobodyFromGoingOn(string yaml, string expected)
    {
        var reading = SomeFacts.Read(yaml);
        var (place, words) = (expected.Split(' ', 2)[0], expected.Split(' ', 2)[1]);
        Assert.True(reading.Policy is not null, string.Join(" | ", reading.Problems.Select(p => p.English)));
        Assert.True(
            reading.Problems.Any(p => !p.IsError && $"{p.Line}:{p.Column}" == place && p.English.Contains(words, StringComparison.OrdinalIgnoreCase)),
            string.Join(" | ", reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.English}")));
    }

    [Theory]
    [InlineData("  - { id: a, name: A, if: { spam: { at_least: 0.8 } }, then: hide }\n  - { id: b, name: B, if: { spam: { at_least: 0.5 } }, then: hold }")]
    [InlineData("  - { id: a, name: A, percent: 50, then: hide }\n  - { id: b, name: B, then: hold }")]
    [InlineData("  - { id: a, name: A, shadow: true, then: hide }\n  - { id: b, name: B, then: hold }")]
    [InlineData("  - { id: a, name: A, enabled: false, then: hide }\n  - { id: b, name: B, then: hold }")]
    [InlineData("  - { id: a, name: A, then: { label: x } }\n  - { id: b, name: B, then: hold }")]
    [InlineData("  - { id: a, name: A, if: { not: { language: [it, en, fr] } }, then: hold }\n  - { id: b, name: B, if: { not: { language: [it, en] } }, then: hide }")]
    [InlineData("  - { id: a, name: A, if: { platform: facebook }, then: { decision: delete, irreversible: true } }")]
    public void WhatIsRightIsNotWarnedAbout(string rules) => Assert.Empty(SomeFacts.Read(Of(rules)).Problems);

    private static string Of(string rules) => $"policy: 1\nrules:\n{rules}";

    private static string If(string condition, string then = "hold") => Of($"  - id: a\n    name: A\n    if:\n      {condition}\n    then: {then}\n");

    private static string Then(string effect) => Of($"  - id: a\n    name: A\n    then:\n      {effect}\n");
}
