using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>Writes down what an admitted request is about to do. Before it is done: rather an entry of something that failed than a deed without one.</summary>
public sealed class AuditTrail(IAuditLog log, TimeProvider time)
{
    /// <param name="request">The request; its key was admitted.</param>
    /// <param name="community">Where; null for what belongs to none.</param>
    /// <param name="act">One of <see cref="Acts"/>.</param>
    /// <param name="target">What it is done to; never an author's id or name.</param>
    /// <param name="by">Who is behind the key, if the request says.</param>
    /// <param name="note">Why, if the request says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task NoteAsync(HttpRequest request, CommunityId? community, string act, string? target, string? by, string? note, CancellationToken cancellationToken) =>
        log.AppendAsync(new AuditEntry(community, time.GetUtcNow(), WhoIs(request, by), act, target, note), cancellationToken);

    /// <summary>Names an author where neither id nor name may stand: the platform and the first 8 hexadecimal digits of the id's SHA-256.</summary>
    public static string Pseudonym(PlatformId platform, string author) =>
        $"{platform}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(author)).AsSpan(0, 4))}";

    /// <summary>The key's name, and the person behind it if the request names one.</summary>
    public static string WhoIs(HttpRequest request, string? by) =>
        string.IsNullOrEmpty(by) ? ApiKeys.CallerOf(request).Name : $"{ApiKeys.CallerOf(request).Name}/{by}";
}
