using Moderato.Comments;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>A text for people, in one language or in several.</summary>
internal sealed record Wording(IReadOnlyDictionary<string, string> ByLanguage)
{
    /// <summary>In that language, else in any.</summary>
    public string In(string language) => ByLanguage.TryGetValue(language, out var text) || ByLanguage.TryGetValue("", out text) ? text : ByLanguage.Values.First();
}

/// <summary>A label that a rule gives.</summary>
/// <param name="Name">The label.</param>
/// <param name="For">For how long; null for ever.</param>
internal sealed record LabelOrder(string Name, TimeSpan? For);

/// <summary>An answer that a rule wants.</summary>
internal sealed record ReplyOrder(string Template, bool Automatic, bool EvenIfAngry);

/// <summary>What a rule does where it applies.</summary>
internal sealed record RuleEffects
{
    public Decision? Decision { get; init; }
    public string? Team { get; init; }
    public TimeSpan Within { get; init; }
    public ReplyOrder? Reply { get; init; }
    public IReadOnlyList<LabelOrder> Labels { get; init; } = [];
    public IReadOnlyList<string> Notify { get; init; } = [];
    public bool Strike { get; init; }
    public bool RestrictAuthor { get; init; }
    public bool Irreversible { get; init; }
}

/// <summary>One rule, ready to be asked.</summary>
internal sealed record Rule
{
    public required string Id { get; init; }
    public required Wording Name { get; init; }

    /// <summary>Null: it always holds.</summary>
    public required Condition? If { get; init; }
    public required RuleEffects Then { get; init; }
    public string? Paragraph { get; init; }
    public bool Enabled { get; init; } = true;
    public bool Shadow { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>1 to 100.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>Where it stands in its document.</summary>
    public required int Line { get; init; }
    public required int Column { get; init; }

    /// <summary>Whether it applies to everything that its conditions say, always.</summary>
    public bool IsUnlimited => Enabled && !Shadow && From is null && Until is null && Percent == 100;

    public bool AppliesTo(Evaluation at) =>
        Enabled && !(at.At < From) && !(at.At >= Until) && (Percent == 100 || ShareOf(at.Comment.Key) < Percent) && If?.Holds(at) is not false;

    /// <summary>0 to 99: the same for a comment every time, and another one for every rule.</summary>
    private int ShareOf(CommentKey key) =>
        Fnv1a.Fold(Fnv1a.Add(Fnv1a.Add(Fnv1a.Add(Fnv1a.OffsetBasis, Id), key.Platform.ToString()), key.Id), 20) % 100;
}
