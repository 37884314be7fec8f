using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Members;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Members as rows of the table <c>members</c>. See README.md for every column.</summary>
internal static class MemberRow
{
    private const string DayFormat = "yyyyMMdd";

    public static TableEntity Of(CommunityId community, Member member)
    {
        var row = new TableEntity(Keys.MemberPartition(community), Keys.MemberRow(member.Author.Platform, member.Author.Id))
        {
            ["Platform"] = member.Author.Platform.ToString(),
            ["AuthorId"] = member.Author.Id,
            ["FirstSeen"] = member.FirstSeen,
            ["LastSeen"] = member.LastSeen,
            ["Comments"] = member.Comments,
            ["Negative"] = member.Negative,
            ["Neutral"] = member.Neutral,
            ["Positive"] = member.Positive,
            ["Strikes"] = member.Strikes,
            ["Labels"] = JsonSerializer.Serialize(member.Labels, StoredJson.Options),
            ["Helped"] = member.Helped,
            ["Thanked"] = member.Thanked,
            ["Answered"] = member.Answered,
            ["Days"] = string.Join(' ', member.Days.Select(d => string.Create(
                CultureInfo.InvariantCulture, $"{Text(d.Date)}:{d.Negative}.{d.Neutral}.{d.Positive}.{d.Withheld}.{d.Strikes}"))),
            ["Occasions"] = string.Join(' ', member.Occasions.Select(o => $"{Text(o.Date)}:{o.Who}")),
        };
        foreach (var decision in Enum.GetValues<Decision>())
            row[decision.ToString()] = member.Decisions.GetValueOrDefault(decision);
        WithProfile(row, member.Profile);
        row.SetIfAny("Newest", member.Newest?.ToString());
        row.SetIfAny("LastAnswered", member.LastAnswered);
        row.SetIfAny("LastAngry", member.LastAngry);
        row.SetIfAny("CalmAgain", member.CalmAgain);
        return row;
    }

    /// <summary>Null for a row that only holds what the community's people said of an author.</summary>
    public static Member? Read(TableEntity row) => row.GetDateTimeOffset("FirstSeen") is not { } firstSeen ? null : new Member
    {
        Author = Author(row),
        FirstSeen = firstSeen,
        LastSeen = row.Time("LastSeen"),
        Newest = OutcomeId.TryParse(row.GetString("Newest"), out var newest) ? newest : null,
        Negative = row.GetInt32("Negative") ?? 0,
        Neutral = row.GetInt32("Neutral") ?? 0,
        Positive = row.GetInt32("Positive") ?? 0,
        Decisions = Enum.GetValues<Decision>().Select(d => (Decision: d, Count: row.GetInt32(d.ToString()) ?? 0)).Where(d => d.Count > 0).ToDictionary(d => d.Decision, d => d.Count),
        Strikes = row.GetInt32("Strikes") ?? 0,
        Labels = AuthorRow.Labels(row) ?? [],
        Profile = new AuthorProfile(row.GetBoolean("Trusted") is true, row.GetBoolean("Team") is true, AuthorRow.Labels(row, "ProfileLabels") ?? []),
        Helped = row.GetInt32("Helped") ?? 0,
        Thanked = row.GetInt32("Thanked") ?? 0,
        Answered = row.GetInt32("Answered") ?? 0,
        LastAnswered = row.GetDateTimeOffset("LastAnswered"),
        Days = [.. Parts(row, "Days").Select(Day)],
        Occasions = [.. Parts(row, "Occasions").Select(p => new Occasion(Date(p[..8]), p[9..]))],
        LastAngry = row.GetDateTimeOffset("LastAngry"),
        CalmAgain = row.GetDateTimeOffset("CalmAgain"),
    };

    /// <summary>What the community's people say of an author, to be merged into their row, or to wait there for it.</summary>
    public static TableEntity OfProfile(CommunityId community, PlatformId platform, string author, AuthorProfile profile) =>
        WithProfile(new TableEntity(Keys.MemberPartition(community), Keys.MemberRow(platform, author)) { ["Platform"] = platform.ToString(), ["AuthorId"] = author }, profile);

    /// <summary>The note that somebody's rows changed after they were counted.</summary>
    public static TableEntity Due(CommunityId community, PlatformId platform, string author) =>
        new(Keys.DueMemberPartition(community), Keys.MemberRow(platform, author)) { ["Platform"] = platform.ToString(), ["AuthorId"] = author };

    public static AuthorKey Author(TableEntity row) => new(PlatformId.Parse(row.Text("Platform")), row.Text("AuthorId"));

    private static TableEntity WithProfile(TableEntity row, AuthorProfile profile)
    {
        row["Trusted"] = profile.Trusted;
        row["Team"] = profile.Team;
        row["ProfileLabels"] = JsonSerializer.Serialize(profile.Labels, StoredJson.Options);
        return row;
    }

    private static MemberDay Day(string part)
    {
        var counts = part[9..].Split('.').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new MemberDay(Date(part[..8]), counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private static string[] Parts(TableEntity row, string column) => (row.GetString(column) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(DateOnly date) => date.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);
}
