using System.Text.Json;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>How the outcomes of one channel and hour fall into the values of every dimension.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Comments">How many outcomes there are, removed ones among them.</param>
/// <param name="Counts">By dimension and value. An intent or a label is counted for each comment that has it.</param>
public sealed record ChannelStatistics(PlatformId Platform, string Channel, int Comments, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Counts)
{
    public static ChannelStatistics Of(PlatformId platform, string channel, IReadOnlyCollection<Outcome> outcomes) => new(
        platform, channel, outcomes.Count,
        Dimensions.Counted.ToDictionary(
            d => d.Name, IReadOnlyDictionary<string, int> (d) => outcomes.SelectMany(d.ValuesOf).CountBy(v => v, StringComparer.Ordinal).OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(),
            StringComparer.Ordinal));
}

/// <summary>What outcomes are counted by.</summary>
public static class Dimensions
{
    public const string Platform = "platform";
    public const string Channel = "channel";

    /// <summary>From this toxicity on a comment counts as toxic.</summary>
    public const double ToxicFrom = 0.5;

    /// <summary>Those whose values are counted in every channel.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Outcome, IEnumerable<string>> ValuesOf)> Counted =
    [
        ("decision", o => o.Decision is { } decision ? [Name(decision)] : []),
        ("state", o => [Name(o.State)]),
        ("sentiment", o => o.Signals is { } signals ? [Name(signals.Sentiment)] : []),
        ("intent", o => o.Signals?.Intents.Select(i => i.Intent.Name()) ?? []),
        ("toxicity", o => o.Signals is { } signals ? [signals.Harm.Toxicity >= ToxicFrom ? "toxic" : "civil"] : []),
        ("language", o => o.Signals is { } signals ? [signals.Language] : []),
        ("route", o => o.Route is { } route ? [route.Team] : []),
        ("rule", o => o.Verdict is { } verdict ? [verdict.Rule] : []),
        ("label", o => (o.Verdict?.Labels ?? []).Concat(o.Ruling?.Labels ?? []).Select(l => l.Name).Distinct(StringComparer.Ordinal)),
    ];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [.. Counted.Select(d => d.Name), Platform, Channel];

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
