using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Hosting.Limits;

/// <summary>What one caller, one connection and one request may cost.</summary>
internal static class ServerLimits
{
    /// <summary>The name of the timeout of what is answered at once.</summary>
    public const string Timeout = "api";

    // Whoever needs longer for a few kilobytes of headers has no interest in an answer.
    private static readonly TimeSpan Headers = TimeSpan.FromSeconds(15), KeepAlive = TimeSpan.FromSeconds(75);

    /// <summary>Bounds connections. Bodies must come at 240 bytes a second at least, which is Kestrel's own rule.</summary>
    public static void Bound(this KestrelServerOptions server, NodeOptions options)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        server.Limits.MaxConcurrentConnections = options.MaxConnections;
        server.Limits.MaxConcurrentUpgradedConnections = Math.Max(1, options.MaxConnections / 4);
        server.Limits.RequestHeadersTimeout = Headers;
        server.Limits.KeepAliveTimeout = KeepAlive;
        server.Limits.MaxRequestLineSize = 16 << 10;
        server.Limits.MaxRequestBufferSize = 64 << 10;
        server.Limits.MaxResponseBufferSize = 64 << 10;
    }

    public static void AddLimits(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<CallerLimits>();
        services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Timeout, new RequestTimeoutPolicy
        {
            Timeout = options.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = http => Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: $"It took longer than {options.RequestTimeout.TotalSeconds:0.###} seconds and was given up. Send fewer names at once, or a bulk job.").ExecuteAsync(http),
        }));
    }

    /// <summary>After authentication, before authorization: whoever may not is counted too.</summary>
    public static void UseLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<CallerLimits>();
        app.Use((http, next) => limits.AnswerAsync(http, next));
        app.UseRequestTimeouts();
    }

    /// <summary>Marks what is answered at once: beyond the bound it is given up.</summary>
    public static TBuilder AnsweredAtOnce<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequestTimeoutAttribute(Timeout));

    /// <summary>Marks what is not counted.</summary>
    public static TBuilder WithoutCount<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new NotCounted());
}
