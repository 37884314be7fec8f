using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moderato.Mail;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mail;

/// <summary>What is said to whom: nothing in clear where encryption is wanted, nothing to a server that cannot prove its name.</summary>
public sealed class MailSecurityTests
{
    private static readonly Dictionary<string, string?> Encrypted = new() { ["Moderato:Mail:Security"] = "starttls" };

    [Fact]
    public async Task AServerThatDoesNotEncryptGetsNothing()
    {
        await using var server = await SmtpServer.StartAsync(startTls: false);
        Assert.Equal("the server does not offer STARTTLS: nothing was sent", (await SendAsync(server, Encrypted)).LastResult);
        Assert.Empty(await server.EventsAsync());
    }

    [Fact]
    public async Task AServerWhoseCertificateNobodyTrustsGetsNothing()
    {
        await using var server = await SmtpServer.StartAsync(startTls: true, "u", "p");
        var mail = await SendAsync(server, new(Encrypted) { ["Moderato:Mail:User"] = "u", ["Moderato:Mail:Password"] = "p" });
        Assert.Equal((MailState.Waiting, "the server's certificate is not trusted, or is not for localhost: nothing was sent"), (mail.State, mail.LastResult));
        Assert.Empty(await server.EventsAsync());
    }

    [Theory]
    [InlineData("p", MailState.Sent, "sent")]
    [InlineData("q", MailState.Waiting, "the server does not take the user and the password (530)")]
    [InlineData(null, MailState.Waiting, "the server wants a user and a password, or STARTTLS (530)")]
    public async Task AUserIsKnownByAPassword(string? password, MailState state, string result)
    {
        await using var server = await SmtpServer.StartAsync(user: "u", password: "p");
        var mail = await SendAsync(server, password is null ? [] : new() { ["Moderato:Mail:User"] = "u", ["Moderato:Mail:Password"] = password });
        Assert.Equal((state, result), (mail.State, mail.LastResult));
        Assert.Equal(state == MailState.Sent ? ["u"] : [], (await server.MailsAsync()).Select(m => m.User));
    }

    [Theory]
    [InlineData("127.0.0.1", "1", "no connection (ConnectionRefused)")]
    [InlineData("nowhere.invalid", "587", "no connection (HostNotFound)")]
    public async Task AServerThatIsNotThereIsTriedAgain(string host, string port, string result)
    {
        await using var server = await SmtpServer.StartAsync();
        var mail = await SendAsync(server, new() { ["Moderato:Mail:Host"] = host, ["Moderato:Mail:Port"] = port });
        Assert.Equal((MailState.Waiting, result), (mail.State, mail.LastResult));
    }

    [Fact]
    public async Task AServerWhoseCertificateIsTrustedGetsMailsEncrypted()
    {
        var folder = Directory.CreateTempSubdirectory("moderato-tls-").FullName;
        var (authority, certificate, key) = Certificates(folder);
        await using var server = await SmtpServer.StartAsync(startTls: true, "u", "p", (certificate, key));
        await using var world = await World.CreateAsync(mail: server);
        await world.PostAsync(MailWorld.Request("2026-03-09") with { Kind = "digest" }); // of which there is none: nothing to say
        var settings = World.Settings();
        foreach (var (name, value) in server.Settings.Concat(Encrypted))
            settings[name] = value;
        (settings["AzureWebJobsStorage"], settings["SSL_CERT_FILE"]) = (world.ConnectionString, authority);
        (settings["Moderato:Mail:User"], settings["Moderato:Mail:Password"]) = ("u", "p");
        settings["Moderato:ApiKeys:0:Scopes:3"] = "admin";

        // Which authorities are trusted is read once in a process: the published app is another one.
        await using var handler = await Support.Handler.StartAsync(settings);
        var today = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), world.Community.Zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/communities/demo/digests/{today}");
        request.Headers.Authorization = new("Bearer", World.ApiKey);
        using var compiled = await handler.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, compiled.StatusCode);
        await InvokeAsync(handler, world);

        var mail = Assert.Single(await server.MailsAsync());
        Assert.Equal((true, "u"), (mail.IsSecure, mail.User));
        Assert.Equal(["auth secure", "from secure"], await server.EventsAsync());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Gives the app its mails' turns, as the host does.</summary>
    private static async Task InvokeAsync(Support.Handler handler, World world)
    {
        var queue = world.Queue(Moderato.Comments.QueueNames.Mails);
        while ((await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value is { } message)
        {
            var text = System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Serialize(message.Body.ToString()));
            using var content = new StringContent($$"""{ "Data": { "message": {{text}} }, "Metadata": {} }""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await handler.Client.PostAsync(new Uri("SendMails", UriKind.Relative), content);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    private static async Task<PostedMail> SendAsync(SmtpServer server, Dictionary<string, string?> settings)
    {
        await using var world = await World.CreateAsync(settings, mail: server);
        await world.PostAsync(MailWorld.Request());
        await world.SendMailsAsync();
        return await world.OnlyMailAsync();
    }

    /// <summary>An authority, and a certificate of it for localhost with its key, as PEM files.</summary>
    private static (string Authority, string Certificate, string Key) Certificates(string folder)
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var rootKey = RSA.Create(2048);
        var root = new CertificateRequest("CN=Moderato tests", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = root.CreateSelfSigned(from, to);
        using var key = RSA.Create(2048);
        var leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = leaf.Create(authority, from, to, [1, 2, 3, 4]);
        return (Write("ca.pem", authority.ExportCertificatePem()), Write("server.pem", certificate.ExportCertificatePem()), Write("server.key", key.ExportPkcs8PrivateKeyPem()));

        string Write(string name, string pem)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, pem);
            return path;
        }
    }
}
