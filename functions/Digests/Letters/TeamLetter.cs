using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>A team's own letter: what it was handed, what it did, what lies with it now.</summary>
internal static class TeamLetter
{
    private static readonly TeamPart Nothing = new(0, 0, 0, new(0, []));

    public static LetterPage Of(Digest digest, string team, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links)
    {
        var pen = new Pen(digest, quotes, language, links);
        var (words, part) = (pen.Words, digest.Teams.GetValueOrDefault(team) ?? Nothing);
        return new LetterPage(
            words.Language, words.TeamSubject(digest, team, part.Open.Total), words.TeamPart(part, pen.Week),
            $"{Foreign.Of(digest.Name, 200)}, {words.TeamName(Foreign.Of(team))}, {words.Span(digest)}", [.. Blocks(pen, part)], pen.Footer())
        {
            FooterNote = words.FooterNote(Foreign.Of(digest.Name)),
        };
    }

    private static IEnumerable<Block> Blocks(Pen pen, TeamPart part)
    {
        yield return new Paragraph(pen.Words.TeamPart(part, pen.Week));
        if (pen.Digest.Partial)
            yield return new Paragraph(pen.Words.PartialNote(pen.Week), Tone.Soft);
        if (part.Open.Items.Count == 0)
        {
            yield return new Paragraph(pen.Words.NothingForTeam);
            yield break;
        }
        yield return pen.Section(pen.Words.TeamOpen, part.Open);
        foreach (var item in part.Open.Items)
        {
            yield return UrgentSections.Handoff(
                pen, item, $"{pen.Author(item.OutcomeId)}, {Pen.NameOf(item.Platform)}", [pen.Words.Acknowledged(item.Acknowledged)]);
        }
    }
}
