using System.Text.RegularExpressions;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Deployment;

/// <summary>The workflows in .github: right by GitHub's own checks, and every action the one that was looked at.</summary>
public sealed partial class WorkflowTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, ".github", "workflows");

    private readonly string _own = Directory.CreateTempSubdirectory("workflows-").FullName;

    public static TheoryData<string> Workflows => new(Directory.GetFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)!));

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task NothingIsWrongWithIt(string workflow) => Assert.Empty(await Linter.FindAsync(Path.Combine(Folder, workflow)));

    [Fact]
    public async Task WhatIsWrongWouldBeFound()
    {
        var file = Path.Combine(_own, "broken.yml");
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, "deploy.yml"));
        await File.WriteAllTextAsync(file, text.Replace("needs: test", "needs: tests", StringComparison.Ordinal));

        Assert.Contains(await Linter.FindAsync(file), found => found.Contains("unknown job 'tests'", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void EveryActionIsPinnedToACommitWithItsVersionBehind(string workflow)
    {
        var used = Uses().Matches(File.ReadAllText(Path.Combine(Folder, workflow)));

        Assert.NotEmpty(used);
        Assert.All(used.Select(use => use.Groups["what"].Value), what => Assert.Matches(@"^(\./\.github/workflows/\w+\.yml|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$", what));
    }

    [GeneratedRegex(@"\buses: (?<what>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uses();
}
