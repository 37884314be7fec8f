using Microsoft.Extensions.Configuration;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class SettingsTests
{
    private const string Secret = "zz-a-secret-that-nobody-may-read-zz";

    [Fact]
    public void GoodSettingsAreTaken()
    {
        var settings = SettingsServices.Read(Build());
        var community = Assert.Single(settings.Communities.All);
        Assert.Equal(("demo", "Bottega Demo", "Europe/Rome", "it", 7), (community.Id.ToString(), community.Name, community.Zone.Id, community.Language, community.DigestHour));
        var recipient = Assert.Single(community.Recipients);
        Assert.Equal(("anna@example.org", "it", 7), (recipient.Address, recipient.Language, recipient.Hour));
        Assert.Equal(["daily", "alarms"], recipient.Editions);
        Assert.Null(settings.Mail.Server);
        Assert.Null(settings.Address.Value);
        Assert.NotNull(settings.Sources.Find(Moderato.Comments.PlatformId.Parse("facebook"), "page"));
        Assert.Null(settings.Sources.Find(Moderato.Comments.PlatformId.Parse("facebook"), "other"));
    }

    [Fact]
    public void KeysAreNumberedAsInTheSettings()
    {
        Assert.Equal(("settings-0", 600, false), Read(Build()));
        Assert.Equal(("settings-0", 100_000, true), Read(Build(("ApiKeys:0:RequestsPerMinute", "100000"), ("ApiKeys:0:Apprentice", "true"))));

        static (string, int, bool) Read(IConfiguration configuration) =>
            Assert.Single(SettingsServices.Read(configuration).Keys).Key is var key ? (key.Id, key.RequestsPerMinute, key.Apprentice) : default;
    }

    [Fact]
    public void EveryProblemIsListedAtOnceAndNamesItsSetting()
    {
        var problems = Problems(
            ("Communities:0:Id", "No Good"), ("Communities:0:Colour", "blue"), ("Sorces:0:Id", "x"), ("Communities:0:TimeZone", "Mars/Olympus"), ("Communities:0:Language", "de"), ("Communities:0:DigestHour", "24"), ("Communities:0:TextDays", "0"), ("Communities:0:OutcomeDays", "3651"),
            ("Communities:0:Recipients:0:Address", "nobody"), ("Communities:0:Recipients:0:Language", "de"), ("Communities:0:Recipients:0:Hour", "noon"), ("Communities:0:Recipients:0:Editions:0", "hourly"), ("Mail:Host", "no host"), ("Mail:Port", "0"), ("Mail:User", "u"), ("Mail:Security", "ssl"), ("Mail:TimeoutSeconds", "4"), ("Address", "http://moderato.example.org"), ("Sources:0:Id", "No"), ("Sources:0:Platform", "myspace"), ("Sources:0:Community", "other"),
            ("Sources:1:Id", "second"), ("Sources:1:Platform", "facebook"), ("Sources:1:Community", "demo"), ("Sources:1:Secrets:0", "short"), ("Sources:1:VerifyToken", "short"),
            ("Sources:1:Address", "forum"), ("ApiKeys:0:Name", " "), ("ApiKeys:0:Sha256", "abc"),
            ("ApiKeys:0:Communities:0", "other"), ("ApiKeys:0:Scopes:0", "everything"), ("Mail:From", "nobody"));
        foreach (var setting in new[]
        {
            "Communities__0__Id", "Communities__0__Colour", "Sorces", "Communities__0__TimeZone", "Communities__0__Language", "Communities__0__DigestHour", "Communities__0__TextDays", "Communities__0__OutcomeDays", "Communities__0__Recipients__0__Address", "Communities__0__Recipients__0__Language", "Communities__0__Recipients__0__Hour", "Communities__0__Recipients__0__Editions__0", "Mail__Host", "Mail__Port", "Mail__Password", "Mail__Security", "Mail__TimeoutSeconds", "Address", "Sources__0__Id",
            "Sources__0__Platform", "Sources__0__Community", "Sources__1__Community", "Sources__1__Secrets", "Sources__1__VerifyToken", "Sources__1__Address", "ApiKeys__0__Name", "ApiKeys__0__Sha256",
            "ApiKeys__0__Communities", "ApiKeys__0__Scopes", "Mail__From",
        })
        {
            Assert.Single(problems, p => p.StartsWith($"Moderato__{setting} ", StringComparison.Ordinal));
        }
        Assert.Equal(30, problems.Count);
    }

    [Fact]
    public void ARecipientIsGivenWhatTheSettingsSay()
    {
        var recipient = SettingsServices.Read(Build(
            ("Communities:0:Recipients:0:Language", "en"), ("Communities:0:Recipients:0:Hour", "9"), ("Communities:0:Recipients:0:Editions:0", "weekly"),
            ("Communities:0:Recipients:0:Editions:1", "team:customer-care"))).Communities.All.Single().Recipients.Single();
        Assert.Equal(("anna@example.org", "en", 9), (recipient.Address, recipient.Language, recipient.Hour));
        Assert.Equal(["weekly", "team:customer-care"], recipient.Editions);
    }

    [Theory]
    [InlineData("smtp.example.org", null, true)]
    [InlineData("smtp.example.org", "u", false)]
    [InlineData("localhost", "u", true)]
    [InlineData("127.0.0.1", "u", true)]
    public void APasswordIsSentInClearOnThisMachineOnly(string host, string? user, bool isGood)
    {
        List<(string, string)> changes = [("Mail:Host", host), ("Mail:Security", "none")];
        if (user is not null)
            changes.AddRange([("Mail:User", user), ("Mail:Password", Secret)]);
        if (isGood)
            Assert.False(SettingsServices.Read(Build([.. changes])).Mail.Server!.Encrypted);
        else
            Assert.StartsWith("Moderato__Mail__Security ", Assert.Single(Problems([.. changes])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "app.azurewebsites.net", "https://app.azurewebsites.net")]
    [InlineData(null, "localhost:7071", "http://localhost:7071")]
    [InlineData("https://moderato.example.org/", "app.azurewebsites.net", "https://moderato.example.org")]
    [InlineData("http://127.0.0.1:7071", null, "http://127.0.0.1:7071")]
    [InlineData(null, null, null)]
    public void TheAppsAddressIsSetOrAzures(string? address, string? hostName, string? expected)
    {
        var settings = World.Settings();
        (settings["Moderato:Address"], settings["WEBSITE_HOSTNAME"]) = (address, hostName);
        Assert.Equal(expected, SettingsServices.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Address.Value);
    }

    [Theory]
    [InlineData("9", "1", "it must be a whole number from 10 to 3650")]
    [InlineData("90", "91", "it must be at least TextDays, which is 91")]
    public void WordsAreNotKeptLongerThanWhatBecameOfThem(string outcomeDays, string textDays, string why) =>
        Assert.Contains(why, Assert.Single(Problems(("Communities:0:OutcomeDays", outcomeDays), ("Communities:0:TextDays", textDays))), StringComparison.Ordinal);

    [Fact]
    public void WithoutAnySettingWhatIsNeededIsNamed() =>
        Assert.Equal(
            ["Moderato__Communities__0__Id", "AzureWebJobsStorage"],
            Assert.Throws<SettingsException>(() => SettingsServices.Read(new ConfigurationBuilder().Build())).Problems.Select(p => p.Split(' ')[0]));

    [Theory]
    [InlineData("Communities:0:Nmae", "x", "Nmae")]
    [InlineData("Colour", "x", "Colour")]
    [InlineData("Sources:0:Secret", Secret, "Secret")]
    [InlineData("ApiKeys:0:Key", Secret, "Key")]
    [InlineData("Mail:Smtp", "x", "Smtp")]
    public void AnUnknownSettingIsAProblem(string setting, string value, string named)
    {
        var problems = Problems((setting, value));
        Assert.Contains(named, Assert.Single(problems), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Communities:0:DigestHour", "seven", "DigestHour")]
    [InlineData("Communities:0:TimeZone", "", "TimeZone")]
    [InlineData("Communities:0:TimeZone", "../../etc/passwd", "TimeZone")]
    [InlineData("Communities:0:Language", "", "Language")]
    [InlineData("Communities:0:DigestHour", "-1", "DigestHour")]
    [InlineData("Communities:1:Id", "demo", "Communities__1__Id")]
    [InlineData("ApiKeys:0:Scopes:0", "7", "Scopes")]
    [InlineData("ApiKeys:0:RequestsPerMinute", "0", "RequestsPerMinute")]
    [InlineData("ApiKeys:0:RequestsPerMinute", "100001", "RequestsPerMinute")]
    [InlineData("ApiKeys:0:RequestsPerMinute", "many", "RequestsPerMinute")]
    [InlineData("ApiKeys:0:Apprentice", "yes", "Apprentice")]
    [InlineData("Communities:0:Recipients:0:Address", "Anna <anna@example.org>", "Recipients__0__Address")]
    [InlineData("Communities:0:Recipients:1:Address", "Anna@Example.org", "Recipients__1__Address")]
    [InlineData("Communities:0:Recipients:0:Hour", "6", "Recipients__0__Hour")]
    [InlineData("Communities:0:Recipients:0:Editions:0", "team:", "Recipients__0__Editions__0")]
    [InlineData("Mail:Password", "a-password", "Mail__User")]
    [InlineData("Address", "https://moderato.example.org/?x", "Moderato__Address")]
    [InlineData("Sources:0:Secrets:2", "a-third-secret-that-is-long", "Secrets")]
    public void OneProblemIsOneProblem(string setting, string value, string named) =>
        Assert.Contains(named, Assert.Single(Problems((setting, value), ("Sources:0:Secrets:1", "a-second-secret-that-is-long"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sources:0:Secrets:0")]
    [InlineData("Sources:0:VerifyToken")]
    [InlineData("ApiKeys:0:Sha256")]
    [InlineData("Sources:0:Secrets")]
    [InlineData("Sources:0")]
    public void ASecretIsNeverRepeated(string setting)
    {
        var configuration = Build((setting, Secret), ("Communities:0:Language", "de"), ("Sources:0:Id", "No"));
        var wrong = Assert.Throws<SettingsException>(() => SettingsServices.Read(configuration));
        Assert.DoesNotContain(Secret, wrong.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(World.FacebookSecret, wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenTelemetrysVariablesAreChecked()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(World.Settings()).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_TRACES_EXPORTER"] = "zipkin",
            ["OTEL_LOGS_EXPORTER"] = "none",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4318",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "http://127.0.0.1:4318/v1/metrics",
        }).Build();
        Assert.Equal(
            ["OTEL_TRACES_EXPORTER is 'zipkin'; it must be otlp or none.", "OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address, such as http://127.0.0.1:4318."],
            Assert.Throws<SettingsException>(() => SettingsServices.Read(configuration)).Problems);
    }

    /// <summary>Azure hands an app the reference as it stands if the vault has no such value, and anybody could guess that.</summary>
    [Fact]
    public void AReferenceToAVaultIsNoSecret()
    {
        const string reference = "@Microsoft.KeyVault(SecretUri=https://kv-itn-abc.vault.azure.net/secrets/facebook-app-secret)";
        Assert.Equal(
            ["Moderato__Mail__Password", "Moderato__Sources__0__Secrets__0", "Moderato__Sources__0__VerifyToken"],
            Problems(("Sources:0:Secrets:0", reference), ("Sources:0:VerifyToken", reference), ("Mail:User", "anna"), ("Mail:Password", " " + reference))
                .Select(p => p.Split(" is a reference to a vault that was not resolved")[0]).Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Problems(params (string Setting, string Value)[] changes) =>
        Assert.Throws<SettingsException>(() => SettingsServices.Read(Build(changes))).Problems;

    private static IConfiguration Build(params (string Setting, string Value)[] changes) =>
        new ConfigurationBuilder().AddInMemoryCollection(World.Settings())
            .AddInMemoryCollection(changes.Select(c => KeyValuePair.Create($"Moderato:{c.Setting}", (string?)c.Value))).Build();
}
