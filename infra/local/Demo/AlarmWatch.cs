using System.Globalization;
using System.Net.Http.Headers;

namespace Moderato.Local.Demo;

/// <summary>Asks for incidents until the script's shared anger is one, and for mails until none is on its way any more.</summary>
internal sealed class AlarmWatch(DemoTarget target, Redelivery redelivery, DemoPace pace, TimeProvider time, ProgressLine progress)
{
    /// <returns>The incident, and how long it took from here; null if there is none in time.</returns>
    public async Task<(DemoIncident Incident, TimeSpan After)?> WaitForAlarmAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var page = await ReadAsync<DemoIncidentPage>("incidents", target.Incidents, cancellationToken);
            // On kept data it may be the one of an earlier run, which goes on.
            var mutiny = page.Items.Where(i => i.About == "cause" && (i.OpenedAt >= since || i.State is "open" or "acknowledged")).MaxBy(i => i.People);
            var elapsed = time.GetElapsedTime(began);
            var state = string.Create(CultureInfo.InvariantCulture, $"Waiting for the alarm… {(mutiny is null ? "none yet" : mutiny.Level)} ({elapsed.TotalSeconds:0} s)");
            if (mutiny is not null || elapsed >= pace.WaitForAlarm)
            {
                progress.ShowLast(state);
                return mutiny is null ? null : (mutiny, elapsed);
            }
            progress.Show(state);
            await Task.Delay(pace.AskEvery, time, cancellationToken);
        }
    }

    /// <returns>The mails of this run, as last seen.</returns>
    public async Task<IReadOnlyList<DemoMail>> WaitForMailsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var mails = (await ReadAsync<DemoMailPage>("mails", target.Mails, cancellationToken)).Mails.Where(m => m.At >= since).ToList();
            if ((mails.Count > 0 && mails.TrueForAll(m => m.State != "waiting")) || time.GetElapsedTime(began) >= pace.WaitForMails)
                return mails;
            await Task.Delay(pace.AskEvery, time, cancellationToken);
        }
    }

    private async Task<T> ReadAsync<T>(string what, Uri address, CancellationToken cancellationToken) =>
        (await redelivery.SendAsync(what, () => Request(address), cancellationToken)).Read<T>(what);

    private HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.ApiKey);
        return request;
    }
}

internal sealed record DemoIncidentPage(IReadOnlyList<DemoIncident> Items);

/// <summary>An incident as the demo reads it.</summary>
internal sealed record DemoIncident(string About, string State, string Level, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People, IReadOnlyList<DemoChannel> Channels, DateTimeOffset OpenedAt);

internal sealed record DemoChannel(string Platform, string Channel);

internal sealed record DemoMailPage(IReadOnlyList<DemoMail> Mails);

/// <summary>A mail as the demo reads it.</summary>
internal sealed record DemoMail(string Kind, string State, DateTimeOffset At);
