using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Tests.Storage;

/// <summary>Counts what goes through it: calls or tries, as its position says.</summary>
internal sealed class CountRequests : HttpPipelineSynchronousPolicy
{
    private int _requests;

    public int Requests => _requests;

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _requests);
}
