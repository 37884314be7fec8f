using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.EndToEnd;

/// <summary>The published app on a server: what the container image and the systemd unit start.</summary>
public sealed class ServeTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly string _data = Directory.CreateTempSubdirectory("moderato-serve-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task EveryWrongArgumentIsSaidAtOnce()
    {
        var (code, output, errors) = await ServeProcess.RunAsync(
            Nothing, "serve", "--data", _data, "--port", "70000", "--address", "localhost", "--triggers", "http,magic,Timers", "--fast");

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Equal(
            [
                "--address must be an IP address as 127.0.0.1 or 0.0.0.0, not localhost.",
                "--help lists what there is.",
                "--port must be a number from 1 to 65535, not 70000.",
                "--triggers knows http, queues, timers, not \"magic\", \"Timers\".",
                "Option '--app' is required.",
                "Unrecognized command or argument '--fast'.",
            ],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WrongSettingsAreSaid()
    {
        var (code, _, errors) = await ServeProcess.RunAsync(
            new Dictionary<string, string> { ["AzureWebJobsStorage"] = "" }, "serve", "--app", PublishedApp.Folder, "--data", _data);
        Assert.Equal(2, code);
        Assert.Contains("names the setting AzureWebJobsStorage, which is not set.", errors, StringComparison.Ordinal);

        await using var world = await World.CreateAsync();
        var settings = Settings(world);
        settings["Moderato__Communities__0__TimeZone"] = "Mars/Olympus";
        (code, _, errors) = await ServeProcess.RunAsync(settings, "serve", "--app", PublishedApp.Folder, "--data", _data, "--port", Port());
        Assert.Equal(2, code);
        Assert.Contains("Moderato__Communities__0__TimeZone", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommentGoesThroughPartsThatRunOnTheirOwn()
    {
        await using var world = await World.CreateAsync();
        // As three containers of one image: each with a part of the triggers and a folder that nobody else has.
        await using var intake = await ServeProcess.StartAsync(
            Settings(world), "--app", PublishedApp.Folder, "--data", Folder("intake"), "--address", "0.0.0.0", "--triggers", "http");
        await using var workers = await ServeProcess.StartAsync(
            Settings(world), "--app", PublishedApp.Folder, "--data", Folder("workers"), "--triggers", "queues");
        await using var timers = await ServeProcess.StartAsync(
            Settings(world), "--app", PublishedApp.Folder, "--data", Folder("timers"), "--triggers", "timers");

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", World.ApiKey);
        var comments = $"http://127.0.0.1:{intake.Port}/api/communities/demo";
        using (var taken = await http.PostAsJsonAsync($"{comments}/comments", new { platform = "instagram", id = "1", text = "Spedizione velocissima, grazie!", author = new { id = "anna" } }))
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);

        var outcomes = await UntilAsync(
            () => http.GetFromJsonAsync<JsonElement>($"{comments}/outcomes?platform=instagram"), page => page.GetProperty("items").GetArrayLength() > 0);
        Assert.Equal("approve", outcomes.GetProperty("items")[0].GetProperty("decision").GetString());

        foreach (var part in new[] { intake, workers, timers })
        {
            Assert.Equal((0, "status 200\n", ""), await ServeProcess.RunAsync(Nothing, "health", "--port", Text(part.Port)));
            using var admin = await http.PostAsync($"http://127.0.0.1:{part.Port}/admin/functions/WatchMood", content: null);
            Assert.Equal(HttpStatusCode.NotFound, admin.StatusCode);
        }
        using (var elsewhere = await http.GetAsync($"http://127.0.0.1:{workers.Port}/api/communities/demo/outcomes"))
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        // Nothing is remembered in a new folder, so every timer looked at once.
        await UntilAsync(() => Task.FromResult(timers.Output), output => output.Contains("CompileDigests  ok", StringComparison.Ordinal));

        Assert.Equal((0, 0, 0), (await intake.StopAsync(), await workers.StopAsync(), await timers.StopAsync()));
        Assert.EndsWith("Ending: finishing what runs...", workers.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal((1, "no answer\n", ""), await ServeProcess.RunAsync(Nothing, "health", "--port", Text(workers.Port)));
        Assert.DoesNotContain("ModerateComments", intake.Output + timers.Output, StringComparison.Ordinal);
        Assert.Contains("ModerateComments  ok", workers.Output, StringComparison.Ordinal);
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var seen = await look();
            if (isSo(seen))
                return seen;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        return await look();
    }

    private string Folder(string name) => Path.Combine(_data, name);

    private static string Port() => Text(FreePort.Take());

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Settings(World world) => World.Settings().ToDictionary(
        s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Key == "AzureWebJobsStorage" ? world.ConnectionString : s.Value!);
}
