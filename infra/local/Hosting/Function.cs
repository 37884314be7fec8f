using Azure.Storage.Queues;
using Microsoft.AspNetCore.Routing.Patterns;
using Moderato.Local.Timers;
using Moderato.Storage;

namespace Moderato.Local.Hosting;

/// <summary>One function of the app, as its folder's function.json declares it.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Binding">The name of the trigger's binding.</param>
internal abstract record Function(string Name, string Binding)
{
    /// <returns>Null if something is wrong; it is reported.</returns>
    public static Function? Read(string folder, bool forwardsHttp, Settings settings, List<string> problems)
    {
        var name = Path.GetFileName(folder);
        if (JsonFile.Read(Path.Combine(folder, "function.json"), $"{name}/function.json", problems) is not { } file)
            return null;

        var before = problems.Count;
        var bindings = file.Parts("bindings");
        var triggers = bindings.Where(b => b.Text("type")?.EndsWith("Trigger", StringComparison.Ordinal) is true).ToList();
        if (triggers is not [var trigger])
        {
            file.Report("bindings", $"must hold exactly one trigger, not {triggers.Count}.");
            return null;
        }

        var type = trigger.Text("type")!;
        foreach (var other in bindings.Where(b => b != trigger && !(type is "httpTrigger" && b.Text("type") is "http")))
            other.Report("type", $"is {other.Text("type") ?? "missing"}: beside a {type} this host knows no such binding.");

        var binding = trigger.Text("name");
        if (string.IsNullOrEmpty(binding))
            trigger.Report("name", "is missing.");
        Function? function = type switch
        {
            "httpTrigger" => HttpFunction.Read(name, binding ?? "", trigger, forwardsHttp),
            "queueTrigger" => QueueFunction.Read(name, binding ?? "", trigger, settings),
            "timerTrigger" => TimerFunction.Read(name, binding ?? "", trigger, settings),
            _ => null,
        };
        if (function is null && problems.Count == before)
            trigger.Report("type", $"is {type}: this host knows httpTrigger, queueTrigger and timerTrigger.");
        return problems.Count == before ? function : null;
    }
}

/// <summary>Answers requests.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Binding">The name of the trigger's binding.</param>
/// <param name="Route">The template under the route prefix, as <c>webhooks/{platform}</c>.</param>
/// <param name="Methods">Upper case; empty for every method.</param>
internal sealed record HttpFunction(string Name, string Binding, string Route, IReadOnlyList<string> Methods) : Function(Name, Binding)
{
    /// <summary>Whether it only says how the app is: whatever else a host leaves to others, it answers this.</summary>
    public bool IsHealth => Route.StartsWith("health/", StringComparison.OrdinalIgnoreCase);

    public static HttpFunction Read(string name, string binding, JsonFile trigger, bool forwardsHttp)
    {
        if (!forwardsHttp)
            trigger.Report("type", "is httpTrigger, which needs customHandler.enableForwardingHttpRequest to be true in host.json.");
        var route = (trigger.Text("route") ?? name).Trim('/');
        try
        {
            RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException)
        {
            trigger.Report("route", $"is {route}, which is no route template.");
        }

        return new(name, binding, route, [.. (trigger.Texts("methods") ?? []).Select(method => method.ToUpperInvariant())]);
    }
}

/// <summary>Receives the messages of a queue.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Binding">The name of the trigger's binding.</param>
/// <param name="QueueName">The queue.</param>
/// <param name="Account">The storage account's queues. Texts are moved as they lie there: one that is not base64 must not spoil its batch.</param>
internal sealed record QueueFunction(string Name, string Binding, string QueueName, QueueServiceClient Account) : Function(Name, Binding)
{
    public QueueClient Queue => Account.GetQueueClient(QueueName);

    public static QueueFunction? Read(string name, string binding, JsonFile trigger, Settings settings)
    {
        if (trigger.Text("queueName") is not { Length: > 0 } queueName)
        {
            trigger.Report("queueName", "is missing.");
            return null;
        }

        var account = AccountOf(trigger, settings);
        return settings.Resolve(queueName, trigger, "queueName") is { } resolved && account is not null ? new(name, binding, resolved, account) : null;
    }

    /// <returns>Null if no setting names one; it is reported, without a word of what may be a key.</returns>
    private static QueueServiceClient? AccountOf(JsonFile trigger, Settings settings)
    {
        var connection = trigger.Text("connection") is { Length: > 0 } named ? named : StorageConnection.Setting;
        var all = settings.ToConfiguration();
        var raw = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        try
        {
            var account = StorageConnection.FindQueues(all.GetSection(connection), raw)
                ?? StorageConnection.FindQueues(all.GetSection($"AzureWebJobs{connection}"), raw);
            if (account is null)
                trigger.Report("connection", $"names the setting {connection}, which is not set.");
            return account;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            trigger.Report("connection", $"names the setting {connection}, which is no storage connection string.");
            return null;
        }
    }
}

/// <summary>Runs by the clock.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Binding">The name of the trigger's binding.</param>
/// <param name="Schedule">When.</param>
/// <param name="UseMonitor">Whether a run missed while the host was off is made up for. Default: true.</param>
/// <param name="RunOnStartup">Whether it also runs whenever the host starts. Default: false.</param>
internal sealed record TimerFunction(string Name, string Binding, Schedule Schedule, bool UseMonitor, bool RunOnStartup)
    : Function(Name, Binding)
{
    public static TimerFunction? Read(string name, string binding, JsonFile trigger, Settings settings)
    {
        if (trigger.Text("schedule") is not { Length: > 0 } written)
        {
            trigger.Report("schedule", "is missing.");
            return null;
        }

        if (settings.Resolve(written, trigger, "schedule") is not { } resolved)
            return null;
        var zone = TimeZoneInfo.Utc;
        if (settings.Find("WEBSITE_TIME_ZONE") is { Length: > 0 } zoneId && !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out zone))
        {
            trigger.Report("schedule", $"cannot be followed: the setting WEBSITE_TIME_ZONE is {zoneId}, which is no IANA time zone.");
            return null;
        }

        if (Schedule.TryParse(resolved, zone, out var schedule))
            return new(name, binding, schedule, trigger.Flag("useMonitor") ?? true, trigger.Flag("runOnStartup") ?? false);
        trigger.Report("schedule", $"is \"{resolved}\", which is no cron expression of six fields (second minute hour day month weekday) or five.");
        return null;
    }
}
