using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>A digest as HTML that mail programs show.</summary>
public static class DigestHtml
{
    public static string Render(Digest digest, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links) =>
        LetterHtml.Render(DigestLetter.Of(digest, quotes, language, links));

    /// <summary>A team's part of it.</summary>
    public static string RenderTeam(Digest digest, string team, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links) =>
        LetterHtml.Render(TeamLetter.Of(digest, team, quotes, language, links));
}
