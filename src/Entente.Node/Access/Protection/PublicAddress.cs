using System.Net;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Access.Protection;

/// <summary>By which address people reach the node, and from which they come, where something stands in front of it.</summary>
/// <remarks>The public address is the operator's word; headers are believed from proxies that the operator named, and from nobody else.</remarks>
internal static class PublicAddress
{
    public static void UsePublicAddress(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<NodeOptions>();
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(Forwarded(options.TrustedProxies));
        if (options.PublicAddress is not { } text)
            return;
        var address = Parse(text);
        var host = HostString.FromUriComponent(address);
        app.Use((HttpContext http, RequestDelegate next) =>
        {
            (http.Request.Scheme, http.Request.Host) = (address.Scheme, host);
            return next(http);
        });
    }

    private static Uri Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/"
        ? address
        : throw new InvalidOperationException($"Entente:PublicAddress: '{text}' is no address such as https://entente.example.org.");

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<string> proxies)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = proxies.Count };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                forwarded.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network))
                forwarded.KnownIPNetworks.Add(network);
            else
                throw new InvalidOperationException($"Entente:TrustedProxies: '{proxy}' is neither an address nor a network such as 10.0.0.0/8.");
        }
        return forwarded;
    }
}
