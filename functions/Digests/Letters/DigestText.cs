using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>A digest as plain text: complete, with bars of block characters.</summary>
public static class DigestText
{
    public static string Render(Digest digest, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links) =>
        LetterText.Render(DigestLetter.Of(digest, quotes, language, links));

    /// <inheritdoc cref="DigestHtml.RenderTeam"/>
    public static string RenderTeam(Digest digest, string team, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links) =>
        LetterText.Render(TeamLetter.Of(digest, team, quotes, language, links));
}
