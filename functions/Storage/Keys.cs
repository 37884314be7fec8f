using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moderato.Comments;

namespace Moderato.Storage;

/// <summary>
/// Every key of every table. Parts are joined with <c>~</c>. Text from outside is escaped and, when long, hashed, so that it can
/// neither break a key nor reach into another partition; times are UTC, fixed width, so that they sort.
/// </summary>
public static class Keys
{
    /// <summary>
    /// Over how many partitions a community's comments are spread. 16 give room for some 30,000 writes a second, let a batch share
    /// transactions, and cost the sweep 16 reads.
    /// </summary>
    public const int Shards = 16;

    private const char Separator = '~';
    private const int LongestPart = 160;
    private const string TimeFormat = "yyyyMMddHHmmssfffffff";

    public static IEnumerable<string> CommentPartitions(CommunityId community) =>
        Enumerable.Range(0, Shards).Select(shard => CommentPartition(community, shard));

    public static string CommentPartition(CommunityId community, CommentKey key) =>
        CommentPartition(community, SHA256.HashData(Encoding.UTF8.GetBytes(Of(key)))[0] % Shards);

    public static string CommentRow(CommentKey key) => $"c~{Of(key)}";

    /// <summary>A note that a revision was received lies in the comment's partition, so that both are written at once.</summary>
    public static string ReceiptRow(CommentKey key, int revision, DateTimeOffset receivedAt) =>
        $"r~{Time(receivedAt)}~{Of(key)}~{revision.ToString(CultureInfo.InvariantCulture)}";

    public static string DuplicateRow(CommentKey key, DateTimeOffset deliveredAt) => $"d~{Time(deliveredAt)}~{Of(key)}";

    /// <summary>A note that an event of a comment was taken in. It lies in the comment's partition, so that both are written at once.</summary>
    public static string EventRow(CommentKey key, string eventId) => $"e~{Of(key)}~{Escape(eventId)}";

    /// <summary>Bounds of those rows; the end is excluded.</summary>
    public static (string From, string To) EventRange => ("e~", "e~~");

    /// <summary>Bounds of the receipt rows of a span; the end is excluded.</summary>
    public static (string From, string To) ReceiptRange(DateTimeOffset from, DateTimeOffset to) => ($"r~{Time(from)}", $"r~{Time(to)}");

    /// <inheritdoc cref="ReceiptRange"/>
    public static (string From, string To) DuplicateRange(DateTimeOffset from, DateTimeOffset to) => ($"d~{Time(from)}", $"d~{Time(to)}");

    public static string OutcomePartition(CommunityId community, DateTimeOffset firstReceivedAt) => $"{community}~{Format(firstReceivedAt, "yyyyMMddHH")}";

    public static string OutcomeRow(DateTimeOffset firstReceivedAt, CommentKey key) => $"{Time(firstReceivedAt)}~{Of(key)}";

    public static string AuthorPartition(CommunityId community, PlatformId platform, string author) => $"{community}~{platform}~{Escape(author)}";

    /// <summary>Newest first: a history is the beginning of its partition.</summary>
    public static string AuthorRow(DateTimeOffset firstReceivedAt, CommentKey key) => AuthorRowsUpTo(firstReceivedAt) + Separator + Of(key);

    /// <summary>Where the rows of an author begin that were first received up to a time: they are the later ones.</summary>
    public static string AuthorRowsUpTo(DateTimeOffset time) => (DateTime.MaxValue.Ticks - time.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);

    /// <summary>Behind every comment of an author.</summary>
    public const string AuthorRowsEnd = ":";

    /// <summary>Bounds of an author's comments of a span; the end is excluded.</summary>
    public static (string From, string To) AuthorRange(DateTimeOffset from, DateTimeOffset to) => (AuthorRowsUpTo(to.AddTicks(-1)), AuthorRowsUpTo(from.AddTicks(-1)));

    /// <summary>What the community's people say of an author. Before every comment of theirs, so that one read brings both.</summary>
    public const string ProfileRow = "!profile";

    /// <summary>
    /// What another person's comment said about one of the author's. Behind every comment of theirs, which begin with a digit; newest
    /// first within a letter.
    /// </summary>
    public static string AuthorMarkRow(char letter, DateTimeOffset at, CommentKey by) => $"{letter}{Separator}{AuthorRow(at, by)}";

