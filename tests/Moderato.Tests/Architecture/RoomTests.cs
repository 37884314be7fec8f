using System.Text.RegularExpressions;
using Xunit;

namespace Moderato.Tests.Architecture;

/// <summary>Holds the rooms' using lines against the table in functions/README.md.</summary>
public sealed partial class RoomTests
{
    private static readonly string Functions = Path.Combine(Support.Repository.Root, "functions");

    /// <summary>Which rooms each room may know. Hosting is known by all: the programming model, problems and keys are its furniture.</summary>
    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["Comments"] = [],
        ["Ingest"] = ["Comments", "Hosting"],
        ["Scoring"] = ["Comments"],
        ["Policy"] = ["Comments", "Scoring", "Hosting"],
        ["Actions"] = ["Comments", "Hosting"],
        ["Moderation"] = ["Comments", "Scoring", "Policy", "Actions", "Review", "Mood", "Hosting"],
        ["Review"] = ["Comments", "Scoring", "Policy", "Actions", "Outcomes", "Hosting"],
        ["Outcomes"] = ["Comments", "Scoring", "Hosting"],
        ["Members"] = ["Comments", "Policy", "Hosting"],
        ["Mail"] = ["Comments", "Hosting"],
        ["Mood"] = ["Comments", "Scoring", "Policy", "Actions", "Mail", "Hosting"],
        ["Digests"] = ["Comments", "Policy", "Review", "Members", "Mood", "Mail", "Hosting"],
        ["Privacy"] = ["Comments", "Hosting"],
        // It describes what every room answers, so it knows every room that does; nobody knows it.
        ["Contract"] = ["Comments", "Ingest", "Scoring", "Policy", "Actions", "Moderation", "Review", "Outcomes", "Members", "Mail", "Mood", "Digests", "Privacy", "Storage", "Hosting"],
        ["Storage"] = ["Comments", "Ingest", "Moderation", "Policy", "Outcomes", "Digests", "Scoring", "Actions", "Members", "Review", "Mail", "Mood", "Privacy", "Hosting"],
        ["Hosting"] = ["Comments", "Ingest", "Actions", "Mail", "Storage"],
    };

    public static TheoryData<string> Rooms => new(Directory.GetDirectories(Functions)
        .Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ARoomKnowsOnlyWhomItMay(string room)
    {
        Assert.Contains(room, Knows.Keys);
        foreach (var file in Directory.GetFiles(Path.Combine(Functions, room), "*.cs", SearchOption.AllDirectories))
        {
            var mentioned = RoomName().Matches(File.ReadAllText(file)).Select(m => m.Groups["room"].Value).Where(Knows.ContainsKey).Distinct();
            foreach (var other in mentioned.Where(r => r != room))
                Assert.True(Knows[room].Contains(other), $"{room} must not know {other}, but {Path.GetRelativePath(Functions, file)} does.");
        }
    }

    [Fact]
    public void OnlyStorageKnowsTablesAndQueues()
    {
        foreach (var file in Directory.GetFiles(Functions, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Functions, file);
            if (path.StartsWith("Storage", StringComparison.Ordinal) || path.StartsWith("obj", StringComparison.Ordinal))
                continue;
            Assert.DoesNotMatch(@"using Azure(\.(Storage|Data)\b|;)", File.ReadAllText(file));
        }
    }

    [Fact]
    public void TheTableInTheArchitecturePageSaysTheSame()
    {
        var page = File.ReadAllText(Path.Combine(Functions, "README.md"));
        foreach (var (room, known) in Knows)
        {
            var row = Regex.Match(page, $@"^\| `{room}/` \|[^|]*\|(?<known>[^|]*)\|", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
            Assert.True(row.Success, $"functions/README.md has no row for {room}/.");
            var written = row.Groups["known"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(w => w != "nobody");
            Assert.Equal(known.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>A using line or a full name: <c>Moderato.Ingest</c>, and <c>Comments.OutcomeId</c> written from within Moderato.</summary>
    [GeneratedRegex(@"\bModerato\.(?<room>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoomName();
}
