using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moderato.Tests.EndToEnd;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Real;

/// <summary>
/// A real WordPress and a real MediaWiki on loopback: a comment goes in, is judged, and what was decided arrives back there. Slower than
/// the rest, and needs Debian's packages: <c>./tests/run --real</c> installs them.
/// </summary>
[Trait("Category", "Real")]
public sealed class RealPlatformTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string _data = Path.Combine(Directory.CreateTempSubdirectory("real-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_data)!, recursive: true);

    [Fact]
    public async Task ABlogsCommentIsHeldAndComesBackWhenAPersonApprovesIt()
    {
        var (port, blog) = (FreePort.Take(), FreePort.Take());
        await using var site = await WordPressSite.StartAsync(blog, $"http://127.0.0.1:{port}/api/webhooks/wordpress/blog", Secret);
        var settings = Source("wordpress", "blog", site.Address.OriginalString, site.Credential, Secret);
        await using (var up = await UpProcess.StartAsync(_data, port, settings))
        {
            using var api = up.Client();
            await site.CommentAsync("Cattivo", "Siete dei ladri e degli stronzi, vergognatevi!");
            await site.CommentAsync("Buona", "Che bella ricetta, grazie mille!");
            Assert.Equal("approved", (string?)(await site.NewestAsync("Cattivo"))!["status"]);
            await site.RunCronAsync();

            await Programs.UntilAsync("the insult is held there", async () => (string?)(await site.NewestAsync("Cattivo"))!["status"] == "hold");
            Assert.Equal("approved", (string?)(await site.NewestAsync("Buona"))!["status"]);
            var outcome = await OutcomeAsync(api, "Cattivo");
            Assert.Equal(("hold", "Siete dei ladri e degli stronzi, vergognatevi!"), ((string?)outcome["decision"], (string?)outcome["text"]));

            // Our own change came back as no comment.
            await site.RunCronAsync();
            Assert.Equal(1, (int?)(await OutcomeAsync(api, "Cattivo"))["revision"]);

            using var approve = await api.PostAsJsonAsync(new Uri($"outcomes/{(string?)outcome["id"]}/actions", UriKind.Relative), new { kind = "approve", by = "Carla" });
            Assert.Equal(202, (int)approve.StatusCode);
            await Programs.UntilAsync("it is shown again", async () => (string?)(await site.NewestAsync("Cattivo"))!["status"] == "approved");

            await site.EditAsync((int)(await site.NewestAsync("Buona"))!["id"]!, "Che brutta ricetta, delusa.");
            await site.RunCronAsync();
            await Programs.UntilAsync("the edit is judged", async () => (int?)(await OutcomeAsync(api, "Buona"))["revision"] == 2);
            await site.DeleteAsync((int)(await site.NewestAsync("Buona"))!["id"]!);
            await site.RunCronAsync();
            await Programs.UntilAsync("the removal arrives", async () => await CountAsync(api, "removed") == 1);
            Assert.Equal(0, await up.StopAsync());
        }

        // While Moderato is away nothing is lost: the plugin keeps it.
        await site.CommentAsync("Paziente", "Ho una domanda: a che ora aprite?");
        await site.RunCronAsync();
        await using (var up = await UpProcess.StartAsync(_data, port, settings))
        {
            using var api = up.Client();
            await Programs.UntilAsync("what waited arrives", async () =>
            {
                await site.RunCronAsync();
                return await OutcomeAsync(api, "Paziente", required: false) is not null;
            });
            Assert.Equal(0, await up.StopAsync());
        }
    }

    [Fact]
    public async Task ATalkPagesInsultIsReadAndUndone()
    {
        var (port, wiki) = (FreePort.Take(), FreePort.Take());
        await using var site = await MediaWikiSite.StartAsync(wiki);
        await site.WriteAsync("Talk:Orari", "== Orari ==\nSiete aperti la domenica?");
        await using var up = await UpProcess.StartAsync(_data, port, Source("mediawiki", "wiki", site.Api.OriginalString, site.Credential, null));
        using var api = up.Client();
        await site.WriteAsync("Talk:Orari", "\n:Ma andate a lavorare, stronzi che non siete altro! [[User:Nessuno|Nessuno]]");

        await Programs.UntilAsync("both are read", async () => await CountAsync(api, "decided") == 2, seconds: 150); // asked every minute
        var outcomes = await OutcomesAsync(api);
        var insult = outcomes.Single(o => (string?)o!["decision"] == "hold")!;
        Assert.Equal("Ma andate a lavorare, stronzi che non siete altro! Nessuno", (string?)insult["text"]);
        Assert.Equal("Orari\nSiete aperti la domenica?", (string?)outcomes.Single(o => o != insult)!["text"]);

        using var delete = await api.PostAsJsonAsync(new Uri($"outcomes/{(string?)insult["id"]}/actions", UriKind.Relative), new { kind = "delete", by = "Carla" });
        Assert.Equal(202, (int)delete.StatusCode);
        await Programs.UntilAsync("the page is as before", async () => await site.ReadAsync("Talk:Orari") == "== Orari ==\nSiete aperti la domenica?");
        Assert.Equal(0, await up.StopAsync());
    }

    private static Dictionary<string, string> Source(string platform, string id, string address, string actionToken, string? secret)
    {
        var settings = new Dictionary<string, string>
        {
            ["Moderato__Sources__1__Id"] = id,
            ["Moderato__Sources__1__Platform"] = platform,
            ["Moderato__Sources__1__Community"] = "demo",
            ["Moderato__Sources__1__Address"] = address,
            ["Moderato__Sources__1__ActionToken"] = actionToken,
        };
        if (secret is not null)
            settings["Moderato__Sources__1__Secrets__0"] = secret;
        return settings;
    }

    private static async Task<JsonArray> OutcomesAsync(HttpClient api) => (await api.GetFromJsonAsync<JsonNode>(new Uri("outcomes", UriKind.Relative)))!["items"]!.AsArray();

    private static async Task<int> CountAsync(HttpClient api, string state) => (await OutcomesAsync(api)).Count(o => (string?)o!["state"] == state);

    private static async Task<JsonNode> OutcomeAsync(HttpClient api, string author) => (await OutcomeAsync(api, author, required: true))!;

    private static async Task<JsonNode?> OutcomeAsync(HttpClient api, string author, bool required)
    {
        var found = (await OutcomesAsync(api)).SingleOrDefault(o => (string?)o!["author"]?["name"] == author);
        return found is not null || !required ? found : throw new InvalidOperationException($"There is no outcome for {author}.");
    }
}
