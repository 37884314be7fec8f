using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;
using Moderato.Hosting.Worker;
using Moderato.Ingest;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class FunctionMetadataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("moderato-functions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EveryFunctionOfTheAppHasItsFolderAndSaysWhatItsAttributesSay()
    {
        var functions = FunctionCatalog.Of(typeof(Intake).Assembly);
        FunctionMetadata.Write(functions, _folder.FullName);
        Assert.Equal(functions.Select(f => f.Name), _folder.GetDirectories().Select(d => d.Name).Order(StringComparer.Ordinal));
        foreach (var function in functions)
        {
            var trigger = Binding(function.Name);
            Assert.Equal((function.TriggerParameter.Name, "in"), ((string?)trigger["name"], (string?)trigger["direction"]));
            var (type, key, value) = function.Trigger switch
            {
                HttpTriggerAttribute http => ("httpTrigger", "route", http.Route),
                QueueTriggerAttribute queue => ("queueTrigger", "queueName", queue.QueueName),
                TimerTriggerAttribute timer => ("timerTrigger", "schedule", timer.Schedule),
                _ => ("", "", null),
            };
            Assert.Equal((type, value), ((string?)trigger["type"], (string?)trigger[key]));
            Assert.Null(trigger["entryPoint"] ?? trigger["scriptFile"]);
        }
    }

    [Fact]
    public void TheAppListensWhereItsCallersWereTold()
    {
        var functions = FunctionCatalog.Of(typeof(Intake).Assembly);
        FunctionMetadata.Write(functions, _folder.FullName);
        Assert.Equal("communities/{community}/comments", (string?)Binding("PostComments")["route"]);
        Assert.Equal(["post"], Binding("PostComments")["methods"]!.AsArray().Select(m => (string?)m));
        Assert.Equal(["get", "post"], Binding("ReceiveWebhook")["methods"]!.AsArray().Select(m => (string?)m));
        Assert.Equal("anonymous", (string?)Binding("PostComments")["authLevel"]);
        Assert.Equal("AzureWebJobsStorage", (string?)Binding("ModerateComments")["connection"]);
        Assert.True((bool?)Binding("CompileDigests")["useMonitor"]);
        Assert.Equal("$return", (string?)Bindings("PostComments")[1]!["name"]);
        Assert.Single(Bindings("ModerateComments"));
    }

    [Fact]
    public void FoldersOfFunctionsThatAreNoMoreGo()
    {
        var stale = _folder.CreateSubdirectory("Stale");
        File.WriteAllText(Path.Combine(stale.FullName, "function.json"), "{}");
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("data").FullName, "keep.txt"), "x");
        FunctionMetadata.Write(FunctionCatalog.Of(typeof(Intake).Assembly), _folder.FullName);
        FunctionMetadata.Write(FunctionCatalog.Of(typeof(Intake).Assembly), _folder.FullName);
        Assert.False(Directory.Exists(stale.FullName));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "data", "keep.txt")));
        Assert.True(Directory.Exists(Path.Combine(_folder.FullName, "PostComments")));
    }

    [Fact]
    public void AFunctionJsonThatIsNotOursTakesNothingAlong()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "function.json"), "{}");
        File.WriteAllText(Path.Combine(_folder.FullName, "host.json"), "{}");
        var deep = _folder.CreateSubdirectory("data").CreateSubdirectory("deep");
        File.WriteAllText(Path.Combine(deep.FullName, "function.json"), "{}");
        FunctionMetadata.Write([], _folder.FullName);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "host.json")));
        Assert.True(File.Exists(Path.Combine(deep.FullName, "function.json")));
    }

    [Fact]
    public void EveryMalformedFunctionIsNamed()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Of(Assembly.GetExecutingAssembly()));
        Assert.Contains("Malformed.None has 0 triggers", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Malformed.Two has 2 triggers", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("The function name Twice is used 2 times", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The HTTP function NoRequest must take an HttpRequest", refusal.Message, StringComparison.Ordinal);
    }

    private JsonArray Bindings(string function) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, function, "function.json")))!["bindings"]!.AsArray();

    private JsonNode Binding(string function) => Bindings(function)[0]!;

    public sealed class Malformed
    {
        [Function("None")]
        public void None(string message) => Assert.NotNull(message);

        [Function("Two")]
        public void Two([QueueTrigger("a")] string a, [TimerTrigger("* * * * * *")] TimerInfo b) => Assert.NotNull((object)a ?? b);

        [Function("Twice")]
        public void One([QueueTrigger("a")] string message) => Assert.NotNull(message);

        [Function("twice")]
        public void Other([QueueTrigger("b")] string message) => Assert.NotNull(message);

        [Function("NoRequest")]
        public void NoRequest([HttpTrigger(AuthorizationLevel.Anonymous)] HttpContext context) => Assert.NotNull(context);
    }
}
