using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>API keys in the table <c>settings</c>, in a partition of their own: a row for each, its secrets as salted hashes.</summary>
public sealed class KeyTables(TableSet tables) : IKeyStore
{
    private const string All = "*";

    public async Task<StandingKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await tables.Settings.FindAsync(Keys.ApiKeyPartition, Keys.ApiKeyRow(id), cancellationToken) is { } row ? new StandingKey(Read(row), row.ETag.ToString()) : null;

    public async Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = tables.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ApiKeyPartition}"), cancellationToken: cancellationToken);
        return await rows.Select(Read).ToListAsync(cancellationToken);
    }

    public Task<bool> AddAsync(StoredKey key, CancellationToken cancellationToken) => tables.Settings.TryAddAsync([RowOf(key)], cancellationToken);

    public Task<bool> ReplaceAsync(StandingKey standing, StoredKey next, CancellationToken cancellationToken) =>
        tables.Settings.TryReplaceAsync(RowOf(next), standing.Tag, cancellationToken);

    private static TableEntity RowOf(StoredKey stored)
    {
        var key = stored.Key;
        var row = new TableEntity(Keys.ApiKeyPartition, Keys.ApiKeyRow(key.Id))
        {
            ["Id"] = key.Id,
            ["Name"] = key.Name,
            ["Scopes"] = string.Join(' ', key.Scopes.Order()),
            ["RequestsPerMinute"] = key.RequestsPerMinute,
            ["Apprentice"] = key.Apprentice,
            ["Salt"] = stored.Secret.Salt,
            ["Hash"] = stored.Secret.Hash,
            ["CreatedAt"] = stored.CreatedAt,
            ["CreatedBy"] = stored.CreatedBy,
        };
        row.SetLongText("Communities", key.Communities is null ? All : string.Join(' ', key.Communities.Select(c => c.ToString()).Order(StringComparer.Ordinal)));
        row.SetIfAny("Earlier", stored.Earlier.Count > 0 ? JsonSerializer.Serialize(stored.Earlier, StoredJson.Options) : null);
        row.SetIfAny("ExpiresAt", stored.ExpiresAt);
        row.SetIfAny("RevokedAt", stored.RevokedAt);
        return row;
    }

    private static StoredKey Read(TableEntity row)
    {
        var communities = row.LongText("Communities");
        var key = new ApiKey(
            row.Text("Id"),
            row.Text("Name"),
            communities == All ? null : communities.Split(' ').Select(CommunityId.Parse).ToHashSet(),
            row.Text("Scopes").Split(' ').Select(Enum.Parse<Scope>).ToHashSet())
        {
            RequestsPerMinute = row.GetInt32("RequestsPerMinute") ?? ApiKey.DefaultRequestsPerMinute,
            Apprentice = row.GetBoolean("Apprentice") is true,
        };
        return new StoredKey(key, new SecretHash(row.GetBinary("Salt") ?? [], row.GetBinary("Hash") ?? []), row.Time("CreatedAt"), row.Text("CreatedBy"))
        {
            Earlier = row.GetString("Earlier") is { } earlier ? JsonSerializer.Deserialize<List<EarlierSecret>>(earlier, StoredJson.Options)! : [],
            ExpiresAt = row.GetDateTimeOffset("ExpiresAt"),
            RevokedAt = row.GetDateTimeOffset("RevokedAt"),
        };
    }
}
