using System.Net;
using System.Security.Authentication;
using Entente.Desk;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Partners;

/// <summary>The port for partners: TLS in which both sides show their key, and nothing else of the node behind it.</summary>
/// <remarks>It is a host of its own, so that no page, cookie or route for people can be reached through it, and the other way round.</remarks>
internal sealed class PartnerServer(NodeOptions options, OwnIdentity own, PartnerEndpoints endpoints, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const long MostBytes = 16L << 20;

    // A partner has one connection or two; the rest is for those who knock.
    private const int MostConnections = 256;

    private WebApplication? _app;

    /// <summary>Where it listens; null where it does not.</summary>
    public Uri? Listening { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Partners is not { } partners)
            return;
        var place = Place(partners.Listen);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--preventHostingStartup=true"], ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, Unattended>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MostBytes;
            server.Limits.MaxConcurrentConnections = MostConnections;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            server.Listen(place, listen => listen.UseHttps(https =>
            {
                https.ServerCertificateSelector = (_, _) => own.Certificate;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                // Who it is, is told by the key, which the handshake proves: see PartnerEndpoints.
                https.ClientCertificateValidation = (_, _, _) => true;
                https.SslProtocols = SslProtocols.Tls13;
                https.HandshakeTimeout = TimeSpan.FromSeconds(10);
            }));
        });
        _app = builder.Build();
        endpoints.Map(_app);
        await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        Listening = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The address of this machine that is listened on.</summary>
    /// <exception cref="DeskException">It is none.</exception>
    internal static IPEndPoint Place(string listen)
    {
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.PathAndQuery != "/")
            throw new DeskException($"{listen} is no address for the partner port; write it like https://0.0.0.0:8444.");
        if (url.Host == "localhost")
            return new IPEndPoint(IPAddress.Loopback, url.Port);
        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)
            ? new IPEndPoint(address, url.Port)
            : throw new DeskException($"{listen} names a machine; the partner port listens on an address of this one, such as https://0.0.0.0:8444. The name under which partners reach it goes into Entente:Partners:Address.");
    }

    private sealed class Unattended : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
