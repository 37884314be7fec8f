using Moderato.Comments;
using Moderato.Mail;
using Moderato.Policy;

namespace Moderato.Digests;

/// <summary>Writes a digest's letters from what is stored, when they are sent: what was removed or erased since is not quoted.</summary>
public sealed class DigestLetterWriter(IDigestStore store, Policies policies) : ILetterWriter
{
    public string Kind => DigestMails.Kind;

    public async Task<Letter?> WriteAsync(MailRequest request, LetterLinks links, CancellationToken cancellationToken)
    {
        if (!DigestName.TryParse(request.Of, out var name) || await store.FindDigestAsync(request.Community, name, cancellationToken) is not { } digest)
            return null;
        var team = request.Edition.StartsWith(Editions.TeamPrefix, StringComparison.Ordinal) ? request.Edition[Editions.TeamPrefix.Length..] : null;
        if (team is not null && !digest.Teams.ContainsKey(team))
            return null;
        var policy = (await policies.InForceAsync(request.Community, cancellationToken)).Policy;
        var shown = digest with { Language = request.Language, RuleNames = DigestCompiler.RuleNames(policy, request.Language) };
        var quotes = await Quotes.ReadAsync(store, shown, cancellationToken);
        return new Letter(DigestWords.Of(shown.Language).Subject(shown), DigestHtml.Render(shown, quotes), DigestText.Render(shown, quotes));
    }
}
