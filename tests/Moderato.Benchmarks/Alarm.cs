using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Local;
using Moderato.Tests.Support;

namespace Moderato.Benchmarks;

/// <summary>
/// How soon a mutiny is an incident while the app is busy: the published app under the local host, on an emulator of its own, takes a burst of
/// some 3,000 comments with forty people in it who are unhappy about one thing. Everything stays on this machine, and ends after minutes.
/// </summary>
internal static class Alarm
{
    private const int Comments = 3_000;
    private const int Batch = 50;

    /// <summary>One angry person in so many comments of the middle of the burst.</summary>
    private const int People = 40;

    /// <summary>A crisis takes six people: the sixth's comment crosses the line.</summary>
    private const int Crossing = 6;
    private const string Key = "key-of-the-load-check";
    private static readonly TimeSpan Wanted = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly string[] Angry =
    [
        "Il pacco non è mai arrivato, vergognatevi!", "Dov'è il mio pacco? Due settimane di ritardo, che schifo", "Pacco perso e nessuno risponde, pessimi!!", "Ancora nessuna consegna, mi avete rubato i soldi",
        "Consegna mai arrivata, siete dei ladri!", "Il corriere non ha consegnato niente, vergogna", "Pacco in ritardo di un mese, mai più!", "Ordine mai consegnato, rivoglio i miei soldi, vergognatevi!",
    ];

    private static readonly string[] Kind = ["Che bella borsa, complimenti!", "Grazie mille, gentilissimi", "Avete anche il colore blu?", "Adoro questo negozio", "Siete aperti domenica?", "Bellissima foto!", "Ciao a tutti", "Quanto costa?"];

    /// <summary>Prints the seconds from the crossing comment's receipt to the incident; 1 if they are too many.</summary>
    public static async Task<int> PrintAsync()
    {
        await using var emulator = await Azurite.StartAsync("--inMemoryPersistence");
        var folder = Directory.CreateTempSubdirectory("moderato-alarm-").FullName;
        try
        {
            await using var host = await Local.LocalHost.StartAsync(new LocalHostOptions
            {
                AppFolder = PublishedApp.Folder,
                DataFolder = folder,
                Port = 0,
                Settings = Settings(emulator.ConnectionString),
            });
            using var client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(60) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            var began = Stopwatch.GetTimestamp();
            var watching = FirstAsync(client);
            var crossed = await SendAsync(client);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Comments} comments taken in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s."));
            if (await watching is not var (level, opened, seen))
            {
                Console.WriteLine("No incident opened.");
                return 1;
            }
            var (toIncident, toSight) = (opened - crossed, seen - crossed);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From the {Crossing}th person's comment to the incident ({level}): {toIncident.TotalSeconds:F1} s; seen over HTTP after {toSight.TotalSeconds:F1} s; wanted: below {Wanted.TotalSeconds:F0} s."));
            return toSight < Wanted ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>When the comment was taken that crossed the line.</returns>
    private static async Task<DateTimeOffset> SendAsync(HttpClient client)
    {
        var (crossed, people) = (DateTimeOffset.MinValue, 0);
        for (var first = 0; first < Comments; first += Batch)
        {
            var batch = new List<object>();
            for (var i = first; i < first + Batch; i++)
            {
                // From the second third on, every tenth comment is of somebody angry.
                var angry = i >= Comments / 3 && i % 10 == 0 && people < People;
                batch.Add(new
                {
                    platform = "instagram",
                    id = $"c{i}",
                    channel = i % 2 == 0 ? "bottega" : "shop",
                    author = new { id = angry ? $"angry{people}" : $"author{i % 700}" },
                    text = angry ? Angry[people % Angry.Length] : $"{Kind[i % Kind.Length]} {i}",
                });
                people += angry ? 1 : 0;
            }
            using var content = new StringContent(JsonSerializer.Serialize(batch), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("api/communities/demo/comments", UriKind.Relative), content);
            answer.EnsureSuccessStatusCode();
            if (people >= Crossing && crossed == DateTimeOffset.MinValue)
                crossed = TimeProvider.System.GetUtcNow();
        }
        return crossed;
    }

    /// <summary>The first incident of a crisis or worse, when it opened, and when it was seen.</summary>
    private static async Task<(string Level, DateTimeOffset Opened, DateTimeOffset Seen)?> FirstAsync(HttpClient client)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            var page = JsonNode.Parse(await client.GetStringAsync(new Uri("api/communities/demo/incidents", UriKind.Relative)))!;
            if (page["items"]!.AsArray().FirstOrDefault(i => (string)i!["highest"]! is "crisis" or "mutiny") is { } incident)
                return ((string)incident["highest"]!, DateTimeOffset.Parse((string)incident["openedAt"]!, CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow());
        }
        return null;
    }

    private static Dictionary<string, string> Settings(string storage) => new()
    {
        ["AzureWebJobsStorage"] = storage,
        ["Moderato__Communities__0__Id"] = "demo",
        ["Moderato__ApiKeys__0__Name"] = "load",
        ["Moderato__ApiKeys__0__Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Key))),
        ["Moderato__ApiKeys__0__Communities__0"] = "*",
        ["Moderato__ApiKeys__0__Scopes__0"] = "ingest",
        ["Moderato__ApiKeys__0__Scopes__1"] = "read",
        ["Moderato__ApiKeys__0__RequestsPerMinute"] = "100000",
    };
}
