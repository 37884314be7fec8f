using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Mood;
using Moderato.Scoring;
using Moderato.Tests.Support;

namespace Moderato.Tests.Mood;

internal static class SomeVoices
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly PlatformId Forum = PlatformId.Parse("forum");

    public static uint Concept(string name) => Topics.ConceptOf(name).Id;

    /// <summary>An unhappy one on the forum.</summary>
    public static Voice Unhappy(string id, uint person, double minutesAgo, double anger, params string[] concepts) =>
        new(id, Forum, "main", person, Now.AddMinutes(-minutesAgo)) { Unhappy = true, Anger = anger, Terms = [.. concepts.Select(Concept)], Comment = Fnv1a.Add(Fnv1a.OffsetBasis, id) };

    public static Outcome Outcome(string text, Func<Comment, Comment>? change = null, Func<Signals, Signals>? signals = null, string? snapshot = "||")
    {
        var comment = new Comment
        {
            Community = CommunityId.Parse("demo"),
            Key = new CommentKey(Forum, "c1"),
            Channel = "main",
            Author = new Author("anna", "Anna"),
            Text = text,
            FirstReceivedAt = Now,
            ReceivedAt = Now,
        };
        var found = new Signals { Negative = 0.1, Neutral = 0.8, Positive = 0.1, ModelVersion = "test" };
        return new Outcome { Comment = change is null ? comment : change(comment), Signals = signals is null ? found : signals(found), AuthorSnapshot = snapshot, DecidedAt = Now };
    }

    /// <summary>The comments of <c>up --demo</c> as the watch hears them, each with the cause that was written beside it.</summary>
    public static IReadOnlyList<(Voice Voice, string? Cause, string Kind, string Text)> Demo(Scorer scorer)
    {
        using var demo = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "local", "Demo", "comments.json")));
        return [.. demo.RootElement.GetProperty("comments").EnumerateArray().Select(c => Read(c, scorer))];
    }

    private static (Voice, string?, string, string) Read(JsonElement json, Scorer scorer)
    {
        var text = Text("text");
        var at = Now.AddSeconds(-json.GetProperty("ageSeconds").GetInt32());
        var outcome = Outcome(
            text,
            c => c with
            {
                Key = new CommentKey(PlatformId.Parse(Text("platform")), Text("id")),
                Channel = Text("channel"),
                Author = new Author(json.GetProperty("author").GetProperty("id").GetString()!, null),
                CreatedAt = at,
                FirstReceivedAt = at,
            },
            _ => scorer.Score(text) with { Fingerprint = Fingerprint.Of(text) },
            string.Create(CultureInfo.InvariantCulture, $"||{1000}BB."));
        return (Voices.Of(outcome)!, json.TryGetProperty("cause", out var cause) ? cause.GetString() : null, json.GetProperty("expect").GetProperty("kind").GetString()!, text);

        string Text(string name) => json.GetProperty(name).GetString()!;
    }
}