    /// <summary>Before every mark, behind every comment.</summary>
    public const string FirstAuthorMark = "a";

    /// <summary>Bounds of the marks that say that the community answered; the end is excluded.</summary>
    public static (string From, string To) AnsweredMarkRange => ("a~", "a~~");

    public static string MemberPartition(CommunityId community) => community.ToString();

    public static string MemberRow(PlatformId platform, string author) => $"{platform}~{Escape(author)}";

    /// <summary>Bounds of the members of a platform, or of all; both are excluded.</summary>
    public static (string From, string To) MemberRange(PlatformId? platform) => platform is { } on ? ($"{on}~", $"{on}~~") : ("", "~");

    /// <summary>Whose rows changed after they were counted.</summary>
    public static string DueMemberPartition(CommunityId community) => $"{community}~due";

    public static string RollupPartition(CommunityId community, DateTimeOffset hour) => $"{community}~{Format(hour, "yyyyMMdd")}";

    public static string RollupRow(DateTimeOffset hour) => Format(hour, "HH");

    /// <summary>How many outcomes lie in which hours: beside the roll-ups, which begin with a digit, so that a long span is a short read.</summary>
    public static string HourCountPartition(CommunityId community) => $"{community}~counts";

    /// <summary>What of which hours the coming weeks are compared with: beside the roll-ups too.</summary>
    public static string HourMoodPartition(CommunityId community) => $"{community}~mood";

    /// <summary>All hours of a day.</summary>
    public static string HourCountRow(DateTimeOffset day) => Format(day, "yyyyMMdd");

