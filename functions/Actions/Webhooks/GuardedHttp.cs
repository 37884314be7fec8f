using System.Net;
using System.Net.Sockets;

namespace Moderato.Actions.Webhooks;

/// <summary>An address lies where nobody outside may send us: in this machine, a private network, a cloud's own services.</summary>
public sealed class PrivateAddressException() : IOException("the address lies in a private network");

/// <summary>
/// Connects to public addresses only. The check is made on the very address that is connected to, after the name was resolved, so that a
/// name cannot point elsewhere a moment later. Redirects are not followed: by Standard Webhooks they are failures.
/// </summary>
public static class GuardedHttp
{
    public static SocketsHttpHandler Handler(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ConnectCallback = async (context, cancellationToken) =>
        {
            var host = context.DnsEndPoint.Host;
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
            var allowed = addresses.Where(a => allowPrivate || IsPublic(a)).ToArray();
            if (allowed.Length == 0)
                throw new PrivateAddressException();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>Networks that IANA's registries of special-purpose addresses call not globally reachable.</summary>
    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "ff00::/8",
    }.Select(n => IPNetwork.Parse(n))];

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        // An IPv4 address inside 64:ff9b::/96 is reached by translation: what it names counts.
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16 && bytes.AsSpan(0, 12).SequenceEqual(Translated))
            address = new IPAddress(bytes.AsSpan(12));
        return !Array.Exists(NotPublic, network => network.Contains(address));
    }

    private static readonly byte[] Translated = [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
}
