using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Moderato.Tests.Support;

/// <summary>A span as the receiver got it: its kind such as <c>SPAN_KIND_SERVER</c>, whether its status is an error, each attribute as text.</summary>
public sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, string Kind, bool Failed, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A real receiver of OTLP over HTTP (on Node, with OpenTelemetry's own messages) that keeps what it gets.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<JsonNode> _exports = [];
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(Process process) => _process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Settings with which the app sends everything to it, soon.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };

    /// <summary>Everything it got, as JSON.</summary>
    public IReadOnlyList<JsonNode> Exports => [.. _exports];

    public IReadOnlyList<ReceivedSpan> Spans =>
    [
        .. Of("traces", "resourceSpans", "scopeSpans", "spans").Select(span => new ReceivedSpan(
            (string)span["traceId"]!, (string)span["spanId"]!, (string?)span["parentSpanId"] ?? "", (string)span["name"]!, (string)span["kind"]!,
            (string?)span["status"]?["code"] == "STATUS_CODE_ERROR", AttributesOf(span))),
    ];

    /// <summary>Messages of logs with the trace in which they were written.</summary>
    public IReadOnlyList<(string Trace, string Message)> Logs =>
        [.. Of("logs", "resourceLogs", "scopeLogs", "logRecords").Select(log => ((string?)log["traceId"] ?? "", (string?)log["body"]?["stringValue"] ?? ""))];

    /// <summary>Names of metrics with the attributes of each of their points.</summary>
    public ILookup<string, IReadOnlyDictionary<string, string>> Metrics => Of("metrics", "resourceMetrics", "scopeMetrics", "metrics")
        .SelectMany(metric => new[] { "sum", "gauge", "histogram" }.SelectMany(kind => metric[kind]?["dataPoints"]?.AsArray() ?? []).Select(point => ((string)metric["name"]!, AttributesOf(point!))))
        .ToLookup(p => p.Item1, p => p.Item2);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Repository.Root, "infra", "local"),
        };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Support", "otlp.js"));
        var receiver = new OtlpReceiver(Process.Start(start) ?? throw new InvalidOperationException("node did not start."));
        receiver._process.OutputDataReceived += (_, e) => receiver.Hear(e.Data);
        receiver._process.BeginOutputReadLine();
        var port = await receiver._port.Task.WaitAsync(Patience, TimeProvider.System);
        receiver.Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        _process.Dispose();
    }

    private IEnumerable<JsonNode> Of(string signal, string resources, string scopes, string items) => _exports.Where(e => (string?)e["signal"] == signal)
        .SelectMany(e => e["body"]![resources]!.AsArray()).SelectMany(r => r![scopes]!.AsArray()).SelectMany(s => s![items]!.AsArray()).Select(i => i!);

    private static IReadOnlyDictionary<string, string> AttributesOf(JsonNode of) => (of["attributes"]?.AsArray() ?? [])
        .ToDictionary(a => (string)a!["key"]!, a => a!["value"]!.AsObject().Select(v => v.Value!.ToString()).FirstOrDefault() ?? "");

    private void Hear(string? line)
    {
        if (line is null)
        {
            _port.TrySetException(new InvalidOperationException("The receiver ended; ./infra/local/install --tests may be missing."));
            return;
        }
        var said = JsonNode.Parse(line)!;
        if ((string?)said["signal"] == "listening")
            _port.SetResult((int)said["port"]!);
        else
            _exports.Enqueue(said);
    }
}
