using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace Moderato.Local.Serve;

/// <summary><c>serve</c> and <c>health</c>: the app on a server or in a container, and the question whether it is well.</summary>
internal static class ServeCommand
{
    private const int UsualPort = 8080;

    private static readonly Dictionary<string, Triggers> Kinds = new(StringComparer.Ordinal)
    {
        ["http"] = Triggers.Http,
        ["queues"] = Triggers.Queues,
        ["timers"] = Triggers.Timers,
    };

    public static Command Serve(TextWriter output, TextWriter errors, TimeProvider time)
    {
        var app = new Option<string>("--app") { Required = true, HelpName = "FOLDER", Description = "The published app." };
        var data = new Option<string>("--data")
        {
            Required = true,
            HelpName = "FOLDER",
            Description = "Where it is kept when timers ran. Made if missing; one run at a time.",
        };
        var address = new Option<IPAddress>("--address")
        {
            HelpName = "IP",
            Description = "Where to listen: 0.0.0.0 for everywhere.",
            CustomParser = ReadAddress,
            DefaultValueFactory = _ => IPAddress.Loopback,
        };
        var port = Port();
        var triggers = new Option<Triggers>("--triggers")
        {
            HelpName = "NAMES",
            Description = "Which functions run here: http, queues, timers, with commas between. Default: all of them.",
            CustomParser = ReadTriggers,
            DefaultValueFactory = _ => Triggers.All,
        };

        var serve = new Command("serve", "Runs a published app on a server; its settings are environment variables.") { app, data, address, port, triggers };
        serve.SetAction(arguments => ServeRun.RunAsync(
            new ServeOptions(
                arguments.GetRequiredValue(app),
                arguments.GetRequiredValue(data),
                arguments.GetRequiredValue(address),
                arguments.GetRequiredValue(port),
                arguments.GetRequiredValue(triggers)),
            output,
            errors,
            time));
        return serve;
    }

    public static Command Health(TextWriter output)
    {
        var port = Port();
        var health = new Command("health", "Asks an app that is served on this machine whether it can take work. Exit code 0 if so.") { port };
        health.SetAction((arguments, cancellationToken) => HealthQuestion.AskAsync(arguments.GetRequiredValue(port), output, cancellationToken));
        return health;
    }

    private static Option<int> Port() => new("--port")
    {
        HelpName = "N",
        Description = "The port.",
        CustomParser = ReadPort,
        DefaultValueFactory = _ => UsualPort,
    };

    private static int ReadPort(ArgumentResult written)
    {
        var text = written.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536)
            return port;
        written.AddError($"--port must be a number from 1 to 65535, not {text}.");
        return 0;
    }

    private static IPAddress ReadAddress(ArgumentResult written)
    {
        var text = written.Tokens.Single().Value;
        if (IPAddress.TryParse(text, out var address))
            return address;
        written.AddError($"--address must be an IP address as 127.0.0.1 or 0.0.0.0, not {text}.");
        return IPAddress.None;
    }

    private static Triggers ReadTriggers(ArgumentResult written)
    {
        var names = written.Tokens.Single().Value.Split(',', StringSplitOptions.TrimEntries);
        var unknown = names.Where(name => !Kinds.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
            written.AddError($"--triggers knows {string.Join(", ", Kinds.Keys)}, not {string.Join(", ", unknown.Select(name => $"\"{name}\""))}.");
        return names.Aggregate(default(Triggers), (all, name) => all | Kinds.GetValueOrDefault(name));
    }
}
