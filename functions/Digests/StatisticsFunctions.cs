using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Digests;

/// <summary>How many comments there were of what, over time. From roll-ups: the cost grows with the hours, not with the comments.</summary>
public sealed class StatisticsFunctions(RollUp rollUp, ApiKeys keys, TimeProvider time)
{
    /// <summary>The longest span by the hour, and by the day.</summary>
    public static readonly TimeSpan LongestByHour = TimeSpan.FromDays(31);

    /// <inheritdoc cref="LongestByHour"/>
    public static readonly TimeSpan LongestByDay = TimeSpan.FromDays(100);

    /// <summary>How many hours one request rebuilds. The rest waits for the next hour's run.</summary>
    private const int MostRebuilt = 8;

    private static readonly string[] Known = ["from", "to", "interval", "by", "platform", "channel"];

    /// <summary>
    /// <c>GET /api/communities/{community}/statistics</c>: <c>from</c>, <c>to</c> (dates or times; whole hours are counted), <c>interval</c>
    /// (<c>hour</c> or <c>day</c>, of the community's zone), <c>by</c> (a dimension), <c>platform</c>, <c>channel</c>.
    /// </summary>
    [Function("GetStatistics")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/statistics")] HttpRequest request,
        string community,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (question, errors) = Read(request.Query, admitted);
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        var (hours, waiting) = await rollUp.CurrentAsync(admitted.Id, question.From, question.To, MostRebuilt, cancellationToken);
        return Answer.Cacheable(request, StatisticsView.Of(admitted, question, hours, waiting));
    }

    private (StatisticsQuestion Question, List<FieldError> Errors) Read(IQueryCollection from, Community community)
    {
        var read = new AddressReader(from, Known);
        var byHour = read.OneOf("interval", ["hour", "day"]) == "hour";
        var by = read.OneOf("by", [.. Dimensions.All]) ?? "decision";
        var end = TimeOf(read, "to", community) ?? time.GetUtcNow();
        var begin = TimeOf(read, "from", community) ?? end.AddDays(byHour ? -1 : -30);
        var longest = byHour ? LongestByHour : LongestByDay;
        if (begin >= end || end - begin > longest)
            read.Refuse("from", $"must be before 'to', by at most {longest.TotalDays} days");
        var upTo = RollUp.HourOf(end) < end ? RollUp.HourOf(end).AddHours(1) : end;
        return (new StatisticsQuestion(RollUp.HourOf(begin), upTo, byHour, by, read.Platform(), read.Text("channel", CommentLimits.Channel)), read.Errors);
    }

    /// <summary>A date is that day's beginning where the community is.</summary>
    private static DateTimeOffset? TimeOf(AddressReader read, string field, Community community) =>
        DateOnly.TryParseExact(read.Value(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1970 and < 9999
            ? new LocalDay(date, community.Zone).FirstHour
            : read.Time(field);
}

/// <param name="From">Beginning of the first hour.</param>
/// <param name="To">End of the last hour.</param>
/// <param name="ByHour">Points are hours; else local days.</param>
/// <param name="By">The dimension.</param>
/// <param name="Platform">Only this platform's.</param>
/// <param name="Channel">Only this channel's.</param>
internal sealed record StatisticsQuestion(DateTimeOffset From, DateTimeOffset To, bool ByHour, string By, PlatformId? Platform, string? Channel);

/// <summary>A time series.</summary>
/// <param name="From">Beginning of the first hour counted.</param>
/// <param name="To">End of the last.</param>
/// <param name="Interval"><c>hour</c> or <c>day</c>.</param>
/// <param name="TimeZone">Whose days they are.</param>
/// <param name="By">The dimension.</param>
/// <param name="HoursToBeCounted">Hours of the span whose latest changes are not in yet; within the hour they are. 0 most of the time.</param>
/// <param name="Totals">The whole span's.</param>
/// <param name="Points">One for each interval that has comments, in order.</param>
public sealed record StatisticsView(
    DateTimeOffset From, DateTimeOffset To, string Interval, string TimeZone, string By, int HoursToBeCounted, PointView Totals, IReadOnlyList<PointView> Points)
{
    internal static StatisticsView Of(Community community, StatisticsQuestion question, IReadOnlyList<HourRollup> hours, int waiting)
    {
        var points = hours.GroupBy(h => AtOf(community, question, h.Hour)).Select(g => PointView.Of(g.Key, question, g)).Where(p => p.Comments > 0);
        return new StatisticsView(
            question.From, question.To, question.ByHour ? "hour" : "day", community.Zone.Id, question.By, waiting,
            PointView.Of(null, question, hours), [.. points.OrderBy(p => p.At, StringComparer.Ordinal)]);
    }

    private static string AtOf(Community community, StatisticsQuestion question, DateTimeOffset hour) => question.ByHour
        ? hour.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : LocalDay.Of(hour, community.Zone).Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <param name="At">The hour's beginning, or the local day; null for the whole span.</param>
/// <param name="Comments">How many there were.</param>
/// <param name="Values">How many of each value. A comment may have several intents or labels, or none.</param>
public sealed record PointView(string? At, int Comments, IReadOnlyDictionary<string, int> Values)
{
    internal static PointView Of(string? at, StatisticsQuestion question, IEnumerable<HourRollup> hours)
    {
        var channels = hours.SelectMany(h => h.Statistics)
            .Where(c => (question.Platform is not { } platform || c.Platform == platform) && (question.Channel is null || c.Channel == question.Channel)).ToList();
        var values = question.By switch
        {
            Dimensions.Platform => channels.Select(c => KeyValuePair.Create(c.Platform.ToString(), c.Comments)),
            Dimensions.Channel => channels.Select(c => KeyValuePair.Create($"{c.Platform}/{c.Channel}", c.Comments)),
            _ => channels.SelectMany(c => c.Counts.GetValueOrDefault(question.By) ?? new Dictionary<string, int>()),
        };
        return new PointView(
            at, channels.Sum(c => c.Comments), values.GroupBy(v => v.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(v => v.Value)));
    }
}
