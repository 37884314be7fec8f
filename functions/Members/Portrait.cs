using Moderato.Comments;

namespace Moderato.Members;

/// <summary>Draws a member from what is kept of them. The same comments and marks give the same member.</summary>
public static class Portrait
{
    /// <param name="author">Whom.</param>
    /// <param name="written">What is kept.</param>
    /// <param name="standing">The member as it was drawn before: knows about comments that were let go since.</param>
    /// <param name="now">The end of the year that is looked at.</param>
    /// <returns>Null for somebody who never wrote here.</returns>
    public static Member? Of(AuthorKey author, Written written, Member? standing, DateTimeOffset now)
    {
        var comments = written.Comments;
        if (comments.Count == 0 && standing is null)
            return null;
        var seen = comments.Select(c => c.At).Concat(standing is null ? [] : [standing.FirstSeen, standing.LastSeen]).ToList();
        var marks = Valid(written);
        var answers = marks.Where(m => m.Kind == MarkKind.Answered).ToList();
        var (lastAngry, calm) = Anger(comments);
        return new Member
        {
            Author = author,
            FirstSeen = seen.Min(),
            LastSeen = seen.Max(),
            Newest = comments.Count == 0 ? null : comments[0].Id,
            Negative = comments.Count(c => c.Sentiment == Sentiment.Negative),
            Neutral = comments.Count(c => c.Sentiment == Sentiment.Neutral),
            Positive = comments.Count(c => c.Sentiment == Sentiment.Positive),
            Decisions = comments.CountBy(c => c.Decision).OrderBy(d => d.Key).ToDictionary(),
            Strikes = comments.Count(c => c.Strike),
            Labels = Member.LastEnds(comments.SelectMany(c => c.Labels)),
            Profile = written.Profile,
            Helped = marks.Where(Helps).Select(m => m.Of).Distinct().Count(),
            Thanked = marks.Count(m => m.Kind == MarkKind.Thanked),
            Answered = answers.Select(m => m.Of).Distinct().Count(),
            LastAnswered = answers.Count == 0 ? null : answers.Max(m => m.At),
            Days = Days(comments, DayOf(now).AddDays(-Member.DaysKept)),
            Occasions = Occasions(marks, DayOf(now).AddDays(-Member.DaysKept)),
            LastAngry = lastAngry,
            CalmAgain = calm,
        };
    }

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static bool Helps(Mark mark) => mark.Kind == MarkKind.Helped || mark.Helped;

    /// <summary>What somebody took down, or what was withheld, helped nobody, whoever replied to it; that it was answered stays true.</summary>
    private static List<Mark> Valid(Written written)
    {
        var worthless = written.Comments.Where(c => c.Removed || c.IsWithheld || c.Strike).Select(c => c.Id).ToHashSet();
        return [.. written.Marks.Where(m => m.Kind == MarkKind.Answered || !worthless.Contains(m.Of))];
    }

    private static List<MemberDay> Days(IReadOnlyList<WrittenComment> comments, DateOnly from) =>
        [.. comments.GroupBy(c => DayOf(c.At)).Where(d => d.Key > from).OrderBy(d => d.Key).Select(d => new MemberDay(
            d.Key,
            d.Count(c => c.Sentiment == Sentiment.Negative), d.Count(c => c.Sentiment == Sentiment.Neutral), d.Count(c => c.Sentiment == Sentiment.Positive),
            d.Count(c => c.IsWithheld), d.Count(c => c.Strike)))];

    /// <summary>Who is helped by a reply and thanks for it is one occasion, not two.</summary>
    private static List<Occasion> Occasions(IEnumerable<Mark> marks, DateOnly from) =>
        [.. marks.Where(m => m.Kind != MarkKind.Answered).GroupBy(m => (m.Of, m.Who)).Select(pair => new Occasion(DayOf(pair.Min(m => m.At)), pair.Key.Who))
            .Where(o => o.Date > from).OrderBy(o => o.Date).ThenBy(o => o.Who, StringComparer.Ordinal).TakeLast(Member.MostOccasions)];

    private static (DateTimeOffset? LastAngry, DateTimeOffset? Calm) Anger(IReadOnlyList<WrittenComment> comments)
    {
        DateTimeOffset? calm = null;
        foreach (var comment in comments) // newest first
        {
            if (comment.IsAngry)
                return (comment.At, calm);
            calm = comment.At;
        }
        return (null, null);
    }
}
