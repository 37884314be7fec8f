using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Moderato.Local.Hosting;

/// <summary>
/// A program started with its own input and output. It runs in a session of its own, so that Ctrl-C at the terminal reaches only the
/// host, which then ends everything in order.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int SigTerm = 15;
    private const string SetSid = "/usr/bin/setsid";

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <param name="start">What to start. Its streams need not be redirected yet.</param>
    /// <param name="onLine">Receives each line of output and errors, one at a time.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ChildProcess Start(ProcessStartInfo start, Action<string> onLine)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        // setsid turns into the program, so the process id stays. Without it (macOS) the child stays in the host's session.
        if (File.Exists(SetSid))
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = SetSid;
        }

        var process = new Process { StartInfo = start };
        var oneAtATime = new Lock();
        process.OutputDataReceived += Pass;
        process.ErrorDataReceived += Pass;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void Pass(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is null)
                return;
            lock (oneAtATime)
                onLine(e.Data);
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken = default) => _process.WaitForExitAsync(cancellationToken);

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits until it ends by itself; after the patience is over it is killed.</summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider time)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    public void Terminate()
    {
        if (!_process.HasExited)
            _ = Signal(_process.Id, SigTerm);
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose() => _process.Dispose();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int pid, int signal);
}
