using System.Buffers;
using System.Text;
using Azure;
using Azure.Core;

namespace Moderato.Storage.Tables;

/// <summary>
/// An entity group transaction as a multipart request:
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal sealed class TransactionRequest
{
    public const int MostActions = 100;
    public const int LongestBody = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly string _batch = $"batch_{Guid.NewGuid()}";
    private readonly string _changeset = $"changeset_{Guid.NewGuid()}";

    /// <exception cref="ArgumentException">The service would refuse it: empty, more than 100 actions, two partitions, or longer than 4 MiB.</exception>
    public TransactionRequest(Uri endpoint, string tableName, IReadOnlyList<TableTransactionAction> actions)
    {
        Check(actions);
        Text($"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeset}\r\n\r\n");
        using var json = EntityJson.CreateWriter(_body);
        foreach (var action in actions)
        {
            Text($"--{_changeset}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Head(endpoint, tableName, action);
            if (action.ActionType != TableTransactionActionType.Delete)
            {
                EntityJson.Write(json, action.Entity);
                json.Reset();
            }

            Text("\r\n");
        }

        Text($"--{_changeset}--\r\n--{_batch}--\r\n");
        if (_body.WrittenCount > LongestBody)
        {
            throw new ArgumentException($"A transaction may have {LongestBody} bytes; this one has {_body.WrittenCount}.", nameof(actions));
        }
    }

    public string ContentType => $"multipart/mixed; boundary={_batch}";

    public RequestContent Content => RequestContent.Create(_body.WrittenMemory);

    private static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > MostActions)
        {
            throw new ArgumentException($"A transaction has 1 to {MostActions} actions; this one has {actions.Count}.", nameof(actions));
        }

        if (actions.Any(a => a.Entity.PartitionKey != actions[0].Entity.PartitionKey))
        {
            throw new ArgumentException("All rows of a transaction are in one partition; these are not.", nameof(actions));
        }
    }

    private void Head(Uri endpoint, string tableName, TableTransactionAction action)
    {
        var (method, ifMatch) = action.ActionType switch
        {
            TableTransactionActionType.Add => (RequestMethod.Post, false),
            TableTransactionActionType.UpdateMerge => (RequestMethod.Patch, true),
            TableTransactionActionType.UpdateReplace => (RequestMethod.Put, true),
            TableTransactionActionType.Delete => (RequestMethod.Delete, true),
            TableTransactionActionType.UpsertMerge => (RequestMethod.Patch, false),
            TableTransactionActionType.UpsertReplace => (RequestMethod.Put, false),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.ActionType, "There is no such action."),
        };
        var path = method == RequestMethod.Post ? tableName : EntityAddress.Of(tableName, action.Entity.PartitionKey, action.Entity.RowKey);
        Text($"{method} {endpoint.AbsoluteUri}/{path} HTTP/1.1\r\n");
        Text($"Accept: {TablePipeline.Json}\r\nDataServiceVersion: {TablePipeline.DataServiceVersion}\r\n");
        if (method != RequestMethod.Delete)
        {
            Text("Content-Type: application/json\r\n");
        }

        if (method == RequestMethod.Post)
        {
            Text("Prefer: return-no-content\r\n");
        }

        if (ifMatch)
        {
            // An update without If-Match would be an upsert.
            var tag = action.ETag == default ? ETag.All : action.ETag;
            Text($"If-Match: {tag.ToString("H")}\r\n");
        }

        Text("\r\n");
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _body);
}
