using System.Net;
using System.Net.Sockets;
using Entente.Node.Hosting;

namespace Entente.Node.Monitoring;

/// <summary>Where a webhook may go: so that nobody makes this node call what only it can reach.</summary>
internal static class WebhookAddress
{
    /// <summary>Refuses what is no address for a webhook.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowPrivate">Whether private networks are allowed.</param>
    /// <exception cref="RequestException">It is none.</exception>
    public static Uri Check(string? text, bool allowPrivate)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0 || text.Length > 2000)
            throw RequestException.Bad("address: expected an address that begins with https://.");
        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            throw RequestException.Bad("address: it must not hold a user, a password or a fragment; deliveries are signed.");
        if (address.Scheme == "http" && !IsLoopbackName(address))
            throw RequestException.Bad("address: only https, or http to this machine (http://127.0.0.1:...).");
        if (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && !IsAllowed(ip, address, allowPrivate))
            throw RequestException.Bad("address: it is in a private network. An administrator can allow that: webhooks.allowPrivateAddresses.");
        return address;
    }

    /// <summary>Connects to the first address of a host that is allowed. Looked up here and not before, so that a name cannot point elsewhere in between.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool allowPrivate, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel).ConfigureAwait(false);
        var allowed = Array.FindAll(addresses, ip => IsAllowed(ip, context.InitialRequestMessage.RequestUri!, allowPrivate));
        if (allowed.Length == 0)
            throw new WebhookRefusedException($"{context.DnsEndPoint.Host} is in a private network, or has no address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLoopbackName(Uri address) => address.IdnHost == "localhost" || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static bool IsAllowed(IPAddress ip, Uri address, bool allowPrivate)
    {
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        // This machine by its own name is meant; by another name it is a trap.
        return IPAddress.IsLoopback(ip) ? IsLoopbackName(address) || allowPrivate : allowPrivate ? !IsNowhere(ip) : IsPublic(ip);
    }

    private static bool IsNowhere(IPAddress ip) => ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) || ip.IsIPv6Multicast || ip.GetAddressBytes() is [>= 224, _, _, _] or [169, 254, _, _];

    /// <summary>Addresses of the Internet: not those of the IANA registries of special-purpose addresses (RFC 6890).</summary>
    private static bool IsPublic(IPAddress ip) => ip.AddressFamily switch
    {
        AddressFamily.InterNetwork => ip.GetAddressBytes() switch
        {
            [0 or 10 or 127, ..] or [>= 224, ..] => false,
            [100, >= 64 and <= 127, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] => false,
            [192, 0, 0 or 2, _] or [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] or [192, 88, 99, _] => false,
            _ => true,
        },
        AddressFamily.InterNetworkV6 => ip.GetAddressBytes() switch
        {
            // 2000::/3 is what is given out; in it are documentation, 6to4 and Teredo, which lead elsewhere.
            [0x20, 0x01, 0x0D, 0xB8, ..] or [0x20, 0x01, 0x00, 0x00, ..] or [0x20, 0x02, ..] or [0x3F, 0xFF, ..] => false,
            [>= 0x20 and <= 0x3F, ..] => true,
            _ => false,
        },
        _ => false,
    };
}

/// <summary>A webhook's host is where none may go.</summary>
internal sealed class WebhookRefusedException(string message) : IOException(message);
