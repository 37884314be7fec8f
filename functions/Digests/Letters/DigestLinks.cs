using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>What a digest may link to, beside what its comments link to.</summary>
/// <param name="Letter">The app's address, and where its reader ends these mails.</param>
/// <param name="Pages">The path of each hand-off's and incident's page, by its id: <c>/api/handoffs/…</c>. Not shown without an app's address.</param>
public sealed record DigestLinks(LetterLinks Letter, IReadOnlyDictionary<string, string> Pages)
{
    /// <summary>For a digest that is looked at over HTTP: whoever looks has no mails to end.</summary>
    public static readonly DigestLinks None = new(new LetterLinks(null, null), new Dictionary<string, string>());

    internal string? PageOf(string id) =>
        Letter.App is { } app && Pages.TryGetValue(id, out var path) ? $"{app}{path}" : null;
}
