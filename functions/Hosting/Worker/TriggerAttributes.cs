namespace Moderato.Hosting.Worker;

/// <summary>Who may call an HTTP function, in the Functions host's terms.</summary>
public enum AuthorizationLevel
{
    /// <summary>Everybody, as far as the host is concerned. Moderato checks its own keys and signatures.</summary>
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}

/// <summary>Runs the function for an HTTP request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>HTTP methods; none means every method.</summary>
    public string[]? Methods { get; } = methods;

    /// <summary>Route template below the host's prefix (<c>api</c>). Default: the function's name.</summary>
    public string? Route { get; set; }
}

/// <summary>Runs the function for each message of a storage queue.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Name of the setting that holds the connection. Default: <c>AzureWebJobsStorage</c>.</summary>
    public string? Connection { get; set; }
}

/// <summary>Runs the function by the clock.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>NCrontab expression with seconds, in UTC.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether the function also runs when the host starts. Default: no.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Whether missed runs are noticed and made up for. Default: yes.</summary>
    public bool UseMonitor { get; set; } = true;
}
