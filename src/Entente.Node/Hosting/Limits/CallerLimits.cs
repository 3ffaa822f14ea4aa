using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Entente.Node.Access;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Hosting.Limits;

/// <summary>How many requests a caller has left in this minute: one key or session, or, where nobody is signed in, one address.</summary>
/// <remarks>
/// Windows of a minute, told of in the headers of draft-ietf-httpapi-ratelimit-headers (<c>RateLimit-Policy</c>, <c>RateLimit</c>).
/// Memory is bounded: windows that ended are dropped, and beyond <see cref="MostCallers"/> all further addresses share one.
/// </remarks>
internal sealed class CallerLimits(NodeOptions options, TimeProvider clock)
{
    /// <summary>The length of a window in seconds.</summary>
    public const int WindowSeconds = 60;

    /// <summary>Most callers that are told apart.</summary>
    public const int MostCallers = 100_000;

    private const string Others = "others";

    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);
    private long _sweptAt = clock.GetTimestamp();

    /// <summary>How many callers are told apart at present.</summary>
    public int Callers => _windows.Count;

    /// <summary>Counts a request, says in the headers what is left, and refuses it where nothing is.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">What answers it.</param>
    public Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        var (caller, most) = CallerOf(http);
        if (most <= 0 || http.GetEndpoint()?.Metadata.GetMetadata<NotCounted>() is not null)
            return next(http);
        var (used, seconds) = Count(caller);
        // Added last: what goes wrong on the way clears the headers that are there.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"requests\";q={most};w={WindowSeconds}");
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"requests\";r={Math.Max(0, most - used)};t={seconds}");
            if (used > most)
                headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return used <= most
            ? next(http)
            : throw new RequestException(StatusCodes.Status429TooManyRequests, $"More than {most} requests in a minute. Send several names in one request, or try again in {seconds} seconds.");
    }

    private (string Caller, int Most) CallerOf(HttpContext http) => http.User.FindFirst(RightExtensions.ActorClaim)?.Value is { } actor
        ? (actor, options.RequestsPerMinute)
        : ("address:" + AddressOf(http.Connection.RemoteIpAddress), options.AnonymousRequestsPerMinute);

    /// <summary>Of version 6 the network: whoever has one address there has them all.</summary>
    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private (int Used, int Seconds) Count(string caller)
    {
        var now = clock.GetTimestamp();
        if (_windows.Count > MostCallers / 2)
            Sweep(now);
        var window = _windows.TryGetValue(caller, out var known) ? known : _windows.GetOrAdd(_windows.Count < MostCallers ? caller : Others, _ => new Window(now));
        lock (window)
        {
            if (clock.GetElapsedTime(window.Began, now).TotalSeconds >= WindowSeconds)
                (window.Began, window.Used) = (now, 0);
            if (window.Used < int.MaxValue)
                window.Used++;
            return (window.Used, Math.Clamp(WindowSeconds - (int)clock.GetElapsedTime(window.Began, now).TotalSeconds, 1, WindowSeconds));
        }
    }

    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (clock.GetElapsedTime(last, now).TotalSeconds < 1 || Interlocked.CompareExchange(ref _sweptAt, now, last) != last)
            return;
        foreach (var (caller, window) in _windows)
        {
            if (clock.GetElapsedTime(window.Began, now).TotalSeconds >= WindowSeconds)
                _windows.TryRemove(caller, out _);
        }
    }

    private sealed class Window(long began)
    {
        public long Began { get; set; } = began;

        public int Used { get; set; }
    }
}

/// <summary>Marks what is asked by machines that watch the node, and is not counted.</summary>
internal sealed class NotCounted;
