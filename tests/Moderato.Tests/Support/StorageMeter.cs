using System.Diagnostics;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Tests.Support;

/// <summary>What was asked of storage since a meter was last set to zero.</summary>
/// <param name="Requests">Requests sent.</param>
/// <param name="Rows">Rows that came back, whichever table they lie in.</param>
/// <param name="Bytes">Bytes of the answers.</param>
/// <param name="Waited">How long at least one request was on its way. The rest of a query's time is ours.</param>
public sealed record StorageUse(int Requests, int Rows, long Bytes, TimeSpan Waited);

/// <summary>Sits in the pipeline of tables and counts what is asked of storage and what comes back.</summary>
public sealed class StorageMeter : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private int _requests;
    private int _rows;
    private long _bytes;
    private int _onTheWay;
    private long _waitingSince;
    private TimeSpan _waited;

    public StorageUse Use
    {
        get
        {
            lock (_lock)
                return new StorageUse(_requests, _rows, _bytes, _waited);
        }
    }

    public void Reset()
    {
        lock (_lock)
            (_requests, _rows, _bytes, _waited) = (0, 0, 0, TimeSpan.Zero);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        lock (_lock)
        {
            _requests++;
            if (_onTheWay++ == 0)
                _waitingSince = Stopwatch.GetTimestamp();
        }
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            lock (_lock)
            {
                if (--_onTheWay == 0)
                    _waited += Stopwatch.GetElapsedTime(_waitingSince);
            }
        }
        Note(message);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Moderato asks storage asynchronously.");

    private void Note(HttpMessage message)
    {
        var start = Stopwatch.GetTimestamp();
        var body = message.Response.Content.ToMemory();
        var rows = message.Request.Method == RequestMethod.Get && message.Response.Status == 200 ? RowsIn(body) : 0;
        lock (_lock)
        {
            _rows += rows;
            _bytes += body.Length;
            if (_onTheWay == 0)
                _waited += Stopwatch.GetElapsedTime(start); // what counting costs is not ours
        }
    }

    /// <summary>A list of rows, or one row.</summary>
    private static int RowsIn(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("value", out var values) && values.ValueKind == JsonValueKind.Array ? values.GetArrayLength() : 1;
    }
}
