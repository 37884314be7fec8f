using System.CommandLine;
using System.Runtime.InteropServices;
using Moderato.Local.Host;
using Moderato.Local.Up;

// ./infra/local/up is the command for people; it checks what it is given, builds, and starts this.
var repository = new Option<string>("--repository") { Required = true };
var app = new Option<string>("--app") { Required = true };
var data = new Option<string>("--data") { Required = true };
var port = new Option<int>("--port") { Required = true };
var reset = new Option<bool>("--reset");
var demo = new Option<bool>("--demo");
var once = new Option<bool>("--once");
var up = new Command("up", "Runs Moderato on this machine.") { repository, app, data, port, reset, demo, once };

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

up.SetAction(async (arguments, _) =>
{
    var command = new UpCommand(
        arguments.GetRequiredValue(repository), arguments.GetRequiredValue(app), arguments.GetRequiredValue(data), arguments.GetRequiredValue(port),
        arguments.GetValue(reset), arguments.GetValue(demo), arguments.GetValue(once));
    try
    {
        return await command.RunAsync(Console.Out, TimeProvider.System, stop.Token);
    }
    catch (LocalHostException cannot)
    {
        await Console.Error.WriteLineAsync(cannot.Message);
        return 2;
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return command.Once ? 1 : 0; // told to stop before the demo was over
    }
});
// Signals are handled here: what runs is finished first, however long that takes.
return await new RootCommand { up }.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
