namespace Moderato.Comments;

/// <summary>Somebody who receives a community's mails.</summary>
/// <param name="Address">The mail address.</param>
/// <param name="Language"><c>it</c> or <c>en</c>.</param>
/// <param name="Hour">The local hour, 0 to 23, from which the digest is sent; not before the community's own.</param>
/// <param name="Editions">What: of <see cref="Comments.Editions"/>.</param>
public sealed record Recipient(string Address, string Language, int Hour, IReadOnlyList<string> Editions);

/// <summary>What a recipient can ask for.</summary>
public static class Editions
{
    /// <summary>Every morning's digest.</summary>
    public const string Daily = "daily";

    /// <summary>On Mondays, the week that is over.</summary>
    public const string Weekly = "weekly";

    /// <summary>When the mood turns.</summary>
    public const string Alarms = "alarms";

    /// <summary>When an alarm was not acknowledged in time.</summary>
    public const string Escalations = "escalations";

    /// <summary>Before a team's name: what was handed to that team.</summary>
    public const string TeamPrefix = "team:";

    /// <summary>What an edition is, for whoever wrote something else.</summary>
    public const string Rule = "daily, weekly, alarms, escalations, or team: and a team's name, such as team:customer-care";

    private const int LongestTeam = 40;

    public static bool IsValid(string? edition) => edition is Daily or Weekly or Alarms or Escalations
        || (edition?.StartsWith(TeamPrefix, StringComparison.Ordinal) is true && Slug.IsValid(edition[TeamPrefix.Length..], LongestTeam));
}
