using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Moderato.Local.Hosting;

/// <summary>Remembers which process was started, so that one left over from a killed run is found again.</summary>
/// <param name="path">Where.</param>
/// <param name="mark">
/// A path that the process has as its executable or among its arguments: what tells it from another program that got its number.
/// </param>
internal sealed class PidFile(string path, string mark)
{
    public void Write(int pid) => File.WriteAllText(path, pid.ToString(CultureInfo.InvariantCulture));

    public void Delete() => File.Delete(path);

    /// <returns>The process if it still runs, else null.</returns>
    public Process? FindRunning()
    {
        if (!File.Exists(path) || !int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            return null;

        Process? process = null;
        try
        {
            process = Process.GetProcessById(pid);
            if (IsMarked(process))
                return process;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException)
        {
            // It is not running, ended just now, or is somebody else's.
        }

        process?.Dispose();
        return null;
    }

    /// <summary>A script runs as its interpreter with the script's path among the arguments.</summary>
    private bool IsMarked(Process process)
    {
        if (process.MainModule?.FileName == mark)
            return true;
        var commandLine = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline");
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Split('\0').Contains(mark);
    }
}
