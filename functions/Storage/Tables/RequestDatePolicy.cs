using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Storage.Tables;

/// <summary>Dates each try, not each call: the service refuses a request that is more than 15 minutes old.</summary>
internal sealed class RequestDatePolicy : HttpPipelineSynchronousPolicy
{
    public const string Header = "x-ms-date";

    public override void OnSendingRequest(HttpMessage message) =>
        message.Request.Headers.SetValue(Header, TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
}
