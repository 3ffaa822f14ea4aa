using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Access.Protection;

/// <summary>What every answer tells browsers: load nothing from elsewhere, run nothing that is not ours, be framed by nobody, keep nothing.</summary>
internal static class AnswerHeaders
{
    /// <summary>Blazor needs no more than this: its script is ours, and it connects to this host only.</summary>
    internal const string ContentSecurityPolicy =
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; frame-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'";

    internal const string PermissionsPolicy = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    public static void UseAnswerHeaders(this WebApplication app) => app.Use(static (HttpContext http, RequestDelegate next) =>
    {
        // At the last moment: whoever clears an answer to write an error keeps these.
        http.Response.OnStarting(static state => Write((HttpContext)state), http);
        return next(http);
    });

    private static Task Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        var frameable = http.GetEndpoint()?.Metadata.GetMetadata<FrameableAnswer>();
        headers.ContentSecurityPolicy = frameable?.ContentSecurityPolicy ?? ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = frameable is null ? "same-origin" : "cross-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        if (frameable is null)
            headers.XFrameOptions = "DENY";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}

/// <summary>Marks an answer that pages of some other origins may show in a frame; it runs no scripts.</summary>
/// <param name="ContentSecurityPolicy">Names those origins, and what the answer may load.</param>
internal sealed record FrameableAnswer(string ContentSecurityPolicy);
