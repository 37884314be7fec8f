using System.Diagnostics;

namespace Moderato.Tests.Real;

/// <summary>Programs that tests start: each ends with its test.</summary>
internal static class Programs
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Describe(program, arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }

    /// <summary>Starts one that goes on until it is ended.</summary>
    public static Process Start(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = Describe(program, arguments);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Asks again and again until it is as wanted.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, int seconds = 60)
    {
        for (var attempt = 0; attempt < seconds * 4; attempt++)
        {
            if (await isSo())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }
        throw new TimeoutException($"After {seconds} s it is still not so that {what}.");
    }

    private static ProcessStartInfo Describe(string program, string[] arguments) =>
        new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
}
