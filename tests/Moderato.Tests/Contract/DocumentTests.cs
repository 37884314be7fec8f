using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moderato.Contract;
using Moderato.Hosting;
using Moderato.Hosting.Worker;
using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Contract;

/// <summary>The document as such: whole, and about the functions that are there.</summary>
public sealed partial class DocumentTests
{
    private static readonly JsonObject Document = JsonNode.Parse(OpenApiDocument.Whole.GetRawText())!.AsObject();

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    [Fact]
    public void EveryRouteOfAFunctionIsAnOperationAndTheOtherWayRound()
    {
        var routes = FunctionCatalog.Of(typeof(BuiltInPolicy).Assembly).Where(f => f.Trigger is HttpTriggerAttribute)
            .SelectMany(f => ((HttpTriggerAttribute)f.Trigger).Methods!.Select(m => $"{m} /api/{((HttpTriggerAttribute)f.Trigger).Route}"));
        Assert.Equal(routes.Order(StringComparer.Ordinal), Operations().Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryOperationSaysWhatItIs()
    {
        var ids = Operations().Select(o => (string)o.Operation["operationId"]!).ToList();
        Assert.Equal(ids.Distinct(StringComparer.OrdinalIgnoreCase).Count(), ids.Count);
        foreach (var (_, path, operation) in Operations())
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), path);
            Assert.EndsWith(".", ((string)operation["description"]!).TrimEnd(), StringComparison.Ordinal);
            var statuses = operation["responses"]!.AsObject().Select(r => r.Key).ToList();
            Assert.Contains(statuses, s => s.StartsWith('2'));
            Assert.Contains("503", statuses);
            if (operation["security"]!.AsArray().Count > 0)
            {
                Assert.Contains("403", statuses);
                Assert.Contains("429", statuses);
            }
            Assert.All(operation["responses"]!.AsObject(), r => Assert.False(string.IsNullOrWhiteSpace((string?)r.Value!["description"]), $"{path} {r.Key}"));
        }
    }

    [Fact]
    public void EveryParameterOfAnAddressIsDeclared()
    {
        foreach (var (path, item) in Document["paths"]!.AsObject())
        {
            var named = PathParameter().Matches(path).Select(m => m.Groups["name"].Value);
            var declared = (item!["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "path");
            Assert.Equal(named, declared.Select(p => (string)p!["name"]!));
            Assert.All(declared, p => Assert.True((bool)p!["required"]!));
        }
    }

    [Fact]
    public void EveryReferenceLeadsSomewhere()
    {
        var references = Nodes(Document).OfType<JsonObject>().Select(n => n["$ref"]).OfType<JsonValue>().Select(r => (string)r!).ToHashSet();
        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.NotNull(Find(r)));
        // And nothing is there that nobody refers to.
        var there = Document["components"]!.AsObject().Where(c => c.Key != "securitySchemes").SelectMany(c => c.Value!.AsObject().Select(n => $"#/components/{c.Key}/{n.Key}"));
        Assert.Empty(there.Except(references));
    }

    [Fact]
    public void SchemasAndFieldsSayWhatTheyMean()
    {
        var decision = Find("#/components/schemas/Decision")!;
        Assert.Equal(["approve", "hide", "hold", "delete", "escalate"], decision["enum"]!.AsArray().Select(v => (string)v!));
        Assert.Contains("It waits for a person.", (string)decision["description"]!, StringComparison.Ordinal);

        var outcome = Find("#/components/schemas/OutcomeView")!;
        Assert.Equal("""{"type":"string","format":"date-time"}""", outcome["properties"]!["firstReceivedAt"]!.ToJsonString());
        Assert.Equal("""["string","null"]""", outcome["properties"]!["decidedAt"]!["type"]!.ToJsonString());
        Assert.Equal("""[{"$ref":"#/components/schemas/Decision"},{"type":"null"}]""", outcome["properties"]!["decision"]!["anyOf"]!.ToJsonString());
        Assert.StartsWith("The decision that holds", (string)outcome["properties"]!["decision"]!["description"]!, StringComparison.Ordinal);
        Assert.Equal("""["integer","null"]""", outcome["properties"]!["stars"]!["type"]!.ToJsonString());
        Assert.Equal("""{"type":"array","items":{"type":"string"}}""", Find("#/components/schemas/PresetView")!["properties"]!["files"]!.ToJsonString());
        var required = outcome["required"]!.AsArray().Select(r => (string)r!).ToList();
        Assert.Contains("firstReceivedAt", required);
        Assert.DoesNotContain("decidedAt", required);
    }

    [Fact]
    public void WhatIsTheSameForEverythingIsSaidOnce()
    {
        Assert.Equal("3.1.0", (string?)Document["openapi"]);
        Assert.Equal("/", (string?)Document["servers"]![0]!["url"]);
        Assert.Equal(("http", "bearer"), ((string?)Document["components"]!["securitySchemes"]!["key"]!["type"], (string?)Document["components"]!["securitySchemes"]!["key"]!["scheme"]));
        Assert.Equal(["action.finished", "comment.handoff", "comment.notify", "comment.removed", "incident.changed", "incident.closed", "incident.escalated", "incident.opened", "outcome.decided", "test"], Document["webhooks"]!.AsObject().Select(w => w.Key).Order(StringComparer.Ordinal));
    }

    /// <summary>Every operation with its method and path.</summary>
    private static IEnumerable<(string Method, string Path, JsonObject Operation)> Operations() =>
        from path in Document["paths"]!.AsObject()
        from item in path.Value!.AsObject()
        where Methods.Contains(item.Key)
        select (item.Key, path.Key, item.Value!.AsObject());

    private static JsonNode? Find(string reference)
    {
        JsonNode? at = Document;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = at?[part];
        return at;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject fields => fields.Select(f => f.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        _ => [node],
    };

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParameter();
}
