using Moderato.Comments;
using Moderato.Mail;
using Moderato.Mood;
using Moderato.Policy;
using Moderato.Review;

namespace Moderato.Digests;

/// <summary>Writes a digest's letters from what is stored, when they are sent: what was removed or erased since is not quoted.</summary>
public sealed class DigestLetterWriter(IDigestStore store, Handoffs handoffs, IncidentLinks incidents, Policies policies, Sources sources) : ILetterWriter
{
    public string Kind => DigestMails.Kind;

    public async Task<Letter?> WriteAsync(MailRequest request, LetterLinks links, CancellationToken cancellationToken)
    {
        // What is over by now is told by its own letter.
        if (!DigestMails.TryParseAbout(request.Of, out var name) || await store.FindDigestAsync(request.Community, name, cancellationToken) is not { } digest || DigestMails.AboutOf(digest) != request.Of)
            return null;
        var team = request.Edition.StartsWith(Editions.TeamPrefix, StringComparison.Ordinal) ? request.Edition[Editions.TeamPrefix.Length..] : null;
        if (team is not null && !digest.Teams.ContainsKey(team))
            return null;
        var policy = (await policies.InForceAsync(request.Community, cancellationToken)).Policy;
        var shown = digest.Named(sources) with { RuleNames = DigestCompiler.RuleNames(policy, request.Language) };
        var quotes = await Quotes.ReadAsync(store, shown, cancellationToken);
        var (words, with) = (DigestWords.Of(request.Language), new DigestLinks(links, await PagesAsync(shown, cancellationToken)));
        return team is null
            ? new Letter(words.Subject(shown), DigestHtml.Render(shown, quotes, request.Language, with), DigestText.Render(shown, quotes, request.Language, with))
            : new Letter(
                words.TeamSubject(shown, team, shown.Teams[team].Open.Total),
                DigestHtml.RenderTeam(shown, team, quotes, request.Language, with), DigestText.RenderTeam(shown, team, quotes, request.Language, with));
    }

    /// <summary>Whoever has such a link can react, so they are only in letters, never in what a key may read.</summary>
    private async Task<IReadOnlyDictionary<string, string>> PagesAsync(Digest digest, CancellationToken cancellationToken)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in digest.Handoffs.Items.Concat(digest.Teams.Values.SelectMany(t => t.Open.Items)).DistinctBy(i => i.Handoff))
        {
            if (OutcomeId.TryParse(item.OutcomeId, out var id))
                links[item.Handoff] = await handoffs.LinkAsync(digest.Community, new Handoff(item.Handoff, id.Value, 1, item.Team, item.OpenedAt, item.DueAt), cancellationToken);
        }
        foreach (var incident in digest.Incidents.Items)
            links[incident.Id] = await incidents.LinkAsync(digest.Community, incident.Id, cancellationToken);
        return links;
    }
}
