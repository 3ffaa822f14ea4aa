using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Entente.Node.Access.Protection;

/// <summary>Refuses what another site makes a browser send: browsers say by <c>Sec-Fetch-Site</c>, older ones by <c>Origin</c>, from where a request comes.</summary>
/// <remarks>Whoever sends a key is no browser led astray, and a request without both headers is of a program that no other site commands. Forms have a token besides.</remarks>
internal static class SameOrigin
{
    public static void UseSameOrigin(this WebApplication app) => app.Use(static (HttpContext http, RequestDelegate next) =>
    {
        if (!IsRefused(http))
            return next(http);
        return Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "The request was made by another site. Make it from a page of this node, or with an API key.").ExecuteAsync(http);
    });

    internal static bool IsRefused(HttpContext http)
    {
        var request = http.Request;
        if (IsSafe(request) || AccessSchemes.Choose(http) is AccessSchemes.Key or AccessSchemes.AddressKey)
            return false;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What changes nothing; a web socket is not of these, since it begins with a GET and then takes orders.</summary>
    private static bool IsSafe(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
        && !request.HttpContext.WebSockets.IsWebSocketRequest && !string.Equals(request.Headers[HeaderNames.Upgrade], "websocket", StringComparison.OrdinalIgnoreCase);
}
