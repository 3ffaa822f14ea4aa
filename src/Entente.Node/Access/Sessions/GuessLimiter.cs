using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Access.Sessions;

/// <summary>Bounds how often one address may fail to sign in. What succeeds is not counted: an office behind one address is not shut out.</summary>
/// <param name="clock">The clock.</param>
internal sealed class GuessLimiter(TimeProvider clock)
{
    /// <summary>So many may fail within <see cref="Window"/>.</summary>
    public const int Most = 20;

    // Beyond these, further addresses are not counted: memory stays bounded, and each account still locks.
    private const int MostAddresses = 10_000;

    /// <summary>Counted within this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (DateTimeOffset Began, int Count)> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Begins an attempt, which counts until <see cref="Succeeded"/>.</summary>
    /// <param name="address">From where.</param>
    /// <returns>How long to wait, where no more may be tried; null where it may.</returns>
    public TimeSpan? Begin(IPAddress? address)
    {
        var key = KeyOf(address);
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_counts.TryGetValue(key, out var counted) && now < counted.Began + Window)
            {
                if (counted.Count >= Most)
                    return counted.Began + Window - now;
                _counts[key] = (counted.Began, counted.Count + 1);
                return null;
            }
            if (_counts.Count >= MostAddresses)
                Forget(now);
            if (_counts.Count < MostAddresses)
                _counts[key] = (now, 1);
            return null;
        }
    }

    /// <summary>The attempt was no guess.</summary>
    /// <param name="address">From where.</param>
    public void Succeeded(IPAddress? address)
    {
        var key = KeyOf(address);
        lock (_lock)
        {
            if (_counts.TryGetValue(key, out var counted) && counted.Count > 0)
                _counts[key] = (counted.Began, counted.Count - 1);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var key in _counts.Where(counted => now >= counted.Value.Began + Window).Select(counted => counted.Key).ToList())
            _counts.Remove(key);
    }

    /// <summary>One subscriber of IPv6 has at least the 64 lower bits.</summary>
    private static string KeyOf(IPAddress? address)
    {
        if (address is null)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
