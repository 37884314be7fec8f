using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Tests.Support;

/// <summary>A mail as the server got it.</summary>
/// <param name="Subject">Decoded.</param>
/// <param name="Text">The plain part, decoded.</param>
/// <param name="Html">The HTML part, decoded.</param>
/// <param name="To">The recipients that the server was told.</param>
/// <param name="IsSecure">Whether it came encrypted.</param>
/// <param name="User">As whom the sender was known.</param>
/// <param name="Headers">By lower-case name, unfolded and otherwise as they came.</param>
/// <param name="Raw">The whole of it.</param>
public sealed record ReceivedMail(
    string Subject, string Text, string Html, IReadOnlyList<string> To, bool IsSecure, string? User, IReadOnlyDictionary<string, string> Headers, string Raw)
{
    public string MessageId => Headers["message-id"];
}

/// <summary>A real mail server (smtp-server, on Node) that keeps what it gets: give it to <see cref="World.CreateAsync"/>.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<ReceivedMail> _mails = [];
    private readonly ConcurrentQueue<string> _events = [];
    private readonly SemaphoreSlim _told = new(0);
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SmtpServer(Process process) => _process = process;

    public int Port { get; private set; }

    /// <summary>Every mail that it took until now, oldest first.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> MailsAsync()
    {
        await TellAsync(null); // what it said before it answers this has been heard
        return [.. _mails];
    }

    /// <summary>How often somebody began to send or to say who they are, and whether encrypted: <c>from secure</c>, <c>auth clear</c>.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync()
    {
        await TellAsync(null);
        return [.. _events];
    }

    /// <summary>Settings with which mails are sent to it, and have links.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Moderato:Mail:Host"] = "localhost",
        ["Moderato:Mail:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Moderato:Mail:Security"] = "none",
        ["Moderato:Mail:TimeoutSeconds"] = "5",
        ["Moderato:Mail:From"] = "moderato@bottega.example",
        ["Moderato:Address"] = "https://moderato.example.org",
    };

    /// <param name="startTls">Whether it offers to encrypt; with a certificate that nobody trusts unless one is given.</param>
    /// <param name="user">Whom it asks to know; null for nobody.</param>
    /// <param name="password">That user's.</param>
    /// <param name="certificate">Files of a certificate and its key, PEM.</param>
    public static async Task<SmtpServer> StartAsync(bool startTls = false, string? user = null, string? password = null, (string Certificate, string Key)? certificate = null)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Repository.Root, "infra", "local"),
        };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Support", "smtp.js"));
        start.ArgumentList.Add(JsonSerializer.Serialize(new { starttls = startTls, user, password, cert = certificate?.Certificate, key = certificate?.Key }));
        var server = new SmtpServer(Process.Start(start) ?? throw new InvalidOperationException("node did not start."));
        server._process.OutputDataReceived += (_, e) => server.Hear(e.Data);
        server._process.BeginOutputReadLine();
        server.Port = await server._port.Task.WaitAsync(Patience, TimeProvider.System);
        return server;
    }

    /// <summary>From now on it refuses at a step: <c>connect</c>, <c>from</c>, <c>to</c> or <c>data</c>.</summary>
    public Task RefuseAsync(string step, int code, string text = "refused by a test") => TellAsync(new JsonObject { [step] = new JsonObject { ["code"] = code, ["text"] = text } });

    /// <summary>From now on it never answers at a step; with <paramref name="afterTaking"/> it takes the mail first.</summary>
    public Task HangAsync(string step, bool afterTaking = false) => TellAsync(new JsonObject { [step] = new JsonObject { ["hang"] = true, ["accept"] = afterTaking } });

    /// <summary>From now on it takes everything.</summary>
    public Task TakeAllAsync() => TellAsync([]);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        _process.Dispose();
        _told.Dispose();
    }

    private async Task TellAsync(JsonObject? steps)
    {
        await _process.StandardInput.WriteLineAsync(steps?.ToJsonString() ?? "null");
        await _process.StandardInput.FlushAsync();
        if (!await _told.WaitAsync(Patience))
            throw new InvalidOperationException("The mail server does not listen to the test.");
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _port.TrySetException(new InvalidOperationException("The mail server ended; npm ci in infra/local may be missing."));
            return;
        }
        var said = JsonNode.Parse(line)!;
        switch ((string)said["event"]!)
        {
            case "listening":
                _port.SetResult((int)said["port"]!);
                break;
            case "told":
                _told.Release();
                break;
            case "mail":
                _mails.Enqueue(new ReceivedMail(
                    (string?)said["subject"] ?? "", (string?)said["text"] ?? "", (string?)said["html"] ?? "", [.. said["to"]!.AsArray().Select(t => (string)t!)], (bool)said["secure"]!,
                    (string?)said["user"], said["headers"]!.AsObject().ToDictionary(h => h.Key, h => (string)h.Value!), (string)said["raw"]!));
                break;
            case var other:
                _events.Enqueue($"{other} {((bool)said["secure"]! ? "secure" : "clear")}");
                break;
        }
    }
}
