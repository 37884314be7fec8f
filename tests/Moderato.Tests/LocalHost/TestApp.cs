using System.Text.Json.Nodes;
using Moderato.Local;
using Moderato.Tests.Support;

namespace Moderato.Tests.LocalHosting;

/// <summary>A small functions app in a folder of its own, whose handler writes down what reaches it.</summary>
internal sealed class TestApp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("local-host-").FullName;
    private readonly Dictionary<string, string> _settings;

    public TestApp()
    {
        Directory.CreateDirectory(App);
        File.Copy(Path.Combine(Repository.Root, "tests", "Moderato.Tests", "LocalHost", "handler", "handler.js"), Executable);
        _settings = new() { ["RECORD"] = In("record"), ["HOLD"] = In("hold") };
        WriteHost("""{"visibilityTimeout": "00:00:01", "maxPollingInterval": "00:00:00.2"}""");
    }

    public string App => In("app");

    public string Data => In("data");

    public string Executable => Path.Combine(App, "handler.js");

    /// <summary>While this file exists, a handler that starts does not answer.</summary>
    public string Hold => In("hold");

    public StringWriter Output { get; } = new();

    public LocalHostOptions Options => new()
    {
        AppFolder = App,
        DataFolder = Data,
        Port = 0,
        Settings = _settings,
        Output = TextWriter.Synchronized(Output),
    };

    public IReadOnlyList<Recorded> Recorded => LocalHosting.Recorded.Read(In("record"));

    /// <summary>A file of this test.</summary>
    public string In(string name) => Path.Combine(_folder, name);

    public TestApp Set(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    public TestApp WriteHost(string queues, string functionTimeout = "00:30:00")
    {
        File.WriteAllText(
            Path.Combine(App, "host.json"),
            $$$"""
            {
              "version": "2.0",
              "functionTimeout": "{{{functionTimeout}}}",
              "customHandler": {"description": {"defaultExecutablePath": "handler.js"}, "enableForwardingHttpRequest": true},
              "extensions": {"queues": {{{queues}}}}
            }
            """);
        return this;
    }

    public TestApp WithHttp(string function, string route, params string[] methods) =>
        With(
            function,
            new JsonObject
            {
                ["type"] = "httpTrigger",
                ["direction"] = "in",
                ["name"] = "req",
                ["route"] = route,
                ["methods"] = new JsonArray([.. methods.Select(m => (JsonNode)m)]),
            },
            new JsonObject { ["type"] = "http", ["direction"] = "out", ["name"] = "$return" });

    public TestApp WithQueue(string function, string queue, string connectionString) =>
        Set("AzureWebJobsStorage", connectionString).With(
            function,
            new JsonObject { ["type"] = "queueTrigger", ["direction"] = "in", ["name"] = "message", ["queueName"] = queue });

    public TestApp WithTimer(string function, string schedule, bool useMonitor = true, bool runOnStartup = false) =>
        With(
            function,
            new JsonObject
            {
                ["type"] = "timerTrigger",
                ["direction"] = "in",
                ["name"] = "timer",
                ["schedule"] = schedule,
                ["useMonitor"] = useMonitor,
                ["runOnStartup"] = runOnStartup,
            });

    public TestApp With(string function, params JsonObject[] bindings)
    {
        Directory.CreateDirectory(Path.Combine(App, function));
        File.WriteAllText(
            Path.Combine(App, function, "function.json"), new JsonObject { ["bindings"] = new JsonArray([.. bindings]) }.ToJsonString());
        return this;
    }

    public int Count(string at) => Recorded.Count(r => r.At == at);

    /// <summary>How many calls the handler runs now.</summary>
    public int Running => Count("begin") - Count("end");

    /// <summary>Waits until something is so; how long that takes does not matter.</summary>
    public async Task UntilAsync(Func<bool> isSo) => await UntilAsync(() => Task.FromResult(isSo()));

    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"It did not come about. The host said:\n{Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
