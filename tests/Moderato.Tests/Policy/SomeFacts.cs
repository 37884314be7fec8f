using Moderato.Actions;
using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Tests.Policy;

/// <summary>Comments and what is known of them, for policies that are tried.</summary>
internal static class SomeFacts
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);
    public static readonly Community Demo = new(CommunityId.Parse("demo"), "Bottega Demo", TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"), "it", 7);
    public static readonly Signals Fine = new() { Negative = 0.1, Neutral = 0.2, Positive = 0.7, Length = 20, Language = "it", LanguageProbability = 0.9, ModelVersion = "test" };
    public static readonly AuthorHistory Regular = History(Decision.Approve);

    public static Comment Comment(string text = "Buongiorno a tutti", string id = "1", string platform = "facebook") => new()
    {
        Community = Demo.Id,
        Key = new CommentKey(PlatformId.Parse(platform), id),
        Channel = "bottega",
        Author = new Author("anna", "Anna"),
        Text = text,
        FirstReceivedAt = Now,
        ReceivedAt = Now,
    };

    public static Facts Of(Signals? signals = null, AuthorHistory? author = null, Comment? comment = null, Surroundings? around = null) =>
        new(comment ?? Comment(), signals ?? Fine, author ?? Regular, around, Demo);

    public static AuthorHistory History(params Decision[] decisions) =>
        new([.. decisions.Select((d, i) => new PastComment(Now.AddHours(-i - 1), d, Sentiment.Neutral))]);

    public static PolicyReading Read(string yaml, Guidelines? guidelines = null) =>
        PolicyReader.Read(yaml, new PolicyContext(Demo.Zone, Actors.Abilities, guidelines, Now));

    /// <summary>A policy that must be right.</summary>
    public static CommunityPolicy Compile(string yaml)
    {
        var reading = Read(yaml);
        return reading.Policy ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.English}")));
    }

    /// <summary>What rules under <c>rules:</c> say.</summary>
    public static Verdict Decide(string rules, Facts facts) => Compile($"policy: 1\notherwise: approve\nrules:\n{rules}").Decide(facts, "1");

    /// <summary>What the built-in policy says.</summary>
    public static Verdict BuiltIn(Signals signals, AuthorHistory author, DateTimeOffset at) =>
        BuiltInPolicy.Policy.Decide(Of(signals, author, Comment() with { ReceivedAt = at }), BuiltInPolicy.Version);
}
