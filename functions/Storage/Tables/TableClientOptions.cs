using Azure.Core;

namespace Moderato.Storage.Tables;

/// <summary>
/// Retries, transport, diagnostics and additional policies, as for every Azure client. By default a request is tried three more times
/// after 408, 429, 5xx and broken connections, with growing pauses from 0.8 s to 60 s.
/// </summary>
/// <remarks>
/// A retried insert may answer 409 because the first try had succeeded and only its answer was lost: treat
/// <see cref="TableErrorCode.EntityAlreadyExists"/> as "it is there".
/// </remarks>
public sealed class TableClientOptions : ClientOptions;