    /// <summary>The day that such a row is of.</summary>
    public static DateTimeOffset HourCountDay(string row) => DateTimeOffset.ParseExact(row, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>An hour whose roll-up no longer says what its rows say.</summary>
    public static string StaleHourRow(DateTimeOffset hour) => $"stale~{Format(hour, "yyyyMMddHH")}";

    /// <summary>Bounds of those rows; the end is excluded.</summary>
    public static (string From, string To) StaleHourRange => ("stale~", "stale~~");

    /// <summary>Until when hours were rolled up.</summary>
    public const string RolledUpRow = "rolled-up";

    public static string DigestPartition(CommunityId community) => community.ToString();

    /// <summary>Weeks lie apart from days, under their Mondays.</summary>
    public static string WeekDigestPartition(CommunityId community) => $"{community}~weeks";

    /// <summary>Newest first.</summary>
    public static string DigestRow(DateOnly date) =>
        (99_999_999 - ((date.Year * 10_000) + (date.Month * 100) + date.Day)).ToString("d8", CultureInfo.InvariantCulture);

    public static string SettingsPartition(CommunityId community) => community.ToString();

    /// <summary>The correction that speaks; others are history.</summary>
    public const string CorrectionRow = "correction";

    /// <summary>Newest first.</summary>
    public static string CorrectionHistoryRow(DateTimeOffset savedAt) =>
        $"correction~{(DateTime.MaxValue.Ticks - savedAt.UtcTicks).ToString("d19", CultureInfo.InvariantCulture)}";

    /// <summary>Bounds of those rows; the end is excluded.</summary>
    public static (string From, string To) CorrectionHistoryRange => ("correction~", "correction~~");

    /// <summary>A document that is in force: the policy, the guidelines of a language.</summary>
    public static string DocumentRow(string kind) => $"doc~{kind}";

    /// <summary>Bounds of those rows; the end is excluded.</summary>
    public static (string From, string To) DocumentRange => ("doc~", "doc~~");

    /// <summary>Newest first.</summary>
    public static string DocumentVersionRow(string kind, int number) => $"docv~{kind}~{(int.MaxValue - number).ToString("d10", CultureInfo.InvariantCulture)}";

    /// <summary>Bounds of those rows; the end is excluded.</summary>
    public static (string From, string To) DocumentVersionRange(string kind) => ($"docv~{kind}~", $"docv~{kind}~~");

    public static string ReplayPartition(CommunityId community) => community.ToString();

    public static string ReplayRow(string replay) => Escape(replay);

    /// <summary>No community's id has an underscore.</summary>
    public const string OwnSecretPartition = "_secrets";

    /// <summary>How far a source has been read.</summary>
    public static string PollRow(PlatformId platform, string source) => $"poll~{platform}~{source}";

    /// <summary>Until when the texts of a platform were let go; without one, those of all.</summary>
    public static string ExpiredRow(PlatformId? platform) => platform is null ? "expired" : $"expired~{platform}";

    /// <summary>How far old rows have been deleted.</summary>
    public const string RetentionRow = "retention";

    /// <summary>What was noted, by its beginning.</summary>
    public static string NotedEventRow(DateTimeOffset from, string noted) => $"event~{Time(from)}~{Escape(noted)}";

    /// <summary>Bounds of the rows of those that begin in a span; the end is excluded.</summary>
    public static (string From, string To) NotedEventRange(DateTimeOffset from, DateTimeOffset to) => ($"event~{Time(from)}", $"event~{Time(to)}");

    public const string SweepRow = "sweep";
    public const string SinceRow = "since";
    public const string MembersRow = "members";

    /// <summary>Everything that was to be done about a comment.</summary>
    public static string ActionPartition(CommunityId community, CommentKey key) => $"{community}~{Of(key)}";

    public static string ActionRow(string action) => Escape(action);

    public static string WebhookPartition(CommunityId community, string endpoint) => $"{community}~{endpoint}";

    public static string EndpointOf(CommunityId community, string webhookPartition) => webhookPartition[(community.ToString().Length + 1)..];

    public static string DeliveryRow(string delivery) => $"d~{Escape(delivery)}";

    /// <summary>Before every delivery.</summary>
    public const string SwitchedOffRow = "_off";

    /// <summary>A parked comment lies under its first receipt, so that a day's accounts find it there.</summary>
    public static string DeadLetterPartition(CommunityId community, DateTimeOffset firstReceivedAt) => $"{community}~{Format(firstReceivedAt, "yyyyMMdd")}";

    public static string DeadLetterRow(DateTimeOffset firstReceivedAt, CommentKey key) => OutcomeRow(firstReceivedAt, key);

    /// <summary>A part of a delivery that nobody could read. Beside the comments of the day, which begin with a digit.</summary>
    public static string UnreadablePartRow(PlatformId platform, string source, ReadOnlySpan<byte> bytes) =>
        $"u~{platform}~{source}~{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    /// <summary>Names a row of dead letters by its day and its key. It does not say whose it is: that is asked of whoever names it.</summary>
    public static string ParkedId(string partition, string row) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{partition[^8..]}{row}"));

    /// <summary>False for what <see cref="ParkedId"/> never says.</summary>
    public static bool TryParseParkedId(string id, out DateTimeOffset day, out string row)
    {
        (day, row) = (default, "");
        if (id.Length > 2_048 || !Base64Url.IsValid(id))
            return false;
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id));
        if (text.Length <= 8 || !text.All(c => c is Separator or '!' || IsPlain(c))
            || !DateTimeOffset.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out day))
            return false;
        row = text[8..];
        return true;
    }

    /// <summary>Bounds of the rows of one platform's parts; the end is excluded.</summary>
    public static (string From, string To) UnreadablePartRange(PlatformId platform) => ($"u~{platform}~", $"u~{platform}~~");

    /// <summary>No community's id has an underscore.</summary>
    public static string UnreadablePartition(DateTimeOffset parkedAt) => $"_unreadable~{Format(parkedAt, "yyyyMMdd")}";

    public static string UnreadableRow(string messageId) => Escape(messageId);

    public static string ReviewPartition(CommunityId community) => community.ToString();

    /// <summary>What is due first first.</summary>
    public static string ReviewRow(DateTimeOffset dueAt, CommentKey key) => $"{Time(dueAt)}~{Of(key)}";

    public static string HandoffPartition(CommunityId community) => community.ToString();

    /// <summary>What is due first first.</summary>
    public static string HandoffRow(DateTimeOffset dueAt, string handoff) => $"{Time(dueAt)}~{Escape(handoff)}";

    public static string IncidentPartition(CommunityId community) => community.ToString();

    /// <summary>Before every incident: changes with each that opens.</summary>
    public const string IncidentBookRow = "!book";

    /// <summary>Newest first.</summary>
    public static string IncidentRow(DateTimeOffset openedAt, string incident) => $"i~{AuthorRowsUpTo(openedAt)}~{Escape(incident)}";

    /// <summary>Bounds of the rows of incidents; the end is excluded.</summary>
    public static (string From, string To) IncidentRange => ("i~", "i~~");

    /// <summary>Bounds of the incidents that opened in a span, both excluded.</summary>
    public static (string From, string To) IncidentRowsBetween(DateTimeOffset from, DateTimeOffset to) =>
        ($"i~{AuthorRowsUpTo(to.AddTicks(-1))}", $"i~{AuthorRowsUpTo(from)}~~");

    public static string ProtectionRow(PlatformId platform, string channel) => $"protect~{platform}~{Escape(channel)}";

    /// <summary>Bounds of those rows; the end is excluded.</summary>
    public static (string From, string To) ProtectionRange => ("protect~", "protect~~");

    public static string ErasurePartition(CommunityId community) => community.ToString();

    public static string ErasureRow(string erasure) => Escape(erasure);

    public static string MailPartition(CommunityId community) => community.ToString();

    public static string MailRow(string mail) => $"m~{Escape(mail)}";

    /// <summary>Bounds of the mails themselves; the end is excluded.</summary>
    public static (string From, string To) MailRange => ("m~", "m~~");

    /// <summary>That an address wants an edition no longer.</summary>
    public static string UnsubscribedRow(string address, string edition) => $"{AddressRows(address)}u~{Escape(edition)}";

    /// <summary>That an address takes no mail.</summary>
    public static string BouncedRow(string address) => $"{AddressRows(address)}b";

    /// <summary>Bounds of what is known of an address, or of all; the end is excluded.</summary>
    public static (string From, string To) AddressRange(string? address) => address is null ? ("to~", "to~~") : (AddressRows(address), AddressRows(address) + "~");

    /// <summary>Bounds of the partitions that begin with a community's id; the end is excluded.</summary>
    public static (string From, string To) PartitionRange(CommunityId community) => ($"{community}~", $"{community}~~");

    /// <summary>Bounds of the comments themselves, within a partition; the end is excluded.</summary>
    public static (string From, string To) CommentRange => ("c~", "c~~");

    /// <summary>Bounds of the rows of every platform's unreadable parts; the end is excluded.</summary>
    public static (string From, string To) UnreadablePartsRange => ("u~", "u~~");

    /// <summary>Bounds of the partitions of whole unreadable messages; the end is excluded.</summary>
    public static (string From, string To) UnreadableRange => ("_unreadable~", "_unreadable~~");

    /// <summary>What belongs to no community lies under <c>_all</c>: no community's id has an underscore.</summary>
    public static string AuditPartition(CommunityId? community, DateTimeOffset at) => $"{community?.ToString() ?? "_all"}~{Format(at, "yyyyMM")}";

    /// <summary>Two entries of one tick are two rows.</summary>
    public static string AuditRow(DateTimeOffset at, Guid id) => $"{Time(at)}~{id:n}";

    /// <summary>Keys belong to no community's partition, since many are for several: no community's id has an underscore.</summary>
    public const string ApiKeyPartition = "_keys";

    public static string ApiKeyRow(string id) => Escape(id);

    /// <summary>A time to the tick, 21 digits.</summary>
    public static string Time(DateTimeOffset time) => Format(time, TimeFormat);

    /// <summary>The time that a key begins with.</summary>
    public static DateTimeOffset TimeOf(string key) =>
        DateTimeOffset.ParseExact(key.AsSpan(0, TimeFormat.Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string CommentPartition(CommunityId community, int shard) => $"{community}~{shard.ToString("x", CultureInfo.InvariantCulture)}";

    /// <summary>Mail servers tell no letters' cases apart, whatever the standard allows.</summary>
    private static string AddressRows(string address) => $"to~{Escape(address.ToLowerInvariant())}~";

    private static string Of(CommentKey key) => $"{key.Platform}~{Escape(key.Id)}";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':';

    private static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>
    /// Letters, digits and <c>_ - . :</c> stay; every other byte of the UTF-8 text becomes <c>!</c> and two hexadecimal digits. What is
    /// too long then keeps its beginning, with <c>!!</c> and its SHA-256 behind: <c>!!</c> is no escape, so the two never meet.
    /// </summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (IsPlain((char)b))
                escaped.Append((char)b);
            else
                escaped.Append('!').Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }
        return escaped.Length <= LongestPart
            ? escaped.ToString()
            : $"{escaped.ToString(0, LongestPart - 66)}!!{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }
}
