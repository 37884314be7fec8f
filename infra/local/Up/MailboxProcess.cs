using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Moderato.Local.Hosting;

namespace Moderato.Local.Up;

/// <summary>The mail server of a local run, with a page on which its mails are read. It ends by itself when its input is closed.</summary>
internal sealed partial class MailboxProcess : IAsyncDisposable
{
    /// <summary>Where mail servers for development usually are.</summary>
    private const string MailPort = "1025";
    private const string PagePort = "1080";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);

    private readonly ChildProcess _process;
    private readonly TimeProvider _time;

    private MailboxProcess(ChildProcess process, int port, Uri page, TimeProvider time) => (_process, Port, Page, _time) = (process, port, page, time);

    /// <summary>Where it takes mail, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Where the mails are read.</summary>
    public Uri Page { get; }

    /// <summary>Settings with which the app sends its mails there.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Moderato__Mail__Host"] = "127.0.0.1",
        ["Moderato__Mail__Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Moderato__Mail__Security"] = "none",
    };

    /// <summary>Starts it on the ports 1025 and 1080 if they are free, else on others.</summary>
    /// <param name="script">infra/local/mailbox.js.</param>
    /// <param name="folder">Keeps each mail as a file.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UpException">It does not start.</exception>
    public static async Task<MailboxProcess> StartAsync(string script, string folder, TimeProvider time)
    {
        var output = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Start(new ProcessStartInfo("node", [script, folder, MailPort, PagePort]), line =>
        {
            output.Enqueue(line);
            if (Ready().Match(line) is { Success: true } said)
                ready.TrySetResult(said);
        });
        if (await Task.WhenAny(ready.Task, process.WaitForExitAsync(), Task.Delay(StartPatience, time)) == ready.Task)
        {
            var said = await ready.Task;
            return new MailboxProcess(process, int.Parse(said.Groups["port"].ValueSpan, CultureInfo.InvariantCulture), new Uri(said.Groups["page"].Value), time);
        }
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        throw new UpException($"The mail server does not start:\n{string.Join('\n', output)}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.CloseInput();
        await _process.EndAsync(ExitPatience, _time);
        _process.Dispose();
    }

    private static ChildProcess Start(ProcessStartInfo start, Action<string> onLine)
    {
        try
        {
            return ChildProcess.Start(start, onLine);
        }
        catch (Win32Exception problem)
        {
            throw new UpException($"Node cannot be started: {problem.Message}");
        }
    }

    [GeneratedRegex("^Mailbox takes mail at (?<port>[0-9]+) and is read at (?<page>http://[^ ]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ready();
}
