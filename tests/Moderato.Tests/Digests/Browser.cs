using System.Diagnostics;
using System.Text.Json;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>Chromium without a window, in a process of its own that ends when its input does.</summary>
public sealed class Browser : IAsyncLifetime, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Process _node = null!;
    private Task<string> _said = null!;

    public Task InitializeAsync()
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "infra", "local"),
        };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Digests", "browse.mjs"));
        _node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        _said = _node.StandardError.ReadToEndAsync();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
    }

    public void Dispose()
    {
        _node.Dispose();
        _turn.Dispose();
    }

    /// <summary>What is wrong with how a letter looks, and the text that can be seen.</summary>
    /// <param name="html">The letter.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="scheme"><c>light</c>, <c>dark</c>, or <c>forced</c> for a program that turns colours around by itself.</param>
    /// <param name="shot">Where to keep a picture; null for none.</param>
    public async Task<(IReadOnlyList<string> Problems, string Text)> LookAsync(string html, int width, string scheme, string? shot = null)
    {
        await _turn.WaitAsync();
        try
        {
            var answer = _node.HasExited ? null : await AskAsync(JsonSerializer.Serialize(new { html, width, scheme, shot }));
            if (answer is null)
                Assert.Fail($"The browser ended: {await _said}");
            using var seen = JsonDocument.Parse(answer);
            return ([.. seen.RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetString()!)], seen.RootElement.GetProperty("text").GetString()!);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string?> AskAsync(string line)
    {
        try
        {
            await _node.StandardInput.WriteLineAsync(line);
            await _node.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null; // it ended meanwhile, and says why
        }
        return await _node.StandardOutput.ReadLineAsync();
    }
}
