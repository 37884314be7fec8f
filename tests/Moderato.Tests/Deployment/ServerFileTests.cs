using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Moderato.Hosting;
using Moderato.Local.Serve;
using Moderato.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Moderato.Tests.Deployment;

/// <summary>What lies in infra/server for containers and services, held against the program that it starts.</summary>
public sealed partial class ServerFileTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "infra", "server");
    private static readonly string Dockerfile = Path.Combine(Folder, "Dockerfile");

    private readonly string _own = Directory.CreateTempSubdirectory("server-").FullName;

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Fact]
    public async Task NothingIsWrongWithTheDockerfile()
    {
        Assert.Empty(await Linter.FindAsync(Dockerfile));

        var broken = Path.Combine(_own, "Dockerfile");
        await File.WriteAllTextAsync(broken, (await File.ReadAllTextAsync(Dockerfile)).Replace("EXPOSE 8080", "EXPOSE many", StringComparison.Ordinal));
        Assert.Single(await Linter.FindAsync(broken));
    }

    [Fact]
    public void TheImageStartsWhatThereIsWithoutAShellAndAsNobodyInParticular()
    {
        var lines = File.ReadAllText(Dockerfile).Replace("\\\n", "", StringComparison.Ordinal).Split('\n');

        var last = lines.Skip(Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal))).ToList();
        Assert.Contains("USER 1654:1654", last);
        Assert.DoesNotContain(last, line => line.StartsWith("RUN ", StringComparison.Ordinal)); // it has no shell
        AssertUnderstood(JsonSerializer.Deserialize<string[]>(AfterMark(last, "ENTRYPOINT ")["ENTRYPOINT ".Length..])!);
        AssertUnderstood(JsonSerializer.Deserialize<string[]>(Regex.Match(AfterMark(last, "HEALTHCHECK "), @"\[.*\]$", RegexOptions.None, TimeSpan.FromSeconds(1)).Value)!);
    }

    [Fact]
    public void TheServiceStartsWhatThereIsAndIsGivenTheTimeToFinish()
    {
        var unit = File.ReadAllLines(Path.Combine(Folder, "systemd", "moderato.service"));

        AssertUnderstood(AfterMark(unit, "ExecStart=")["ExecStart=".Length..].Split(' '));
        var options = new Moderato.Local.LocalHostOptions { AppFolder = "", DataFolder = "" };
        var longest = 2 * options.Drain + options.HandlerExitPatience; // messages, then requests, then the app's own end
        Assert.InRange(TimeSpan.FromSeconds(int.Parse(AfterMark(unit, "TimeoutStopSec=")["TimeoutStopSec=".Length..], System.Globalization.CultureInfo.InvariantCulture)), longest, 2 * longest);
        Assert.Contains($"stop_grace_period: {AfterMark(unit, "TimeoutStopSec=")["TimeoutStopSec=".Length..]}s", File.ReadAllText(Path.Combine(Folder, "compose.yaml")), StringComparison.Ordinal);
        Assert.Contains("KillMode=mixed", unit); // else SIGTERM ends the app before the host has finished
        Assert.DoesNotContain(unit, line => line.StartsWith("MemoryDenyWriteExecute", StringComparison.Ordinal)); // .NET does not live with it
    }

    [Fact]
    public void TheSampleOfSettingsIsRightOnceItsBlanksAreFilled()
    {
        var settings = Settings(Path.Combine(Folder, "moderato.env.sample"), uncomment: true);
        settings["Moderato__Sources__0__Secrets__0"] = settings["Moderato__Sources__0__VerifyToken"] = new string('s', 16);
        settings["AzureWebJobsStorage"] = settings["AzureWebJobsStorage"]!.Replace("=KEY;", "=a2V5;", StringComparison.Ordinal);
        settings["Moderato__ApiKeys__0__Sha256"] = new string('a', 64);
        settings["Moderato__Mail__User"] = settings["Moderato__Mail__Password"] = "mail";

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value))).Build();

        Assert.Equal("https://moderato.example.org", SettingsServices.Read(configuration).Address.Value);
    }

    [Fact]
    public void ComposeAsksForEverythingThatItsSampleHasAndPinsItsImages()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "compose.yaml"));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];

        Assert.Equal(
            Settings(Path.Combine(Folder, "compose.env.sample"), uncomment: false).Keys.Order(StringComparer.Ordinal),
            Variables().Matches(text).Select(v => v.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["app", "storage", "front"], services.Children.Keys.Select(name => name.ToString()));
        Assert.All(services.Children.Values, service => Assert.Equal("unless-stopped", service["restart"].ToString()));
        Assert.All(services.Children.Values.Select(s => s["image"].ToString()).Where(image => !image.StartsWith("moderato:", StringComparison.Ordinal)), image => Assert.Matches(@":\d+\.\d+\.\d+", image));
    }

    [Fact]
    public void TheContainerAppsTogetherRunEveryTriggerOnce()
    {
        var template = File.ReadAllText(Path.Combine(Repository.Root, "infra", "azure", "container-apps", "apps.bicep"));

        var triggers = Parts().Matches(template).Select(part => part.Groups["trigger"].Value).ToList();
        Assert.Equal(Enum.GetNames<Local.Triggers>().Except(["All"]).Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal), triggers.Order(StringComparer.Ordinal));
        Assert.Contains("args: [\n              '--triggers'\n              part.triggers\n", template, StringComparison.Ordinal);
    }

    private static string AfterMark(IEnumerable<string> lines, string mark) => lines.Single(line => line.StartsWith(mark, StringComparison.Ordinal));

    private static void AssertUnderstood(string[] command)
    {
        Assert.Matches(@"^(/usr/bin/)?dotnet$", command[0]);
        Assert.EndsWith("/host/Moderato.Local.dll", command[1], StringComparison.Ordinal);
        var root = new RootCommand { ServeCommand.Serve(TextWriter.Null, TextWriter.Null, TimeProvider.System), ServeCommand.Health(TextWriter.Null) };
        Assert.Empty(root.Parse(command[2..]).Errors);
    }

    /// <summary>NAME=value lines; also those that are commented out, of which the last of a name counts.</summary>
    private static Dictionary<string, string?> Settings(string file, bool uncomment)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var line in File.ReadLines(file).Select(line => uncomment ? line.TrimStart('#') : line).Where(line => Name().IsMatch(line)))
            settings[line[..line.IndexOf('=', StringComparison.Ordinal)]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return settings;
    }

    [GeneratedRegex(@"^\w+=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^ +triggers: '(?<trigger>\w+)'", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();
}
