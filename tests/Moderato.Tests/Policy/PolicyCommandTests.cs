using System.CommandLine;
using Moderato.Local.Policies;
using Moderato.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Policy;

/// <summary><c>policy check</c> and <c>policy try</c> as people type them.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("moderato-policy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("en", "It is right: 14 rules, 0 warnings.")]
    [InlineData("it", "Va bene: regole 14, avvisi 0.")]
    public async Task ARightPolicyIsSaidToBeRight(string language, string words) =>
        Assert.Equal((0, words), await RunAsync("check", Preset("shop"), "--language", language));

    [Theory]
    [InlineData("en", ":3:5: error: This rule has no 'then': what is to happen?")]
    [InlineData("it", ":3:5: errore: Questa regola non ha 'then': che cosa deve succedere?")]
    public async Task ErrorsComeWithTheirPlaceAndExitCodeTwo(string language, string words)
    {
        var file = Write("policy: 1\nrules:\n  - { id: a, name: A }\n");
        var (code, output) = await RunAsync("check", file, "--language", language);
        Assert.Equal(2, code);
        Assert.Contains($"{file}{words}", output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("try", file, "ciao")).Code);
    }

    [Fact]
    public async Task TheGuidelinesBesideAreRead()
    {
        var file = Write("policy: 1\nrules:\n  - { id: a, name: A, because: 9, then: hold }\n");
        Assert.Equal(0, (await RunAsync("check", file)).Code);
        File.WriteAllText(Path.Combine(_folder.FullName, "guidelines.it.md"), "## 1. Uno\n");
        Assert.Equal(2, (await RunAsync("check", file)).Code);
    }

    [Fact]
    public async Task ATrialSaysWhatAndWhy()
    {
        var (code, output) = await RunAsync("try", Preset("shop"), "Guadagna con le crypto da casa! https://soldi.example/x", "--first-comment", "--language", "it");
        Assert.Equal(0, code);
        Assert.Contains("decisione:           nascondi (hide)", output, StringComparison.Ordinal);
        Assert.Contains("newcomer-spam (Nascondi lo spam", output, StringComparison.Ordinal);
        Assert.Contains("paragrafo:           3.1", output, StringComparison.Ordinal);
        (code, output) = await RunAsync("try", Preset("shop"), "Where is my order? I placed it a week ago", "--author", "Ann", "--language", "en");
        Assert.Equal(0, code);
        Assert.Contains("decision:            approve", output, StringComparison.Ordinal);
        Assert.Contains("suggested answer:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no/such/file.yaml", "cannot be read")]
    [InlineData("{file} --zone Rome", "--zone must be an IANA name such as Europe/Rome, not Rome.")]
    public async Task WhatCannotBeDoneIsASentence(string arguments, string words)
    {
        var file = Write("policy: 1\nrules: []\n");
        var (code, output) = await RunAsync(["check", .. arguments.Replace("{file}", file, StringComparison.Ordinal).Split(' ')]);
        Assert.Equal(2, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--stars", "9", "--stars must be a number from 1 to 5.")]
    [InlineData("--platform", "A B", "--platform must have")]
    public async Task WrongArgumentsAreRefused(string option, string value, string words)
    {
        var (code, output) = await RunAsync("try", Preset("shop"), "ciao", option, value);
        Assert.NotEqual(0, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    private static string Preset(string name) => Path.Combine(Repository.Root, "functions", "Policy", "Presets", name, Presets.PolicyFile);

    private string Write(string yaml)
    {
        var file = Path.Combine(_folder.FullName, "policy.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var root = new RootCommand { new Command("policy") { PolicyCommands.Check(), PolicyCommands.Try() } };
        var code = await root.Parse(["policy", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString().Trim());
    }
}
