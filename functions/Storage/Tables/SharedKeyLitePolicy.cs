using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Storage.Tables;

/// <summary>
/// Signs each try with the account's key. Shared Key Lite for tables signs the date and the path:
/// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
/// </summary>
internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        if (!request.Headers.TryGetValue(RequestDatePolicy.Header, out var date))
        {
            throw new InvalidOperationException("A request is dated before it is signed.");
        }

        // The path as it goes over the wire, escapes included. Where the endpoint's path begins with the account (the emulator's
        // does), the account is named twice.
        var resource = $"/{credential.AccountName}{request.Uri.ToUri().AbsolutePath}";
        var signature = credential.Sign($"{date}\n{resource}");
        request.Headers.SetValue(HttpHeader.Names.Authorization, $"SharedKeyLite {credential.AccountName}:{signature}");
    }
}
