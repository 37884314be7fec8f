using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

/// <summary>
/// Holds three descriptions of one programming model against each other: ours in Hosting/Worker, the official one's in
/// Moderato.OfficialShapes, and the table of Hosting/README.md. That the app compiles with the second, <c>tests/run</c> tries.
/// </summary>
public sealed partial class OfficialWorkerTests
{
    private static readonly Type[] Official = typeof(Microsoft.Azure.Functions.Worker.FunctionAttribute).Assembly.GetExportedTypes();
    private static readonly Dictionary<string, Type> Ours = typeof(FunctionCatalog).Assembly.GetExportedTypes()
        .Where(t => t.Namespace == "Moderato.Hosting.Worker").ToDictionary(t => t.Name);

    public static TheoryData<string> Types => [.. Official.Select(t => t.Name).Union(Ours.Keys).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void OurTypeHasTheOfficialOnesMembersAndNoOthers(string name)
    {
        var official = Assert.Single(Official, t => t.Name == name);
        Assert.True(Ours.TryGetValue(name, out var ours), $"{name} is missing in Hosting/Worker.");
        Assert.Equal(Shape.Of(official), Shape.Of(ours));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void TheTableListsTheTypesMembersAndNoOthers(string name)
    {
        var official = Assert.Single(Official, t => t.Name == name);
        var row = Assert.Single(Table(), r => r.Type == official.FullName);
        Assert.Equal(Shape.Of(official), row.Lines);
    }

    [Fact]
    public void TheTableListsNoTypeThatIsNotUsed() =>
        Assert.Equal(Official.Select(t => t.FullName).Order(StringComparer.Ordinal), Table().Select(r => r.Type).Order(StringComparer.Ordinal));

    /// <summary>The official worker has its own configuration: with either section the host would start or load something else.</summary>
    [Fact]
    public void ItsHostFileIsOursWithoutTheCustomHandlerAndTheBundle()
    {
        var ours = HostFile("host.json");
        Assert.True(ours.Remove("customHandler"));
        Assert.True(ours.Remove("extensionBundle"));
        Assert.Equal(ours.ToJsonString(), HostFile("functions/host.official.json").ToJsonString());
    }

    /// <summary>A restore would say so, but no registry at hand has these packages.</summary>
    [Fact]
    public void EveryPackageOfTheTableIsReferencedAndHasItsVersion()
    {
        var referenced = Names("functions/Moderato.csproj", "PackageReference");
        var versions = Names("Directory.Packages.props", "PackageVersion");
        foreach (var package in Table().Select(r => r.Package).Distinct())
        {
            Assert.Contains(package, referenced);
            Assert.Contains(package, versions);
        }
        Assert.Equal(referenced.Where(IsOfficial), versions.Where(IsOfficial));

        static bool IsOfficial(string package) => package.StartsWith("Microsoft.Azure.Functions.", StringComparison.Ordinal);
    }

    private static string[] Names(string file, string element) =>
        [.. XDocument.Load(Path.Combine(Repository.Root, file)).Descendants(element).Select(e => e.Attribute("Include")!.Value).Order(StringComparer.Ordinal)];

    private static JsonObject HostFile(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, name)))!.AsObject();

    private static List<(string Type, string[] Lines, string Package)> Table() =>
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "functions/Hosting/README.md"))).Select(m =>
            (m.Groups["type"].Value, Code().Matches(m.Groups["lines"].Value).Select(c => c.Groups["code"].Value).ToArray(), m.Groups["package"].Value)),
    ];

    [GeneratedRegex(@"^\| `(?<type>Microsoft\.[\w.]+)` \| (?<lines>.+) \| `(?<package>[\w.]+)` \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
