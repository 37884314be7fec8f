using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Tests.Support;

/// <summary>The app was killed: nothing after this point ran.</summary>
public sealed class Killed : Exception;

/// <summary>
/// Sits in the pipelines of tables and queues. Counts storage requests, and can end the app at one of them: before it is sent, or
/// after it was carried out and before its answer came.
/// </summary>
public sealed class Interference : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private readonly List<string> _requests = [];
    private int? _killAt;
    private bool _afterwards;

    /// <summary>Every request since the last <see cref="Reset"/>, as method and path without the account.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public bool HasKilled { get; private set; }

    public void Reset()
    {
        lock (_lock)
        {
            _requests.Clear();
            (_killAt, HasKilled) = (null, false);
        }
    }

    /// <param name="request">The request to be killed at, the next one being 1.</param>
    /// <param name="afterwards">Whether the storage still carries it out.</param>
    public void KillAt(int request, bool afterwards)
    {
        Reset();
        (_killAt, _afterwards) = (request, afterwards);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var dies = Note(message.Request);
        if (dies && !_afterwards)
            throw new Killed();
        await ProcessNextAsync(message, pipeline);
        if (dies)
            throw new Killed();
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Moderato asks storage asynchronously.");

    private bool Note(Request request)
    {
        lock (_lock)
        {
            if (HasKilled)
                throw new Killed(); // a dead process sends nothing more
            var path = request.Uri.ToUri().AbsolutePath;
            _requests.Add($"{request.Method} {path[(path.IndexOf('/', 1) + 1)..]}");
            return HasKilled = _requests.Count == _killAt;
        }
    }
}
