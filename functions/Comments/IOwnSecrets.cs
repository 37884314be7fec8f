namespace Moderato.Comments;

/// <summary>Secrets that the installation makes for itself, once, and keeps in its storage.</summary>
public interface IOwnSecrets
{
    /// <summary>32 random bytes under a name: always the same ones, on every instance.</summary>
    Task<byte[]> GetAsync(string name, CancellationToken cancellationToken);
}
