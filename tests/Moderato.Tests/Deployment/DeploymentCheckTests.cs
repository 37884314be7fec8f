using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Deployment;

/// <summary>What is deployed fits together; and the check that says so notices what does not, in a copy with one thing changed.</summary>
public sealed class DeploymentCheckTests(DeploymentChecker checker) : IClassFixture<DeploymentChecker>
{
    private const string Main = "infra/azure/main.bicep";
    private const string Storage = "infra/azure/modules/storage.bicep";
    private const string Vault = "infra/azure/modules/vault.bicep";
    private const string Functions = "infra/azure/modules/functions.bicep";
    private const string Alerts = "infra/azure/modules/alerts.bicep";
    private const string Guide = "infra/azure/README.md";
    private const string Settings = "infra/azure/settings.json";
    private const string Options = "functions/Hosting/Settings/ModeratoOptions.cs";

    /// <summary>A file, what is replaced in it, by what, and the problem that has to be named.</summary>
    public static TheoryData<string, string, string, string> Mutations => new()
    {
        // The published folder
        { "host.json", "\"maxDequeueCount\": 5,", "", "host.json: extensions.queues.maxDequeueCount is not set" },
        { "host.json", "\"messageEncoding\": \"base64\"", "\"messageEncoding\": \"none\"", "the code sends base64" },
        { "host.json", "\"Moderato\"", "\"Moderata\"", "Moderata: is missing, which host.json starts" },
        { "functions/bin/app/ModerateComments/function.json", "\"comments\"", "\"coments\"", "Bicep makes no queue 'coments'" },
        { "functions/bin/app/GetLive/function.json", "httpTrigger", "http", "has 0 triggers" },
        { "functions/Hosting/Health.cs", "[Function(\"GetLive\")]", "[Function(\"GetAlive\")]", "GetAlive: is missing, though the code has such a function" },

        // Bicep by itself
        { Main, "module vault 'modules/vault.bicep' = {", "module vault 'modules/vault.bicep' {", "infra/azure/main.bicep:" },
        { Vault, "@description('Region.')\n", "", "infra/azure/modules/vault.bicep:8: param location has no description" },
        { Storage, "@minValue(1)\n", "", "param blobRetentionDays is a number without a range" },
        { Main, "'modules/budget.bicep'", "'br/public:avm/res/consumption/budget:0.1.0'", "module budget comes from a registry" },
        { Main, "    vaultUri: vault.outputs.uri\n", "", "module app is not given vaultUri" },
        { Main, "    packageContainer: packageContainer\n", "    packageContainer: packageContainer\n    packages: 'x'\n", "module app is given packages" },
        { Main, "insightsName: monitoring.outputs.insightsName", "insightsName: monitoring.outputs.insights", "monitoring.outputs.insights: " },
        { Main, "var allTags = union(tags,", "var allTags = union(tag,", "tag is declared nowhere" },
        { Main, "@maxValue(1000)\nparam maxInstances", "@maxValue(500)\nparam maxInstances", "param maxInstances has @maxValue(500)" },
        { Main, "ukwest: 'ukw'", "ukwest: 'uks'", "ukwest has the code 'uks', as uksouth has" },
        { Main, "  ukwest: 'ukw'\n", "", "regionCodes has no code for ukwest" },
        { Main, "'stmod${code}${token}'", "'stmoderato${code}${token}'", "may become 27 characters long; " },
        { "infra/azure/main.parameters.json", "\"networkPrefix\"", "\"networkPrefixes\"", "networkPrefixes is no param" },
        { Guide, "| `AZURE_MAX_INSTANCES` | `40` |", "| `AZURE_MAX_INSTANCES` | `50` |", "AZURE_MAX_INSTANCES is said to be 50 by default" },
        { Guide, "| `AZURE_ALERT_RULES` | `true` | |\n", "", "AZURE_ALERT_RULES (param alertRules) is not in the table" },
        { Storage, "  'replays'\n", "", "no queue 'replays' is made, which functions/Comments/QueueNames.cs has" },
        { Storage, "  'incidents'\n", "", "no table 'incidents' is made, which functions/Storage/TableSet.cs has" },
        { Storage, "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "must have properties.allowSharedKeyAccess: false, not true" },
        { Storage, "publicAccess: 'None'", "publicAccess: 'Blob'", "must have properties.publicAccess: 'None'" },
        { Functions, "version: '1.0'", "version: '1'", "must have properties.functionAppConfig.runtime.version: '1.0', not '1'" },
        { Functions, "    httpsOnly: true\n", "", "must have properties.httpsOnly: true" },
        { Functions, "output address string = 'https://${site.properties.defaultHostName}'", "output address string = insights.properties.ConnectionString", "output address holds a secret" },

        // Settings
        { Functions, "name: 'AZURE_CLIENT_ID'", "name: 'FUNCTIONS_WORKER_RUNTIME'", "Flex Consumption refuses or ignores FUNCTIONS_WORKER_RUNTIME" },
        { Functions, "name: 'AzureWebJobsStorage__queueServiceUri'", "name: 'AzureWebJobsStorage__queuesServiceUri'", "the app is not given AzureWebJobsStorage__queueServiceUri" },
        { Settings, "Moderato__Sources__0__Account", "Moderato__Sources__0__Acount", "nothing reads the setting Moderato__Sources__0__Acount" },
        { Settings, "vault:facebook-app-secret", "a-secret-of-an-app", "Moderato__Sources__0__Secrets__0 is a secret in clear" },
        { Settings, "vault:facebook-verify-token", "vault:facebook_token", "Moderato__Sources__0__VerifyToken names a value of the vault in a way that no vault allows" },
        { Settings, "vault:facebook-verify-token", "vault:another-token", "puts nothing into the vault as another-token" },
        { "local.settings.sample.json", "Moderato__ApiKeys__0__Sha256", "Moderato__ApiKeys__0__Sha", "local.settings.sample.json:" },
        { Options, "public string? Host { get; set; }", "public string? Host { get; set; }\n    public string? Proxy { get; set; }", "Moderato__Mail__Proxy is read (functions/Hosting/Settings/ModeratoOptions.cs:" },
        { "README.md", "`Moderato__Mail__Host`, `Port`,", "`Moderato__Mail__Host`,", "Moderato__Mail__Port is read" },
        { "README.md", "| `Moderato__Address` |", "| `Moderato__Address`, `Moderato__Address` |", "Moderato__Address is described twice" },
        { "README.md", "| `Moderato__Address` |", "| `Moderato__Address`, `Moderato__Adress` |", "nothing reads the setting Moderato__Adress" },
        { "functions/Hosting/TELEMETRY.md", "`OTEL_SDK_DISABLED`", "`OTEL_SDK_OFF`", "OTEL_SDK_DISABLED is read" },

        // Roles
        { Storage, "  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor\n", "", "the app is not given the role Storage Queue Data Contributor on Microsoft.Storage/storageAccounts" },
        { Storage, "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "the app is given the role Owner on Microsoft.Storage/storageAccounts" },
        { Storage, "empty(containers) ? [] : appBlobRoles", "appBlobRoles, ['17d1049b-9a84-46fb-8f53-869881c3d3ab']", "the app is given the role Storage Account Contributor" },
        { Vault, "  scope: vault\n", "", "role assignment appRole has no resource as its scope" },
        { Vault, "    principalType: 'ServicePrincipal'\n", "", "role assignment appRole has no principalType" },
        { Main, "    readerPrincipalId: principalId\n", "", "whoever deploys is not given the role Storage Table Data Reader" },

        // Alerts
        { Alerts, @"Alarm of \S+ told after", @"Alarm of \S+ sent after", "alert alarms looks for what matches" },
        { Alerts, @"(fail|crit): Moderato\.(\w+\.)*Park\w*\[", @"(fail|crit): Moderato\.(\w+\.)*Bury\w*\[", "alert parked looks for" },
        { "functions/Moderation/MeasureQueues.cs", "(oldest {(long)age.TotalSeconds} s)", "(oldest: {(long)age.TotalSeconds} s)", "alert waiting looks for" },
        { "functions/Digests/CompileDigests.cs", "LoggerMessage(LogLevel.Error", "LoggerMessage(LogLevel.Warning", "alert digests looks for" },
        { "infra/azure/ALERTS.md", "| digests |", "| digest |", "the alert digests (infra/azure/modules/alerts.bicep:" },

        // Pages and azd
        { Guide, "[Upgrade](UPGRADE.md)", "[Upgrade](UPGRADING.md)", "the link UPGRADING.md leads nowhere" },
        { Guide, "[below](#parameters)", "[below](#options)", "has no heading for #options" },
        { "azure.yaml", "project: functions", "project: function", "the service app has the project folder function" },
        { Main, "serviceName: 'app'", "serviceName: 'api'", "no resource has the tag azd-service-name: app" },
    };

    [Fact]
    public async Task WhatIsDeployedFitsTogether()
    {
        var (exitCode, said) = await DeploymentChecker.RunAsync("--app", PublishedApp.Folder, "--root", Repository.Root);

        Assert.True(exitCode == 0, said);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    [Theory, MemberData(nameof(Mutations))]
    public async Task WhatDoesNotFitIsNamed(string file, string from, string to, string problem)
    {
        using var copy = new Copy();
        var own = copy.Own(file);
        var text = await File.ReadAllTextAsync(own);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        await File.WriteAllTextAsync(own, string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length)));

        var problems = await checker.ProblemsOfAsync(copy.Root);

        Assert.Contains(problems, one => one.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AProgramThatNobodyMayStartIsNamed()
    {
        using var copy = new Copy();
        var program = copy.Own("functions/bin/app/Moderato");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal(["functions/bin/app/Moderato: must be executable (chmod +x): the package keeps what the file says, and the host could not start it"], await checker.ProblemsOfAsync(copy.Root));
    }

    [Theory]
    [InlineData("functions/bin/app/local.settings.json")]
    [InlineData("functions/bin/app/comments.tsv")]
    public async Task WhatMustNotBePublishedIsNamed(string file)
    {
        using var copy = new Copy();
        await File.WriteAllTextAsync(copy.Own(file), "{}");

        Assert.Equal([$"{file}: must not be published; take it out of the project's items"], await checker.ProblemsOfAsync(copy.Root));
    }

    /// <summary>All at once, each on a line of its own, the last of which counts them.</summary>
    [Fact]
    public async Task EveryProblemIsPrinted()
    {
        using var copy = new Copy();
        File.Delete(copy.Own(Settings));
        await File.WriteAllTextAsync(copy.Own(Settings), """{"Moderato__Mail__Password":"in clear","Moderato__Mail__Hots":"mail.example.org"}""");

        var (exitCode, said) = await DeploymentChecker.RunAsync("--root", copy.Root);

        Assert.Equal(1, exitCode);
        var lines = said.TrimEnd().Split('\n');
        Assert.Equal("2 problems.", lines[^1]);
        Assert.StartsWith($"{Settings}:1: Moderato__Mail__Password is a secret in clear; put it into the vault and write vault:NAME", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{Settings}:1: nothing reads the setting Moderato__Mail__Hots; there are Moderato__Mail__From, Moderato__Mail__Host,", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--roots", "x")]
    [InlineData("--root", "/")]
    [InlineData("something")]
    public async Task AWrongCallIsExplained(params string[] arguments)
    {
        var (exitCode, said) = await DeploymentChecker.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains("Usage: node tests/check-deployment.mjs", said, StringComparison.Ordinal);
    }
}
