using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Moderato.Local.Hosting;

/// <summary>Remembers which process is the handler, so that one left over from a killed host is found and ended.</summary>
internal sealed class HandlerPidFile(string dataFolder)
{
    private readonly string _path = Path.Combine(dataFolder, "handler.pid");

    public void Write(int pid, string executable) =>
        File.WriteAllText(_path, string.Create(CultureInfo.InvariantCulture, $"{pid}\n{executable}\n"));

    public void Delete() => File.Delete(_path);

    /// <summary>Ends the handler of an earlier run if it still runs. Another program that got its number is left alone.</summary>
    /// <returns>Its process id, or null if there was none.</returns>
    public async Task<int?> EndLeftOverAsync(string executable)
    {
        if (!File.Exists(_path) || await File.ReadAllLinesAsync(_path) is not [var id, var started, ..]
            || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || started != executable)
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            if (!Runs(process, executable))
                return null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            return pid;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It is not running, ended just now, or is somebody else's.
            return null;
        }
    }

    /// <summary>A script runs as its interpreter with the script's path among the first arguments.</summary>
    private static bool Runs(Process process, string executable)
    {
        if (process.MainModule?.FileName == executable)
            return true;
        var commandLine = $"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/cmdline";
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Split('\0').Take(3).Contains(executable);
    }
}
