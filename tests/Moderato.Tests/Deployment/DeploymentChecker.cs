using System.Diagnostics;
using System.Text.Json;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Deployment;

/// <summary>tests/check-deployment.mjs in one process for many copies of the repository, since most of its time is its start.</summary>
public sealed class DeploymentChecker : IAsyncLifetime
{
    private Process? _node;

    public Task InitializeAsync()
    {
        _node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Deployment", "check.js")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _node!.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    public async Task<IReadOnlyList<string>> ProblemsOfAsync(string root)
    {
        await _node!.StandardInput.WriteLineAsync(root);
        var answer = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The check ended; its reason is on standard error.");
        return JsonSerializer.Deserialize<IReadOnlyList<string>>(answer)!;
    }

    /// <summary>The script as people call it: its exit code, and what it said.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "check-deployment.mjs"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
