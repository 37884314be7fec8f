using System.Net;
using System.Net.Sockets;

namespace Moderato.Tests.Support;

/// <summary>
/// Ports for what tests start. They lie below the range from which the system gives ports to outgoing connections, and each is
/// given once: else a test running beside could take one between its choice and its use.
/// </summary>
internal static class FreePort
{
    private const int First = 21000;
    private const int Count = 9000;

    private static int _next = Environment.ProcessId % Count;

    public static int Take()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
    }
}
