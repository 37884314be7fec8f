using System.Globalization;
using System.Net.Http.Headers;

namespace Moderato.Local.Demo;

/// <summary>Asks for outcomes until every comment that was delivered has its final one, or patience ends.</summary>
internal sealed class OutcomeWatch(
    DemoScript script, RunTag run, DateTimeOffset since, DemoTarget target, Redelivery redelivery, Ledger ledger, DemoPace pace,
    TimeProvider time, ProgressLine progress)
{
    private const int PageSize = 1000;

    /// <returns>All outcomes of this run, as last seen.</returns>
    /// <exception cref="HttpRequestException">The app does not show its outcomes.</exception>
    public async Task<Outcomes> WaitAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var outcomes = new Outcomes(await ReadAsync(cancellationToken));
            var waiting = script.Comments.Count(c => ledger.WasDelivered(run.KeyOf(c)) && !outcomes.AreFinalFor(c, script, run));
            var elapsed = time.GetElapsedTime(began);
            var state = string.Create(
                CultureInfo.InvariantCulture,
                $"Waiting for outcomes… {ledger.Delivered - waiting} of {ledger.Delivered} ({elapsed.TotalSeconds:0} s)");
            if (waiting == 0 || elapsed >= pace.WaitForOutcomes)
            {
                progress.ShowLast(state);
                return outcomes;
            }

            progress.Show(state);
            await Task.Delay(pace.AskEvery, time, cancellationToken);
        }
    }

    private async Task<List<DemoOutcome>> ReadAsync(CancellationToken cancellationToken)
    {
        var all = new List<DemoOutcome>();
        string? cursor = null;
        do
        {
            var address = AddressOf(cursor);
            var answer = await redelivery.SendAsync("outcomes", () => Request(address), cancellationToken);
            var page = answer.Read<OutcomePage>("outcomes");
            all.AddRange(page.Items.Where(item => run.Made(item.CommentId)));
            if (page.NextCursor is not null && page.NextCursor == cursor)
                throw new HttpRequestException("outcomes: a page names itself as the next one");
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return all;
    }

    private Uri AddressOf(string? cursor)
    {
        var from = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var query = string.Create(CultureInfo.InvariantCulture, $"?from={Uri.EscapeDataString(from)}&limit={PageSize}");
        return new Uri(target.Outcomes, cursor is null ? query : $"{query}&cursor={Uri.EscapeDataString(cursor)}");
    }

    private HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.ApiKey);
        return request;
    }
}
