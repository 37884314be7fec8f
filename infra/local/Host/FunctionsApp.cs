using System.Globalization;
using System.Text.Json;

namespace Moderato.Local.Host;

/// <summary>A function as its function.json describes it.</summary>
public abstract record LocalFunction(string Name);

/// <summary>Runs for HTTP requests. No methods means all.</summary>
public sealed record HttpFunction(string Name, string Route, IReadOnlyList<string> Methods) : LocalFunction(Name);

/// <summary>Runs for messages of a queue.</summary>
public sealed record QueueFunction(string Name, string Binding, string QueueName, string Connection) : LocalFunction(Name);

/// <summary>Runs by the clock.</summary>
public sealed record TimerFunction(string Name, string Binding, string Schedule, bool UseMonitor, bool RunOnStartup) : LocalFunction(Name);

/// <summary>host.json's extensions.queues, with the Functions host's defaults; polling as suits one machine.</summary>
public sealed record QueueSettings
{
    /// <summary>Messages fetched at once, 1 to 32. Default 16.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is fetched when so few are left. Default: half the batch.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>The longest pause between looks at an empty queue. Default here 1 s (in Azure a minute).</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a message waits after a failure. Default here 30 s (in Azure none).</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a message is tried before it goes to the poison queue. Default 5.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>Whether messages are base64 in the queue. Default: they are.</summary>
    public bool Base64 { get; init; } = true;
}

/// <summary>A published functions app, as the Functions host reads it from its folder.</summary>
public sealed record FunctionsApp(
    string Folder, string Executable, IReadOnlyList<string> Arguments, string RoutePrefix, TimeSpan FunctionTimeout, QueueSettings Queues,
    IReadOnlyList<LocalFunction> Functions)
{
    /// <exception cref="LocalHostException">Something in the folder is missing or malformed; every problem is named.</exception>
    public static FunctionsApp Read(string folder) => new Reader(folder).Read();

    private sealed class Reader(string folder)
    {
        private readonly List<string> _problems = [];

        public FunctionsApp Read()
        {
            var host = Parse("host.json");
            var description = Find(host, "customHandler", "description");
            var executable = Text(description, "defaultExecutablePath");
            if (host is not null && executable is null)
                _problems.Add("host.json: customHandler.description.defaultExecutablePath is missing.");
            var path = Path.Combine(folder, executable ?? "");
            if (executable is not null && !File.Exists(path))
                _problems.Add($"host.json: customHandler.description.defaultExecutablePath names '{executable}', which is not in the app's folder.");
            if (host is not null && Find(host, "customHandler", "enableForwardingHttpRequest")?.ValueKind != JsonValueKind.True)
                _problems.Add("host.json: customHandler.enableForwardingHttpRequest must be true: requests are forwarded as they came.");

            var functions = Directory.GetFiles(folder, "function.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
                .Order(StringComparer.Ordinal).Select(ReadFunction).OfType<LocalFunction>().ToList();
            if (functions.Count == 0)
                _problems.Add("There is no function: no folder beside host.json has a function.json.");
            var app = new FunctionsApp(
                folder,
                path,
                Find(description, "arguments") is { ValueKind: JsonValueKind.Array } arguments ? [.. arguments.EnumerateArray().Select(a => a.GetString()!)] : [],
                Text(Find(host, "extensions", "http"), "routePrefix") ?? "api",
                Span(host, "functionTimeout", "host.json: functionTimeout") ?? TimeSpan.FromMinutes(30),
                ReadQueues(Find(host, "extensions", "queues")),
                functions);
            return _problems.Count == 0 ? app : throw new LocalHostException(_problems);
        }

        private QueueSettings ReadQueues(JsonElement? queues)
        {
            const string at = "host.json: extensions.queues.";
            var defaults = new QueueSettings();
            var batchSize = Number(queues, "batchSize", at, 1, 32) ?? defaults.BatchSize;
            var encoding = Text(queues, "messageEncoding") ?? "base64";
            if (encoding is not ("base64" or "none"))
                _problems.Add($"{at}messageEncoding must be base64 or none.");
            return new QueueSettings
            {
                BatchSize = batchSize,
                NewBatchThreshold = Number(queues, "newBatchThreshold", at, 0, 1000) ?? Math.Max(1, batchSize / 2),
                MaxPollingInterval = Span(queues, "maxPollingInterval", at + "maxPollingInterval") ?? defaults.MaxPollingInterval,
                VisibilityTimeout = Span(queues, "visibilityTimeout", at + "visibilityTimeout") ?? defaults.VisibilityTimeout,
                MaxDequeueCount = Number(queues, "maxDequeueCount", at, 1, 100) ?? defaults.MaxDequeueCount,
                Base64 = encoding == "base64",
            };
        }

        private LocalFunction? ReadFunction(string file)
        {
            var name = Path.GetFileName(Path.GetDirectoryName(file)!);
            var at = $"{name}/function.json";
            var bindings = Find(Parse(Path.Combine(name, "function.json")), "bindings");
            var triggers = bindings is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Where(b => Text(b, "type")?.EndsWith("Trigger", StringComparison.Ordinal) is true).ToList()
                : [];
            if (triggers is not [var trigger])
            {
                _problems.Add($"{at}: bindings must have exactly one trigger.");
                return null;
            }
            switch (Text(trigger, "type"))
            {
                case "httpTrigger":
                    var methods = Find(trigger, "methods") is { ValueKind: JsonValueKind.Array } named ? named.EnumerateArray().Select(m => m.GetString()!.ToUpperInvariant()) : [];
                    return new HttpFunction(name, Text(trigger, "route") ?? name, [.. methods]);
                case "queueTrigger":
                    return new QueueFunction(name, Required(trigger, "name", at), Required(trigger, "queueName", at), Text(trigger, "connection") ?? "AzureWebJobsStorage");
                case "timerTrigger":
                    return new TimerFunction(
                        name, Required(trigger, "name", at), Required(trigger, "schedule", at),
                        Find(trigger, "useMonitor")?.ValueKind != JsonValueKind.False, Find(trigger, "runOnStartup")?.ValueKind == JsonValueKind.True);
                case var other:
                    _problems.Add($"{at}: the local host knows httpTrigger, queueTrigger and timerTrigger, not {other}.");
                    return null;
            }
        }

        private JsonElement? Parse(string file)
        {
            try
            {
                return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement;
            }
            catch (JsonException broken)
            {
                _problems.Add($"{file} is not valid JSON (line {broken.LineNumber + 1}).");
            }
            catch (IOException)
            {
                _problems.Add($"{file} cannot be read.");
            }
            return null;
        }

        private string Required(JsonElement from, string field, string at)
        {
            if (Text(from, field) is { } text)
                return text;
            _problems.Add($"{at}: the trigger's {field} is missing.");
            return "";
        }

        private int? Number(JsonElement? from, string field, string at, int least, int most)
        {
            if (Find(from, field) is not { } value)
                return null;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
                return number;
            _problems.Add($"{at}{field} must be a whole number from {least} to {most}.");
            return null;
        }

        private TimeSpan? Span(JsonElement? from, string field, string at)
        {
            if (Find(from, field) is not { } value)
                return null;
            if (value.ValueKind == JsonValueKind.String && TimeSpan.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero)
                return span;
            _problems.Add($"{at} must be a time such as 00:00:30.");
            return null;
        }

        private static string? Text(JsonElement? from, string field) => Find(from, field) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        private static JsonElement? Find(JsonElement? from, params string[] path)
        {
            foreach (var field in path)
                from = from is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(field, out var value) ? value : null;
            return from;
        }
    }
}
