using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moderato.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Policy;

/// <summary>The pages, the schema and the code say the same.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "functions", "Policy");
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "policy.schema.json")))!;

    public static TheoryData<string> Pages => ["README.md", "README.it.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void TheFirstExampleIsRight(string page)
    {
        var example = Example().Match(File.ReadAllText(Path.Combine(Folder, page))).Groups["yaml"].Value;
        var guidelines = Guidelines.Of(new Dictionary<string, string> { ["it"] = "## 1. Gentilezza\nSiate gentili." });
        var reading = SomeFacts.Read(example, guidelines);
        Assert.Empty(reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.English}"));
        Assert.Equal(["newcomer-spam", "insults", "orders"], reading.Policy!.RuleIds);
    }

    [Fact]
    public void BothPagesHaveTheSameExamples() => Assert.Equal(Blocks("README.md"), Blocks("README.it.md"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryConditionIsExplained(string page)
    {
        var text = File.ReadAllText(Path.Combine(Folder, page));
        Assert.All(ConditionReader.Keys, key => Assert.Contains($"`{key}`", text.Replace("`author: {", "`author`", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void TheSchemaKnowsEveryConditionAndNoOther() =>
        Assert.Equal(ConditionReader.Keys.Order(StringComparer.Ordinal), Keys("/$defs/conditions/properties").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/properties", "A policy")]
    [InlineData("/$defs/rule/properties", "- {KEY: 1, id: a, name: A, then: hold}")]
    public void WhatTheSchemaOffersIsRead(string path, string _)
    {
        foreach (var key in Keys(path))
        {
            var yaml = path == "/properties"
                ? $"policy: 1\nrules: []\n{(key is "policy" or "rules" ? "" : $"{key}: 1\n")}"
                : $"policy: 1\nrules:\n  - {{ {(key is "id" or "name" or "then" ? "" : $"{key}: 1, ")}id: a, name: A, then: hold }}";
            Assert.DoesNotContain(SomeFacts.Read(yaml).Problems, p => p.English.Contains($"'{key}' is not known", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TheBuiltInPolicyHasNothingWrongWithIt() => Assert.Empty(SomeFacts.Read(BuiltInPolicy.Text).Problems);

    private static IEnumerable<string> Keys(string path)
    {
        var node = Schema;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = node[part]!;
        return node.AsObject().Select(p => p.Key);
    }

    private static List<string> Blocks(string page) => [.. Code().Matches(File.ReadAllText(Path.Combine(Folder, page))).Select(m => m.Value)];

    [GeneratedRegex("```yaml\n(?<yaml># yaml-language-server.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
