using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Moderato.Tests.Real;

/// <summary>Debian's MediaWiki on SQLite, behind PHP's own server, on loopback.</summary>
internal sealed class MediaWikiSite : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _server;
    private readonly HttpClient _visitor;

    private MediaWikiSite(string folder, Process server, Uri api, string credential)
    {
        (_folder, _server, Api, Credential) = (folder, server, api, credential);
        _visitor = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
    }

    public Uri Api { get; }

    /// <summary>A bot password of the wiki's administrator.</summary>
    public string Credential { get; }

    public static async Task<MediaWikiSite> StartAsync(int port)
    {
        var folder = Directory.CreateTempSubdirectory("mediawiki-").FullName;
        var site = Path.Combine(folder, "site");
        // The package links to a configuration that is not there before somebody installs a wiki.
        await Programs.RunAsync("sh", "-c", $"cp -rL /usr/share/mediawiki '{site}' 2>/dev/null || test -f '{site}/api.php'");
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await Programs.RunAsync(
            "php", Path.Combine(site, "maintenance", "install.php"), "--dbtype", "sqlite", "--dbpath", Path.Combine(folder, "db"), "--dbname", "wiki", "--server", address,
            "--scriptpath", "", "--pass", "a-password-of-the-tests", "--confpath", site, "Wiki", "Admin");
        var made = await Programs.RunAsync(
            "php", Path.Combine(site, "maintenance", "createBotPassword.php"), "--appid", "moderato", "--grants", "basic,highvolume,editpage,editprotected,createeditmovepage,delete,blockusers,patrol,editmyoptions", "Admin");
        // Success. Log in using username:'Admin@moderato' and password:'...'
        var password = made.Split("password:'")[1].Split('\'')[0];
        var server = Programs.Start("php", new Dictionary<string, string> { ["PHP_CLI_SERVER_WORKERS"] = "4" }, "-S", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-t", site);
        var started = new MediaWikiSite(folder, server, new Uri($"{address}/api.php"), $"Admin@moderato:{password}");
        await Programs.UntilAsync("MediaWiki answers", started.AnswersAsync);
        return started;
    }

    /// <summary>Somebody without an account adds words to a page.</summary>
    public async Task WriteAsync(string title, string text)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["action"] = "edit",
            ["title"] = title,
            ["appendtext"] = text,
            ["token"] = "+\\",
            ["format"] = "json",
            ["formatversion"] = "2",
        });
        using var answer = await _visitor.PostAsync(Api, form);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        if ((string?)body["edit"]?["result"] != "Success")
            throw new InvalidOperationException($"The wiki did not take the words: {body.ToJsonString()}");
    }

    public async Task<string> ReadAsync(string title)
    {
        var body = await _visitor.GetFromJsonAsync<JsonNode>(new Uri($"{Api}?action=query&prop=revisions&titles={Uri.EscapeDataString(title)}&rvprop=content&rvslots=main&format=json&formatversion=2"));
        return (string?)body!["query"]!["pages"]![0]!["revisions"]?[0]?["slots"]?["main"]?["content"] ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await Programs.EndAsync(_server);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _visitor.GetAsync(new Uri($"{Api}?action=query&meta=siteinfo&format=json"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
