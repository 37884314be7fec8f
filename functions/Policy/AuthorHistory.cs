using System.Globalization;
using System.Text;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>One earlier comment of an author, as far as a rule may ask about it.</summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Decision">What became of it.</param>
/// <param name="Sentiment">How it felt.</param>
/// <param name="Strike">Whether it counted against its author.</param>
/// <param name="Labels">The labels that its author got with it.</param>
public sealed record PastComment(DateTimeOffset ReceivedAt, Decision Decision, Sentiment Sentiment, bool Strike = false, IReadOnlyList<AuthorLabel>? Labels = null)
{
    public bool IsWithheld => Decision is Decision.Hold or Decision.Hide or Decision.Delete;
}

/// <summary>What the community's own people say of an author.</summary>
/// <param name="Trusted">Known and trusted.</param>
/// <param name="Team">One of the community's own people.</param>
/// <param name="Labels">Labels given by hand.</param>
public sealed record AuthorProfile(bool Trusted, bool Team, IReadOnlyList<AuthorLabel> Labels)
{
    public static readonly AuthorProfile Unknown = new(false, false, []);
}

/// <summary>What is known of an author, the comment at hand left out. Newest first; at most as many as storage reads at once.</summary>
public sealed record AuthorHistory(IReadOnlyList<PastComment> Recent)
{
    /// <summary>A share of fewer comments than these says nothing.</summary>
    public const int FewestForShare = 3;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static readonly AuthorHistory Unknown = new([]);

    public AuthorProfile Profile { get; init; } = AuthorProfile.Unknown;

    /// <summary>How many came before that time.</summary>
    public int Before(DateTimeOffset at)
    {
        var count = 0;
        for (var i = 0; i < Recent.Count; i++)
            count += Recent[i].ReceivedAt <= at ? 1 : 0;
        return count;
    }

    /// <summary>How many were held, hidden or deleted within the span before that time.</summary>
    public int Withheld(DateTimeOffset at, TimeSpan span) => Count(at, span, c => c.IsWithheld);

    /// <summary>Their share, 0 to 1; null where there are fewer than <see cref="FewestForShare"/> comments in the span.</summary>
    public double? WithheldShare(DateTimeOffset at, TimeSpan span) =>
        Count(at, span, _ => true) is >= FewestForShare and var all ? (double)Withheld(at, span) / all : null;

    /// <summary>How many counted against the author within the span before that time.</summary>
    public int Strikes(DateTimeOffset at, TimeSpan span) => Count(at, span, c => c.Strike);

    public bool HasLabel(string name, DateTimeOffset at) =>
        Profile.Labels.Any(l => l.Name == name && !(l.Until <= at))
        || Recent.Any(c => c.ReceivedAt <= at && c.Labels is { } labels && labels.Any(l => l.Name == name && !(l.Until <= at)));

    private int Count(DateTimeOffset at, TimeSpan span, Func<PastComment, bool> counts)
    {
        var (count, from) = (0, at - span);
        for (var i = 0; i < Recent.Count; i++) // an enumerator would be allocated for every rule
            count += Recent[i].ReceivedAt > from && Recent[i].ReceivedAt <= at && counts(Recent[i]) ? 1 : 0;
        return count;
    }

    /// <summary>
    /// The history as it was seen when a comment was judged, in a few bytes a comment: profile, labels, and for each comment its age in
    /// ticks (base 36), decision, sentiment and strike. Kept with the outcome, so that a draft is asked with what was known then.
    /// </summary>
    public string ToSnapshot(DateTimeOffset at)
    {
        var text = new StringBuilder(Profile.Trusted ? "t" : "").Append(Profile.Team ? "m" : "").Append('|');
        var labels = Profile.Labels.Concat(Recent.Where(c => c.ReceivedAt <= at).SelectMany(c => c.Labels ?? [])).Where(l => !(l.Until <= at));
        text.AppendJoin(',', labels.GroupBy(l => l.Name, StringComparer.Ordinal).Select(g => g.Any(l => l.Until is null)
            ? g.Key
            : string.Create(CultureInfo.InvariantCulture, $"{g.Key}:{g.Max(l => l.Until)!.Value.UtcTicks}")));
        text.Append('|');
        foreach (var past in Recent.Where(c => c.ReceivedAt <= at))
        {
            AppendNumber(text, (at - past.ReceivedAt).Ticks);
            text.Append((char)('A' + (int)past.Decision)).Append((char)('A' + (int)past.Sentiment)).Append(past.Strike ? '!' : '.');
        }
        return text.ToString();
    }

    /// <exception cref="FormatException">It is no snapshot.</exception>
    public static AuthorHistory FromSnapshot(string snapshot, DateTimeOffset at)
    {
        var parts = snapshot.Split('|');
        if (parts.Length != 3)
            throw new FormatException("An author's snapshot has three parts.");
        var labels = parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split(':') is [var name, var until]
            ? new AuthorLabel(name, new DateTimeOffset(long.Parse(until, CultureInfo.InvariantCulture), TimeSpan.Zero))
            : new AuthorLabel(label, null));
        var recent = new List<PastComment>();
        var age = 0L;
        for (var i = 0; i < parts[2].Length; i++)
        {
            var digit = Digits.IndexOf(parts[2][i], StringComparison.Ordinal);
            if (digit >= 0)
            {
                age = checked((age * 36) + digit);
                continue;
            }
            if (i + 2 >= parts[2].Length)
                throw new FormatException("An author's snapshot ends in the middle.");
            recent.Add(new PastComment(at.AddTicks(-age), (Decision)(parts[2][i] - 'A'), (Sentiment)(parts[2][i + 1] - 'A'), parts[2][i + 2] == '!'));
            (age, i) = (0, i + 2);
        }
        return new AuthorHistory(recent) { Profile = new AuthorProfile(parts[0].Contains('t'), parts[0].Contains('m'), [.. labels]) };
    }

    private static void AppendNumber(StringBuilder text, long number)
    {
        var start = text.Length;
        do
        {
            text.Insert(start, Digits[(int)(number % 36)]);
            number /= 36;
        }
        while (number > 0);
    }
}
