using System.Collections.Concurrent;
using System.Security.Cryptography;
using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>The installation's own secrets, in the table <c>settings</c>. Whoever is first makes one; all others read it.</summary>
public sealed class OwnSecretTables(TableSet tables) : IOwnSecrets
{
    private readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);

    public async Task<byte[]> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        var row = new TableEntity(Keys.OwnSecretPartition, name) { ["Value"] = RandomNumberGenerator.GetBytes(32) };
        var there = await tables.Settings.FindAsync(Keys.OwnSecretPartition, name, cancellationToken);
        if (there is null && !await tables.Settings.TryAddAsync([row], cancellationToken))
            there = await tables.Settings.FindAsync(Keys.OwnSecretPartition, name, cancellationToken);
        return _known[name] = (there ?? row).GetBinary("Value")!;
    }
}
