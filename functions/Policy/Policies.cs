using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>What a community has in force.</summary>
/// <param name="Policy">Ready to be asked.</param>
/// <param name="Version">Its version, for outcomes.</param>
/// <param name="Guidelines">The guidelines; null where there are none.</param>
/// <param name="Documents">The documents by kind.</param>
public sealed record InForce(CommunityPolicy Policy, string Version, Guidelines? Guidelines, IReadOnlyDictionary<string, DocumentVersion> Documents);

/// <summary>Knows what is in force, as read at most some seconds ago, and lets in what is right.</summary>
public sealed partial class Policies(IPolicyStore store, Communities communities, Abilities abilities, TimeProvider time, ILogger<Policies> logger)
{
    /// <summary>How long every instance may go on with what it knows: within 10 seconds a change is live everywhere.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<CommunityId, (DateTimeOffset ReadAt, InForce InForce)> _known = new();

    public async Task<InForce> InForceAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(community, out var known) && now - known.ReadAt < Remembered)
            return known.InForce;
        var documents = await store.CurrentAsync(community, cancellationToken);
        var inForce = known.InForce is { } before && SameVersions(before.Documents, documents) ? before : Read(community, documents);
        _known[community] = (now, inForce);
        return inForce;
    }

    /// <summary>Reads a draft as it would be read if it were in force now.</summary>
    public async Task<PolicyReading> CheckAsync(Community community, string yaml, CancellationToken cancellationToken)
    {
        var inForce = await InForceAsync(community.Id, cancellationToken);
        return PolicyReader.Read(yaml, new PolicyContext(community.Zone, abilities, inForce.Guidelines, time.GetUtcNow()));
    }

    /// <summary>What is wrong with guidelines: paragraphs that the policy in force cites must be there.</summary>
    public async Task<IReadOnlyList<PolicyProblem>> CheckGuidelinesAsync(Community community, string language, string markdown, CancellationToken cancellationToken)
    {
        var (_, problems) = Guidelines.Read(markdown);
        var inForce = await InForceAsync(community.Id, cancellationToken);
        var after = Guidelines.Of(GuidelinesOf(inForce.Documents).Where(g => g.Key != language).Append(KeyValuePair.Create(language, markdown)).ToDictionary());
        var missing = inForce.Policy.Rules.Where(r => r.Paragraph is { } number && after?.Numbers.Contains(number) is not true)
            .Select(r => new PolicyProblem(1, 1, IsError: true, $"Rule '{r.Id}' cites paragraph {r.Paragraph}, which would be missing.", $"La regola '{r.Id}' cita il paragrafo {r.Paragraph}, che mancherebbe."));
        return [.. problems, .. inForce.Documents.ContainsKey(DocumentKinds.Policy) ? missing : []];
    }

    /// <summary>Forgets what it knows: what was just changed here is in force here at once.</summary>
    public void Forget(CommunityId community) => _known.TryRemove(community, out _);

    private InForce Read(CommunityId community, IReadOnlyDictionary<string, DocumentVersion> documents)
    {
        var guidelines = Guidelines.Of(GuidelinesOf(documents));
        if (!documents.TryGetValue(DocumentKinds.Policy, out var document))
            return new InForce(BuiltInPolicy.Policy, BuiltInPolicy.Version, guidelines, documents);

        var zone = communities.Find(community)?.Zone ?? TimeZoneInfo.Utc;
        var reading = PolicyReader.Read(document.Content, new PolicyContext(zone, abilities, guidelines, time.GetUtcNow()));
        if (reading.Policy is { } policy)
            return new InForce(policy, document.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), guidelines, documents);
        // It was right when it was let in. A newer release reads it differently: the safe policy speaks until somebody looks.
        Log.Unreadable(logger, community, document.Number, reading.Problems.Count(p => p.IsError));
        return new InForce(BuiltInPolicy.Policy, BuiltInPolicy.Version, guidelines, documents);
    }

    private static Dictionary<string, string> GuidelinesOf(IReadOnlyDictionary<string, DocumentVersion> documents)
    {
        var guidelines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in PolicyLanguages.All)
        {
            if (documents.TryGetValue(DocumentKinds.Guidelines(language), out var document))
                guidelines.Add(language, document.Content);
        }
        return guidelines;
    }

    private static bool SameVersions(IReadOnlyDictionary<string, DocumentVersion> one, IReadOnlyDictionary<string, DocumentVersion> other) =>
        one.Count == other.Count && one.All(d => other.TryGetValue(d.Key, out var same) && same.Number == d.Value.Number);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Policy {Version} of {Community} has {Errors} errors in this release: the built-in policy decides until it is mended.")]
        public static partial void Unreadable(ILogger logger, CommunityId community, int version, int errors);
    }
}

/// <summary>The languages that people are written to.</summary>
public static class PolicyLanguages
{
    public static readonly IReadOnlyList<string> All = ["it", "en"];
}
