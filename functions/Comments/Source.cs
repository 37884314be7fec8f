using System.Security.Cryptography;

namespace Moderato.Comments;

/// <summary>A platform's page or account whose webhooks are pointed here.</summary>
/// <param name="Id">Its id, as in the webhook's address.</param>
/// <param name="Platform">The platform that sends.</param>
/// <param name="Community">The community its comments belong to.</param>
/// <param name="Secrets">Live keys: the second one lets a secret be changed without losing what is under way.</param>
public sealed record Source(string Id, PlatformId Platform, CommunityId Community, IReadOnlyList<byte[]> Secrets)
{
    /// <summary>What people call it; null where mails show what the platform calls it.</summary>
    public string? Name { get; init; }

    /// <summary>What the platform repeats in its handshake; empty where it repeats nothing.</summary>
    public string VerifyToken { get; init; } = "";

    /// <summary>Our own page, account or user on the platform, as the platform writes it: what it writes is not moderated.</summary>
    public string? Account { get; init; }

    /// <summary>Where the platform is, for those that people run themselves: a forum, a blog, a shop.</summary>
    public Uri? Address { get; init; }

    /// <summary>What lets us ask the platform. Never written anywhere.</summary>
    public string? Token { get; init; }

    /// <summary>What lets us act on the platform; null where decisions are only recorded. Never written anywhere.</summary>
    public string? ActionToken { get; init; }

    /// <summary>Which channels are read, where a platform has to be asked channel by channel.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Names it without its secrets: a record would write them all.</summary>
    public override string ToString() => $"{Platform}/{Id}";

    /// <summary>The platform's own id of what <see cref="OwnId"/> named.</summary>
    public string PlatformsId(string ownId) => ownId.StartsWith($"{Id}/", StringComparison.Ordinal) ? ownId[(Id.Length + 1)..] : ownId;

    /// <summary>The id of something whose ids are only unique on this server.</summary>
    public string? OwnId(string? id) => id is null ? null : $"{Id}/{id}";

    /// <summary>Whether a text is one of the secrets, where a platform repeats it instead of signing. In constant time; tries every one.</summary>
    internal bool HasSecret(string? text)
    {
        var given = System.Text.Encoding.UTF8.GetBytes(text ?? "");
        var has = false;
        foreach (var secret in Secrets)
            has |= CryptographicOperations.FixedTimeEquals(given, secret);
        return has;
    }

    internal bool SharesSecretWith(Source other) =>
        Secrets.Any(mine => other.Secrets.Any(theirs => CryptographicOperations.FixedTimeEquals(mine, theirs)));
}

/// <summary>The sources of this installation.</summary>
public sealed class Sources(IEnumerable<Source> sources)
{
    private readonly Dictionary<(PlatformId, string), Source> _byId = sources.ToDictionary(s => (s.Platform, s.Id));

    public IReadOnlyCollection<Source> All => _byId.Values;

    public Source? Find(PlatformId platform, string id) => _byId.GetValueOrDefault((platform, id));

    /// <summary>The source by its name as <see cref="Source.ToString"/> writes it.</summary>
    public Source? Find(string? name) => name is null ? null : _byId.Values.FirstOrDefault(s => s.ToString() == name);

    /// <summary>
    /// What people call a channel. Some platforms only tell the number of a page: it is the source's that names it as its account, or the only one
    /// of its platform.
    /// </summary>
    public string NameOf(CommunityId community, PlatformId platform, string channel)
    {
        var ours = _byId.Values.Where(s => s.Community == community && s.Platform == platform).ToList();
        var source = ours.FirstOrDefault(s => s.Account == channel || s.Id == channel) ?? (ours is [var only] && channel.All(char.IsAsciiDigit) ? only : null);
        return source?.Name ?? channel;
    }

    /// <summary>The source with this account that belongs to the same app as another: they share a secret.</summary>
    public Source? FindAccount(string account, Source sameApp) =>
        _byId.Values.FirstOrDefault(s => s.Account == account && s.SharesSecretWith(sameApp));
}
