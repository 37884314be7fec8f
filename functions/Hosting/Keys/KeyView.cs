namespace Moderato.Hosting;

/// <summary>Where a key is kept.</summary>
public enum KeySource
{
    /// <summary>In the app's settings; changed there.</summary>
    Settings,

    /// <summary>In storage; made, rotated and revoked over HTTP.</summary>
    Stored,
}

/// <summary>Whether a key opens anything.</summary>
public enum KeyState
{
    Active,
    Expired,
    Revoked,
}

/// <summary>A key as the HTTP interface shows it. Nothing in it opens anything.</summary>
/// <param name="Id">Its id, as in addresses and in the audit.</param>
/// <param name="Name">Who holds it.</param>
/// <param name="Source">Where it is kept.</param>
/// <param name="State">Whether it opens anything.</param>
/// <param name="Communities">Ids, or <c>*</c> alone for all.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="RequestsPerMinute">Of each instance of the app.</param>
/// <param name="Apprentice">Whether what it decides are proposals.</param>
/// <param name="CreatedAt">When it was made; null for one of the settings.</param>
/// <param name="CreatedBy">The name of the key that made it; null for one of the settings.</param>
/// <param name="ExpiresAt">When it stops by itself; null for never.</param>
/// <param name="RevokedAt">When it was stopped; null if it was not.</param>
/// <param name="EarlierTextUntil">Until when a text that was replaced still opens; null if none does.</param>
public sealed record KeyView(
    string Id,
    string Name,
    KeySource Source,
    KeyState State,
    IReadOnlyList<string> Communities,
    IReadOnlyList<Scope> Scopes,
    int RequestsPerMinute,
    bool Apprentice,
    DateTimeOffset? CreatedAt,
    string? CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? EarlierTextUntil)
{
    public static KeyView Of(ApiKey key) => new(
        key.Id, key.Name, KeySource.Settings, KeyState.Active, CommunitiesOf(key), [.. key.Scopes.Order()], key.RequestsPerMinute, key.Apprentice, null, null, null, null, null);

    public static KeyView Of(StoredKey stored, DateTimeOffset now) => Of(stored.Key) with
    {
        Source = KeySource.Stored,
        State = stored.RevokedAt is not null ? KeyState.Revoked : stored.HoldsAt(now) ? KeyState.Active : KeyState.Expired,
        CreatedAt = stored.CreatedAt,
        CreatedBy = stored.CreatedBy,
        ExpiresAt = stored.ExpiresAt,
        RevokedAt = stored.RevokedAt,
        EarlierTextUntil = stored.HoldsAt(now) && stored.StillOpen(now).Any() ? stored.StillOpen(now).Max(e => e.Until) : null,
    };

    private static string[] CommunitiesOf(ApiKey key) => key.Communities is null ? ["*"] : [.. key.Communities.Select(c => c.ToString()).Order(StringComparer.Ordinal)];
}

/// <summary>All the keys that the caller may see: those of the settings, then those in storage.</summary>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);

/// <summary>The answer to making and rotating.</summary>
/// <param name="Text">What to send as bearer token. Shown this once.</param>
/// <param name="Key">What it belongs to.</param>
public sealed record NewKeyAnswer(string Text, KeyView Key);
