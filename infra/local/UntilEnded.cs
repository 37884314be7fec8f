using System.Runtime.InteropServices;
using Moderato.Local.Hosting;
using Moderato.Local.Up;

namespace Moderato.Local;

/// <summary>Runs something until a signal ends it, and says what went wrong in words.</summary>
internal static class UntilEnded
{
    public const int Failed = 1;
    public const int Refused = 2;

    /// <param name="run">What runs. It ends by itself, or when its token says so.</param>
    /// <param name="errors">Receives what went wrong.</param>
    /// <param name="whenEndedEarly">The code if a signal ends it before it is up.</param>
    /// <returns>What the run returned; 1 if the app does not start; 2 for what the caller can mend.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> run, TextWriter errors, int whenEndedEarly)
    {
        using var ending = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        try
        {
            return await run(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return whenEndedEarly;
        }
        catch (Exception refused) when (refused is UpException or AppException or PortException)
        {
            await errors.WriteLineAsync(refused.Message);
            return Refused;
        }
        catch (HandlerException failed)
        {
            await errors.WriteLineAsync($"The app does not start. {failed.Message} Its last lines:");
            foreach (var line in failed.LastLines)
                await errors.WriteLineAsync($"  {line}");
            return failed.WrongSettings ? Refused : Failed;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
    }
}
