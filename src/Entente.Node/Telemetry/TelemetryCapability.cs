using System.Net;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Entente.Node.Telemetry;

/// <summary>Logs, metrics and traces: what an operator sees of the node.</summary>
internal static class TelemetryCapability
{
    /// <summary>The policy of <c>/metrics</c>.</summary>
    public const string MetricsPolicy = "metrics";

    // In seconds. Finer than the usual ones below 100 ms: that is where the node works.
    private static readonly double[] Latencies = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private static readonly double[] Batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

    // A proxy on this machine makes everybody look local; these tell that somebody else asks.
    private static readonly string[] Forwarding = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

    public static void AddTelemetry(this WebApplicationBuilder builder, NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AddLogging(builder);
        builder.Services.AddSingleton<NodeMeters>();
        builder.Services.AddHostedService<NodeGauges>();
        // Requests that are being answered are answered; what waits in the ledger is written.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddAuthorization(authorization => authorization.AddPolicy(MetricsPolicy, policy => policy.RequireAssertion(context =>
            context.User.HasClaim(RightExtensions.RightClaim, nameof(Right.ReadMetrics))
            || (options.MetricsFromLoopback && context.Resource is HttpContext http && IsOfThisMachine(http)))));

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("entente", serviceVersion: Desk.EngineVersion.Text))
            .WithMetrics(metrics => metrics
                .AddMeter(NodeMeters.Name)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Latencies })
                .AddView("entente.*.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Latencies })
                .AddView("entente.ledger.batch.size", new ExplicitBucketHistogramConfiguration { Boundaries = Batches })
                .AddPrometheusExporter());
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        telemetry
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(web =>
                // What is searched for stands in the query: it leaves this machine in no trace.
                web.EnrichWithHttpResponse = (activity, _) => activity.SetTag("url.query", null)))
            .WithLogging()
            .UseOtlpExporter();
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes) =>
        routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(MetricsPolicy);

    private static void AddLogging(WebApplicationBuilder builder)
    {
        // Decided when all of the configuration is known, and whatever formatter somebody else chose.
        builder.Services.AddOptions<ConsoleLoggerOptions>().PostConfigure<IConfiguration>((console, configuration) =>
        {
            if (configuration.GetValue<bool>("Entente:Logging:Json"))
                console.FormatterName = ConsoleFormatterNames.Json;
        });
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            json.JsonWriterOptions = new() { Encoder = Store.NodeJson.Options.Encoder };
        });
        // The address of a request holds the name that is searched for: it is logged by nobody, whatever the configuration says.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
    }

    private static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !Forwarding.Any(http.Request.Headers.ContainsKey);
}
