using System.Diagnostics;
using System.Text.Json;
using Moderato.Model.Evaluation;
using Xunit;

namespace Moderato.Tests.Scoring;

/// <summary>The trainer's command line as a process, with the built-in model.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task EvaluatePrintsOneObjectForAFlag()
    {
        using var file = new TemporaryFile("id\ttext\tlabel\n1\tsiete dei ladri e degli idioti\t1\n2\tgrazie, tutto perfetto\t0\n");

        var (code, output, _) = await RunAsync("", "evaluate", "--head", "toxicity", "--input", file.Path);

        Assert.Equal(0, code);
        var result = JsonDocument.Parse(output).RootElement;
        Assert.Equal(2, result.GetProperty("n").GetInt32());
        Assert.Equal(1, result.GetProperty("rocAuc").GetDouble());
        Assert.Equal(1, result.GetProperty("averagePrecision").GetDouble());
        Assert.InRange(result.GetProperty("threshold").GetDouble(), 0.05, 0.95);
        Assert.Equal(1, result.GetProperty("perClass").GetProperty("1").GetProperty("support").GetInt32());
        Assert.True(result.TryGetProperty("macroRecall", out _));
    }

    [Fact]
    public async Task EvaluateTakesOnlyRowsOfTheLanguageAsked()
    {
        using var file = new TemporaryFile("text\tlabel\tlang\nbellissimo\tpositive\tit\nawful\tnegative\ten\n");

        var (code, output, _) = await RunAsync("", "evaluate", "--head", "sentiment", "--input", file.Path, "--lang", "it");

        Assert.Equal((0, 1), (code, JsonDocument.Parse(output).RootElement.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task AWrongLabelIsNamedWithItsLineAndWhatWouldBeRight()
    {
        using var file = new TemporaryFile("text\tlabel\nuno\tpositive\ndue\thappy\ntre\t1\n");

        var (code, _, error) = await RunAsync("", "evaluate", "--head", "sentiment", "--input", file.Path);

        Assert.Equal(2, code);
        Assert.Contains("must be one of negative, neutral, positive", error, StringComparison.Ordinal);
        Assert.Contains("line 3: 'happy', line 4: '1'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownHeadIsNamedWithThoseThereAre()
    {
        var (code, _, error) = await RunAsync("", "evaluate", "--head", "mood", "--input", "none.tsv");

        Assert.Equal(2, code);
        Assert.Contains("no 'mood'", error, StringComparison.Ordinal);
        Assert.Contains("question-order", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScorePrintsALineForALine()
    {
        var (code, output, _) = await RunAsync("quanto costa la spedizione?\n\n@anna guarda\n", "score");

        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal("it", lines[0].GetProperty("language").GetString());
        Assert.Equal("question-presale", lines[0].GetProperty("intents")[0].GetProperty("intent").GetString());
        Assert.Equal(1, lines[2].GetProperty("mentions").GetInt32());
    }

    [Fact]
    public async Task ExplainShowsTheWords()
    {
        var (code, output, _) = await RunAsync("", "explain", "--text", "@brand siete dei ladri");

        Assert.Equal(0, code);
        Assert.Contains("negative: ", output, StringComparison.Ordinal);
        Assert.Contains("ladri", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingModelIsASentence()
    {
        var (code, _, error) = await RunAsync("", "score", "--model", "no-such-model.bin");

        Assert.Equal(2, code);
        Assert.Contains("no-such-model.bin", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Question).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
