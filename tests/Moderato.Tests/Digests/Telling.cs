using Moderato.Comments;
using Moderato.Digests;
using Moderato.Moderation;
using Moderato.Tests.Support;

namespace Moderato.Tests.Digests;

/// <summary>Days of a community that were judged and rolled up, with the signals that a test wants, on the real tables. The morning of 18 March 2026 is now.</summary>
internal sealed class Telling : IAsyncDisposable
{

    private Telling(World world) => World = world;

    public World World { get; }

    public static async Task<Telling> BeginAsync(StorageMeter? meter = null)
    {
        var telling = new Telling(await World.CreateAsync(meter: meter));
        telling.World.Time.Now = new DateTimeOffset(2026, 3, 18, 6, 0, 0, TimeSpan.Zero);
        await telling.World.Get<IDigestStore>().SaveRolledUpThroughAsync(World.Demo, telling.World.Time.Now, CancellationToken.None);
        return telling;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>Ten o'clock in Rome, and so many minutes.</summary>
    public static DateTimeOffset At(int day, int minutes = 0) => new DateTimeOffset(2026, 3, day, 9, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    public static Outcome Unhappy(string author, int day, string text, int minutes = 0) => SomeDay.Said($"{author}-{day}-{minutes}", author, text, unhappy: true, at: At(day, minutes));

    public static Outcome Asks(string author, int day, string text, int minutes = 0) => SomeDay.Said($"{author}-{day}-{minutes}", author, text, asks: true, at: At(day, minutes));

    /// <summary>Writes outcomes and rolls up their hours.</summary>
    public async Task TellAsync(params IReadOnlyList<Outcome> outcomes)
    {
        foreach (var some in outcomes.Chunk(100))
            await World.Get<IModerationStore>().InsertAsync(some, CancellationToken.None);
        foreach (var hour in outcomes.Select(o => RollUp.HourOf(o.Comment.FirstReceivedAt)).Distinct())
            await World.Get<RollUp>().RebuildAsync(World.Demo, hour, hour.AddHours(1), CancellationToken.None);
    }

    public Task<Digest> CompileAsync(int day) => CompileAsync(DigestName.Day(new DateOnly(2026, 3, day)));

    public Task<Digest> CompileAsync(DigestName name) => World.Get<DigestCompiler>().CompileAsync(World.Community, name, CancellationToken.None);
}
