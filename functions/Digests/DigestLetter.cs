using System.Globalization;
using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>Writes the digest's letter from what is stored, so that a comment that was removed since is not quoted.</summary>
public sealed class DigestLetter(IDigestStore store) : ILetterWriter
{
    /// <summary>The kind of letters that are digests.</summary>
    public const string KindName = "digest";

    /// <summary>Behind the day, where it is not over: it has a mail of its own.</summary>
    private const string SoFar = "-so-far";
    private const string DateFormat = "yyyy-MM-dd";

    public string Kind => KindName;

    /// <summary>What such a letter is about.</summary>
    public static string Of(Digest digest) => digest.Date.ToString(DateFormat, CultureInfo.InvariantCulture) + (digest.Partial ? SoFar : "");

    public async Task<Letter?> WriteAsync(MailRequest request, LetterLinks links, CancellationToken cancellationToken)
    {
        var day = DateOnly.ParseExact(request.Of.Replace(SoFar, "", StringComparison.Ordinal), DateFormat, CultureInfo.InvariantCulture);
        // A day that is over by now is told by its own letter.
        if (await store.FindDigestAsync(request.Community, day, cancellationToken) is not { } digest || Of(digest) != request.Of)
            return null;
        var quotes = await Quotes.ReadAsync(store, digest, cancellationToken);
        return new Letter(DigestWords.Of(digest.Language).Subject(digest), DigestHtml.Render(digest, quotes), DigestText.Render(digest, quotes));
    }
}
