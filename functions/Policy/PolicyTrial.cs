using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>A comment that nobody wrote, to see what a policy says to it.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Author">What is known of its author.</param>
public sealed record TriedComment(Comment Comment, AuthorHistory Author)
{
    /// <summary>Somebody who wrote before, and nothing was wrong with it.</summary>
    private static AuthorHistory SomebodyKnown(DateTimeOffset at) => new([new PastComment(at.AddDays(-30), Decision.Approve, Sentiment.Neutral)]);

    public static TriedComment Of(string text, bool firstComment, int? stars = null, string platform = "facebook", string channel = "facebook", string? author = null)
    {
        var at = TimeProvider.System.GetUtcNow();
        return new TriedComment(
            new Comment
            {
                Community = CommunityId.Parse("trial"),
                Key = new CommentKey(PlatformId.Parse(platform), "trial"),
                Channel = channel,
                Author = author is null ? null : new Author("trial", author),
                Text = text,
                Stars = stars,
                FirstReceivedAt = at,
                ReceivedAt = at,
            },
            firstComment ? AuthorHistory.Unknown : SomebodyKnown(at));
    }

    /// <summary>From JSON; null, and errors, where it cannot be read.</summary>
    public static TriedComment? Read(JsonElement from, List<FieldError> errors)
    {
        var before = errors.Count;
        if (!from.IsObject() || !from.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String || text.GetString()!.Length > CommentLimits.Text)
            errors.Add(new FieldError("comment.text", $"'comment' needs 'text', at most {CommentLimits.Text} characters."));
        var platform = from.Text("platform") ?? "facebook";
        if (!PlatformId.TryParse(platform, out _))
            errors.Add(new FieldError("comment.platform", $"'platform' must have {PlatformId.Rule}."));
        var stars = from.Number("stars");
        if (stars is < 1 or > 5 || (stars is null && from.Has("stars")))
            errors.Add(new FieldError("comment.stars", "'stars' must be a whole number from 1 to 5."));
        var (channel, author) = (from.Text("channel") ?? platform, from.Text("author"));
        if (channel.Length > CommentLimits.Channel)
            errors.Add(new FieldError("comment.channel", $"'channel' has at most {CommentLimits.Channel} characters."));
        if (author?.Length > CommentLimits.Name)
            errors.Add(new FieldError("comment.author", $"'author' is a name of at most {CommentLimits.Name} characters."));
        return errors.Count == before ? Of(from.GetProperty("text").GetString()!, from.IsTrue("firstComment"), (int?)stars, platform, channel, author) : null;
    }
}

/// <summary>What a policy says to one comment, and how it came to it.</summary>
public sealed record TrialAnswer(
    Decision Decision, string Rule, string? RuleName, string Because, string? Paragraph, IReadOnlyList<string> AlsoRules, Route? Route, SuggestedReply? Reply,
    IReadOnlyList<string> Labels, IReadOnlyList<string> Notify, bool Strike, bool RestrictAuthor, IReadOnlyList<ShadowVerdict> Shadows,
    IReadOnlyList<string> RulesThatApply, Signals Signals);

/// <summary>Asks policies about comments that nobody wrote, and about what was written lately. Stores nothing.</summary>
public sealed class PolicyTrial(Policies policies, Scorer scorer, IReplayStore replays, TimeProvider time)
{
    /// <summary>Of how many comments of the last days it is said which rules apply to too many.</summary>
    public const int RecentComments = 1_000;

    /// <summary>Of fewer comments a share says little.</summary>
    private const int FewestForShare = 50;

    private static readonly TimeSpan RecentDays = TimeSpan.FromDays(7);

    public TrialAnswer Try(CommunityPolicy policy, string version, Community community, TriedComment comment) => Try(policy, version, community, comment, scorer);

    /// <summary>The same without a store, for the command line.</summary>
    public static TrialAnswer Try(CommunityPolicy policy, string version, Community community, TriedComment tried, Scorer scorer)
    {
        var signals = scorer.Score(tried.Comment.Text).WithStars(tried.Comment.Stars) with { Fingerprint = Fingerprint.Of(tried.Comment.Text) };
        var facts = new Facts(tried.Comment, signals, tried.Author, null, community);
        var verdict = policy.Decide(facts, version);
        return new TrialAnswer(
            verdict.Decision, verdict.Rule, NameOf(policy, verdict.Rule, community.Language), verdict.Because, verdict.Paragraph, verdict.AlsoRules, verdict.Route, verdict.Reply,
            [.. verdict.Labels.Select(l => l.Name)], verdict.Notify, verdict.Strike, verdict.RestrictAuthor, verdict.Shadows, policy.RulesThatApply(facts), signals);
    }

    /// <summary>Everything that is wrong with a draft, and what it would do to too many of the last days' comments.</summary>
    public async Task<IReadOnlyList<PolicyProblem>> CheckAsync(Community community, string yaml, CancellationToken cancellationToken)
    {
        var reading = await policies.CheckAsync(community, yaml, cancellationToken);
        if (reading.Policy is not { } policy)
            return reading.Problems;
        var now = time.GetUtcNow();
        var (outcomes, _) = await replays.PageAsync(community.Id, now - RecentDays, now, null, RecentComments, cancellationToken);
        return [.. reading.Problems, .. TooWide(policy, community, outcomes, reading.ReportAbove)];
    }

    private static IEnumerable<PolicyProblem> TooWide(CommunityPolicy policy, Community community, IReadOnlyList<Outcome> outcomes, double reportAbove)
    {
        var applies = policy.RuleIds.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
        var asked = 0;
        foreach (var outcome in outcomes.Where(o => o is { Removed: false, Signals: not null }))
        {
            asked++;
            foreach (var rule in policy.RulesThatApply(Replaying.FactsOf(community, outcome, outcome.Signals!, outcome.Comment.Text, passing: null)))
                applies[rule]++;
        }
        if (asked < FewestForShare)
            yield break;
        foreach (var rule in policy.Rules.Where(r => r.If is not null && applies[r.Id] > reportAbove * asked))
        {
            var (percent, limit) = (Percent((double)applies[rule.Id] / asked), Percent(reportAbove));
            yield return new PolicyProblem(
                rule.Line, rule.Column, IsError: false,
                $"'{rule.Id}' applies to {applies[rule.Id]} of the last {asked} comments ({percent}); 'report_above' is {limit}.",
                $"'{rule.Id}' vale per {applies[rule.Id]} degli ultimi {asked} commenti ({percent}); 'report_above' è {limit}.");
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}%");

    private static string? NameOf(CommunityPolicy policy, string rule, string language) => rule.StartsWith("built-in/", StringComparison.Ordinal)
        ? BuiltInPolicy.Policy.NameOf(rule["built-in/".Length..], language)
        : policy.NameOf(rule, language);
}
