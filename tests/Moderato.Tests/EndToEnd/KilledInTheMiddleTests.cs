using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Moderato.Tests.EndToEnd;

/// <summary>The whole product on one machine, killed with -9 while it works.</summary>
public sealed class KilledInTheMiddleTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("moderato-up-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task TheDemoLosesNothingWhileItsAppIsKilledTwice()
    {
        await using var up = await UpProcess.StartAsync(_data, "--demo", "--once");
        var killed = 0;
        for (var last = 0; killed < 2 && !up.Process.HasExited;)
        {
            if (up.HandlerId is { } id && id != last && TryKill(id))
            {
                last = id;
                killed++;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
        }
        var exitCode = await up.WaitForExitAsync();
        Assert.True(exitCode == 0, up.Output);
        Assert.True(killed > 0, "The demo was over before its app could be killed.");
        Assert.Contains("starts again in", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasAcceptedBeforeAPowerCutIsJudgedExactlyOnceAfterIt()
    {
        var accepted = new ConcurrentBag<string>();
        await using (var up = await UpProcess.StartAsync(_data))
        {
            using var client = up.Client();
            var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(() => SendUntilItIsGoneAsync(client, sender, accepted))).ToArray();
            while (accepted.Count < 60)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            await up.KillAsync();
            await Task.WhenAll(senders);
        }

        await using (var again = await UpProcess.StartAsync(_data))
        {
            using var client = again.Client();
            var outcomes = await WaitForOutcomesAsync(client, accepted);
            Assert.Empty(accepted.Except(outcomes));
            Assert.Equal(outcomes.Count, outcomes.Distinct().Count());
            Assert.Equal(0, await again.StopAsync());
        }
    }

    private static async Task SendUntilItIsGoneAsync(HttpClient client, int sender, ConcurrentBag<string> accepted)
    {
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                var id = $"s{sender}-{i}";
                using var answer = await client.PostAsJsonAsync("comments", new { platform = "instagram", id, text = "Tutto bene, grazie!", author = new { id = $"a{i % 7}" } });
                if (answer.IsSuccessStatusCode)
                    accepted.Add(id);
            }
        }
        catch (HttpRequestException)
        {
            // The power is gone.
        }
    }

    private static async Task<List<string>> WaitForOutcomesAsync(HttpClient client, ConcurrentBag<string> accepted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var outcomes = await OutcomesAsync(client);
            // A lost lease takes 30 s to run out, and what was never enqueued is swept up after two minutes.
            if (!accepted.Except(outcomes).Any() || TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMinutes(5))
                return outcomes;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private static async Task<List<string>> OutcomesAsync(HttpClient client)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = JsonNode.Parse(await client.GetStringAsync(new Uri($"outcomes?limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}", UriKind.Relative)))!;
            ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["commentId"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        return ids;
    }

    private static bool TryKill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            return false; // it is just being started again
        }
    }
}
