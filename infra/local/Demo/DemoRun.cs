using System.Globalization;

namespace Moderato.Local.Demo;

/// <summary>
/// Plays a day of an Italian shop to a running app: the platforms deliver their comments over HTTP, the app decides, and every
/// comment sent is held against the outcomes and the digest.
/// </summary>
public static class DemoRun
{
    /// <summary>Plays the demo for the community <c>demo</c>. Can be played again on kept data.</summary>
    /// <param name="address">Where the app listens.</param>
    /// <param name="apiKey">A key of the community <c>demo</c> with every scope.</param>
    /// <param name="facebookSecret">The app secret of the Facebook source.</param>
    /// <param name="sourceId">The Facebook source, as its webhook address names it.</param>
    /// <param name="mailbox">Where the app's mails are read; null if that is not known.</param>
    /// <param name="output">Receives progress and the summary.</param>
    /// <param name="time">The time of the app.</param>
    /// <param name="cancellationToken">Ends the demo early.</param>
    /// <returns>0 if every comment sent has exactly one outcome, nothing is lost, waiting or parked, the mutiny raised the alarm, and no mail is still to be sent; else 1.</returns>
    public static Task<int> RunAsync(
        Uri address, string apiKey, string facebookSecret, string sourceId, Uri? mailbox, TextWriter output, TimeProvider time,
        CancellationToken cancellationToken) =>
        RunAsync(
            new DemoTarget(address, apiKey, facebookSecret, sourceId, mailbox), DemoScript.Load(), new DemoPace(), output, time,
            cancellationToken);

    internal static async Task<int> RunAsync(
        DemoTarget target, DemoScript script, DemoPace pace, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        // A proxy of the machine knows nothing of an app on the same machine.
        var handler = new SocketsHttpHandler { UseProxy = !target.Address.IsLoopback };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
        var progress = new ProgressLine(output, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected, time);
        var redelivery = new Redelivery(http, pace, time, progress);
        try
        {
            return await PlayAsync(target, script, pace, redelivery, progress, output, time, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            progress.End("stopped");
            await output.WriteLineAsync($"The demo cannot go on: {failure.Message}.");
            return 1;
        }
    }

    private static async Task<int> PlayAsync(
        DemoTarget target, DemoScript script, DemoPace pace, Redelivery redelivery, ProgressLine progress, TextWriter output,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var run = new RunTag(now);
        var ledger = new Ledger();

        var feeds = FeedsOf(target, script, run, now, redelivery, ledger);
        progress.Begin(string.Create(CultureInfo.InvariantCulture, $"Sending {script.Comments.Count} comments as {feeds.Count} platforms"));
        await Task.WhenAll(feeds.Select(feed => feed.PlayAsync(cancellationToken)));
        progress.End("done");

        var watch = new OutcomeWatch(script, run, now, target, redelivery, ledger, pace, time, progress);
        var outcomes = await watch.WaitAsync(cancellationToken);

        var alarms = new AlarmWatch(target, redelivery, pace, time, progress);
        var alarm = await alarms.WaitForAlarmAsync(now, cancellationToken);

        var date = DigestRequest.DateOf(now);
        progress.Begin($"Compiling the digest of {date}");
        var day = await DigestRequest.CompileAsync(target, date, redelivery, cancellationToken);
        progress.End("done");

        var mails = await alarms.WaitForMailsAsync(now, cancellationToken);

        var report = new DemoReport(script, run, ledger, outcomes, day, alarm, mails);
        await WriteAsync(report, target, date, output);
        return report.Problems.Count == 0 ? 0 : 1;
    }

    private static List<IDemoFeed> FeedsOf(
        DemoTarget target, DemoScript script, RunTag run, DateTimeOffset now, Redelivery redelivery, Ledger ledger) =>
    [
        .. script.Comments.Select(c => c.Platform).Distinct(StringComparer.Ordinal).Select<string, IDemoFeed>(platform =>
            platform == "facebook"
                ? new FacebookFeed(script, run, now, target, redelivery, ledger)
                : new IntakeFeed(platform, script, run, now, target, redelivery, ledger)),
    ];

    private static async Task WriteAsync(DemoReport report, DemoTarget target, string date, TextWriter output)
    {
        await output.WriteLineAsync();
        foreach (var row in report.Table()) await output.WriteLineAsync(row);
        await output.WriteLineAsync();
        await output.WriteLineAsync(report.Agreement());
        await output.WriteLineAsync(report.Mutiny());
        await output.WriteLineAsync(report.Alarm());
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Digest: {target.Digest(date)}");
        await output.WriteLineAsync($"Mail:   {target.Mailbox?.ToString() ?? "not known here"} ({report.Mails()})");
        if (report.Problems.Count == 0) return;

        await output.WriteLineAsync();
        await output.WriteLineAsync("Missing:");
        foreach (var problem in report.ProblemList()) await output.WriteLineAsync($"  {problem}");
    }
}
