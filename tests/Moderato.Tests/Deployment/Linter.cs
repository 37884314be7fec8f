using System.Diagnostics;
using System.Text.Json;
using Moderato.Tests.Support;

namespace Moderato.Tests.Deployment;

/// <summary>GitHub's own checks of workflows and dockerfile-utils, by node.</summary>
internal static class Linter
{
    /// <returns>What is wrong with a workflow (<c>.yml</c>) or a Dockerfile, each as <c>line: what</c>.</returns>
    public static async Task<string[]> FindAsync(string file)
    {
        var script = Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Deployment", "lint.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Repository.Root, "infra", "local"),
        })!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return JsonSerializer.Deserialize<string[]>(output)!;
    }
}
