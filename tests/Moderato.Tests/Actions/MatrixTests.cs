using System.Text;
using System.Text.RegularExpressions;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Actions;

/// <summary>The page that people read says what the code does.</summary>
public sealed partial class MatrixTests
{
    [Fact]
    public void ThePageHasTheMatrixOfTheCode()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "functions", "Actions", "Platforms", "README.md"));
        foreach (var line in Matrix().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Contains(line, page, StringComparison.Ordinal);
        Assert.Equal(Actors.All.Sum(a => a.Levers.Count), Row().Count(page));
    }

    [GeneratedRegex(@"^\| [a-z]+ \| `[A-Za-z]+` \| (?:no|`[A-Za-z]+`) \| ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Row();

    private static string Matrix()
    {
        var table = new StringBuilder();
        foreach (var actor in Actors.All)
        {
            foreach (var lever in actor.Levers)
                table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {actor.Platform} | `{Name(lever.Kind)}` | {(lever.TakenBackBy is { } back ? $"`{Name(back)}`" : "no")} | {lever.Call} |\n");
        }
        return table.ToString();
    }

    private static string Name(ActionKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
