namespace Moderato.Comments;

/// <summary>A community that Moderato looks after.</summary>
/// <param name="Id">Its id, as in addresses.</param>
/// <param name="Name">Its name, as people read it.</param>
/// <param name="Zone">Its time zone: what "a day" means there.</param>
/// <param name="Language">The language its people are written to: <c>it</c> or <c>en</c>.</param>
/// <param name="DigestHour">The local hour, 0 to 23, from which yesterday's digest is due.</param>
public sealed record Community(CommunityId Id, string Name, TimeZoneInfo Zone, string Language, int DigestHour)
{
    /// <summary>Who receives its mails.</summary>
    public IReadOnlyList<Recipient> Recipients { get; init; } = [];

    /// <summary>When alarms that can wait are kept until the morning; null for never.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>How long a crisis may stand without anybody seeing to it before others are told, 5 minutes to a day.</summary>
    public TimeSpan EscalateAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Who receives its mails at an address; null for nobody.</summary>
    public Recipient? Find(string address) => Recipients.FirstOrDefault(r => r.Address.Equals(address, StringComparison.OrdinalIgnoreCase));

    /// <summary>How many days what people wrote is kept, 1 to 3,650.</summary>
    public int TextDays { get; init; } = 90;

    /// <summary>How many days anything is kept of a comment, 10 to 3,650, at least <see cref="TextDays"/>; then only counts remain.</summary>
    public int OutcomeDays { get; init; } = 400;
}

/// <summary>Hours of the day where the community is, over midnight if need be.</summary>
/// <param name="From">The first hour, 0 to 23.</param>
/// <param name="To">The hour in which they are over, 0 to 23; another one than <paramref name="From"/>.</param>
public sealed record QuietHours(int From, int To)
{
    /// <param name="at">When.</param>
    /// <param name="zone">Where: an hour that clocks skip or repeat is what the clock shows.</param>
    public bool Hold(DateTimeOffset at, TimeZoneInfo zone)
    {
        var hour = TimeZoneInfo.ConvertTime(at, zone).Hour;
        return From < To ? hour >= From && hour < To : hour >= From || hour < To;
    }
}

/// <summary>The communities of this installation.</summary>
public sealed class Communities(IEnumerable<Community> communities)
{
    private readonly Dictionary<CommunityId, Community> _byId = communities.ToDictionary(c => c.Id);

    public IReadOnlyCollection<Community> All => _byId.Values;

    public Community? Find(CommunityId id) => _byId.GetValueOrDefault(id);

    /// <summary>Does something for every community. One community's trouble does not stop the others; it is told, and thrown at the end.</summary>
    /// <exception cref="AggregateException">It failed for at least one.</exception>
    public async Task ForEachAsync(Func<Community, Task> work, Action<Exception, CommunityId> failed, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var community in All)
        {
            try
            {
                await work(community);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failed(failure, community.Id);
                failures.Add(failure);
            }
        }
        if (failures.Count > 0)
            throw new AggregateException($"It failed for {failures.Count} of {All.Count} communities.", failures);
    }
}
