using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues;
using Moderato.Local;
using Xunit;

namespace Moderato.Tests.LocalHosting;

[Collection(LocalHostTests.Name)]
public sealed class QueueTests(StorageFixture storage) : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("hello")]
    [InlineData("è \"così\" <b>\\ 🙂\nfine")]
    [InlineData("""{"type":"comments","version":1}""")]
    public async Task AMessageArrivesEncodedTwiceWithItsMetadata(string text)
    {
        var queue = await CreateQueueAsync();
        var sent = (await queue.SendMessageAsync(text)).Value;

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Count("end") == 1);

        var call = _app.Recorded.Single(r => r.At == "begin");
        Assert.Equal("Work", call.Name);
        Assert.StartsWith("application/json", call.Header("content-type"), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(call.Header("x-azure-functions-invocationid"), out _));
        Assert.NotEmpty(call.Header("x-azure-functions-hostversion"));

        var data = call.Json.GetProperty("Data");
        Assert.Equal(["message"], data.EnumerateObject().Select(p => p.Name));
        Assert.Equal(text, Twice(data.GetProperty("message")));

        var metadata = call.Json.GetProperty("Metadata");
        Assert.Equal(
            ["DequeueCount", "ExpirationTime", "Id", "InsertionTime", "NextVisibleTime", "PopReceipt", "sys"],
            metadata.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(sent.MessageId, Twice(metadata.GetProperty("Id")));
        Assert.NotEmpty(Twice(metadata.GetProperty("PopReceipt")));
        Assert.Equal("1", metadata.GetProperty("DequeueCount").GetString());
        Assert.Equal(sent.InsertionTime, metadata.GetProperty("InsertionTime").GetDateTimeOffset());
        Assert.Equal(sent.ExpirationTime, metadata.GetProperty("ExpirationTime").GetDateTimeOffset());
        Assert.True(metadata.GetProperty("NextVisibleTime").GetDateTimeOffset() >= sent.InsertionTime);
        Assert.Equal("Work", metadata.GetProperty("sys").GetProperty("MethodName").GetString());
        Assert.Equal(TimeSpan.Zero, metadata.GetProperty("sys").GetProperty("UtcNow").GetDateTimeOffset().Offset);
        Assert.True(Guid.TryParse(metadata.GetProperty("sys").GetProperty("RandGuid").GetString(), out _));
    }

    [Fact]
    public async Task AMessageThatSucceededIsDeleted()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("hello");

        await using var host = await LocalHost.StartAsync(_app.Options);

        await _app.UntilAsync(() => IsEmptyAsync(queue));
        Assert.Equal(1, _app.Count("begin"));
    }

    [Fact]
    public async Task AQueueThatIsMissingIsMade()
    {
        var queue = storage.Queue($"q{Guid.NewGuid():N}");
        _app.WithQueue("Work", queue.Name, storage.ConnectionString);

        await using var host = await LocalHost.StartAsync(_app.Options);

        await _app.UntilAsync(async () => await queue.ExistsAsync());
        await queue.SendMessageAsync("hello");
        await _app.UntilAsync(() => _app.Count("end") == 1);
    }

    [Fact]
    public async Task AMessageThatFailsFiveTimesMovesToThePoisonQueueAndStaysThereForEver()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("""{"answer":500}""");
        var poison = storage.Queue($"{queue.Name}-poison");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(async () => await poison.ExistsAsync() && !await IsEmptyAsync(poison));
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        Assert.Equal(["1", "2", "3", "4", "5"], _app.Recorded.Where(r => r.At == "begin").Select(TryOf));
        var moved = (await poison.PeekMessageAsync()).Value;
        Assert.Equal("""{"answer":500}""", moved.Body.ToString());
        Assert.Equal(9999, moved.ExpiresOn!.Value.Year);
    }

    [Fact]
    public async Task AMessageThatIsNotBase64MovesToThePoisonQueueAsItIsAndSpoilsNoOther()
    {
        var queue = await CreateQueueAsync();
        await storage.Queue(queue.Name, QueueMessageEncoding.None).SendMessageAsync("not * base64");
        await queue.SendMessageAsync("hello");
        var poison = storage.Queue($"{queue.Name}-poison", QueueMessageEncoding.None);

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        Assert.Equal("not * base64", (await poison.PeekMessageAsync()).Value.Body.ToString());
        Assert.Equal("hello", Twice(_app.Recorded.Single(r => r.At == "begin").Json.GetProperty("Data").GetProperty("message")));
    }

    [Fact]
    public async Task PlainMessagesAreReadWhereHostJsonSaysSo()
    {
        _app.WriteHost("""{"messageEncoding": "none"}""");
        var queue = await CreateQueueAsync();
        await storage.Queue(queue.Name, QueueMessageEncoding.None).SendMessageAsync("not * base64");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Count("end") == 1);

        Assert.Equal("not * base64", Twice(_app.Recorded.Single(r => r.At == "begin").Json.GetProperty("Data").GetProperty("message")));
    }

    /// <summary>16 at first; when 8 of them are done, 8 still run and a batch of 16 joins them.</summary>
    [Fact]
    public async Task AtMostABatchAndAHalfRunAtOnce()
    {
        var queue = await CreateQueueAsync();
        for (var i = 0; i < 40; i++)
            await queue.SendMessageAsync($$"""{"gate":"{{_app.In($"gate{i}")}}"}""");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Running == 16);
        foreach (var call in _app.Recorded.Where(r => r.At == "begin").Take(8).ToList())
            await File.WriteAllTextAsync(GateOf(call), "");
        await _app.UntilAsync(() => _app.Running == 24);
        for (var i = 0; i < 40; i++)
            await File.WriteAllTextAsync(_app.In($"gate{i}"), "");
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        var running = 0;
        var most = _app.Recorded.Max(r => running += r.At switch { "begin" => 1, "end" => -1, _ => 0 });
        Assert.Equal(24, most);
        Assert.Equal(40, _app.Count("begin"));
    }

    /// <summary>Waits for several leases' length; were the lease not renewed, the message would be taken again meanwhile.</summary>
    [Fact]
    public async Task AMessageThatTakesLongerThanItsLeaseRunsOnce()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync($$"""{"gate":"{{_app.In("gate")}}"}""");

        var options = _app.Options with { QueueLease = TimeSpan.FromSeconds(2), QueueLeaseRenewal = TimeSpan.FromSeconds(0.5) };
        await using var host = await LocalHost.StartAsync(options);
        await _app.UntilAsync(() => _app.Running == 1);
        await Task.Delay(options.QueueLease * 3, TimeProvider.System);
        await File.WriteAllTextAsync(_app.In("gate"), "");
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        Assert.Equal(1, _app.Count("begin"));
    }

    [Fact]
    public async Task AMessageThatOutlastsTheFunctionTimeoutHasFailed()
    {
        _app.WriteHost("""{"visibilityTimeout": "00:00:01"}""", functionTimeout: "00:00:01");
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync($$"""{"gate":"{{_app.In("gate")}}"}""");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Count("begin") == 2);
        await File.WriteAllTextAsync(_app.In("gate"), "");
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        Assert.Contains("Work  FAILED (functionTimeout)", _app.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMessageWhoseHandlerIsKilledInTheMiddleRunsAgain()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync($$"""{"gate":"{{_app.In("gate")}}"}""");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Running == 1);
        using (var handler = Process.GetProcessById(host.HandlerProcessId!.Value))
            handler.Kill();
        await File.WriteAllTextAsync(_app.In("gate"), "");
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        Assert.Equal(2, _app.Count("start"));
        Assert.Equal(["1", "2"], _app.Recorded.Where(r => r.At == "begin").Select(TryOf));
        Assert.Equal(1, _app.Count("end"));
    }

    [Fact]
    public async Task NoTryIsWastedWhileTheHandlerIsDown()
    {
        var queue = await CreateQueueAsync();
        await using var host = await LocalHost.StartAsync(_app.Options);
        await File.WriteAllTextAsync(_app.Hold, "");
        using (var handler = Process.GetProcessById(host.HandlerProcessId!.Value))
            handler.Kill();
        await _app.UntilAsync(() => host.HandlerProcessId is null);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System); // a question that was under way when it died has its answer

        await queue.SendMessageAsync("hello");
        await _app.UntilAsync(() => _app.Count("start") == 2);
        File.Delete(_app.Hold);
        await _app.UntilAsync(() => IsEmptyAsync(queue));

        Assert.Equal("1", TryOf(_app.Recorded.Single(r => r.At == "begin")));
    }

    /// <summary>Of 20 messages 16 run. The others would follow when 8 of those are done, were the host not stopping.</summary>
    [Fact]
    public async Task StoppingWaitsForTheMessagesThatRunTakesNoMoreAndThenEndsTheHandler()
    {
        var queue = await CreateQueueAsync();
        for (var i = 0; i < 20; i++)
            await queue.SendMessageAsync($$"""{"gate":"{{_app.In("gate")}}"}""");
        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Running == 16);

        var stopping = host.StopAsync();
        await File.WriteAllTextAsync(_app.In("gate"), "");
        await stopping;

        Assert.Equal(16, _app.Count("end"));
        Assert.Equal("sigterm", _app.Recorded[^1].At);
        Assert.Equal(4, await CountAsync(queue));
    }

    /// <summary>The message is not lost: it comes back when its lease ends.</summary>
    [Fact]
    public async Task StoppingGivesUpWhatTakesTooLong()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync($$"""{"gate":"{{_app.In("gate")}}"}""");
        await using var host = await LocalHost.StartAsync(_app.Options with { Drain = TimeSpan.FromMilliseconds(100) });
        await _app.UntilAsync(() => _app.Running == 1);

        await host.StopAsync();

        Assert.Equal(0, _app.Count("end"));
        Assert.Equal(1, await CountAsync(queue));
    }

    private async Task<QueueClient> CreateQueueAsync()
    {
        var queue = await storage.CreateQueueAsync();
        _app.WithQueue("Work", queue.Name, storage.ConnectionString);
        return queue;
    }

    /// <summary>Also counts messages that are invisible at the moment.</summary>
    private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;

    private static async Task<bool> IsEmptyAsync(QueueClient queue) => await CountAsync(queue) == 0;

    private static string Twice(JsonElement value) => JsonSerializer.Deserialize<string>(value.GetString()!)!;

    private static string TryOf(Recorded call) =>
        call.Json.GetProperty("Metadata").GetProperty("DequeueCount").GetString()!.ToString(CultureInfo.InvariantCulture);

    private static string GateOf(Recorded call) =>
        JsonDocument.Parse(Twice(call.Json.GetProperty("Data").GetProperty("message"))).RootElement.GetProperty("gate").GetString()!;
}
