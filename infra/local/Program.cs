using System.CommandLine;
using Moderato.Local;
using Moderato.Local.Policies;
using Moderato.Local.Serve;
using Moderato.Local.Up;

// infra/local/up checks what people type; this takes what it passes on.
var repository = new Option<string>("--repository") { Required = true };
var app = new Option<string>("--app") { Required = true };
var data = new Option<string>("--data") { Required = true };
var port = new Option<int>("--port") { Required = true };
var reset = new Option<bool>("--reset");
var demo = new Option<bool>("--demo");
var once = new Option<bool>("--once");

var up = new Command("up", "Runs the app on this machine.") { repository, app, data, port, reset, demo, once };
up.SetAction(arguments => UpRun.RunAsync(
    new UpOptions(
        arguments.GetRequiredValue(repository),
        arguments.GetRequiredValue(app),
        arguments.GetRequiredValue(data),
        arguments.GetRequiredValue(port),
        arguments.GetValue(reset),
        arguments.GetValue(demo),
        arguments.GetValue(once)),
    Console.Out,
    Console.Error,
    TimeProvider.System));

var policy = new Command("policy", "Checks and tries a community's policy.") { PolicyCommands.Check(), PolicyCommands.Try() };

var root = new RootCommand("The local host.")
{
    up,
    ServeCommand.Serve(Console.Out, Console.Error, TimeProvider.System),
    ServeCommand.Health(Console.Out),
    policy,
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("--help lists what there is.");
    return UntilEnded.Refused;
}

// Signals are the run's own matter: it drains for longer than this library would wait.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
