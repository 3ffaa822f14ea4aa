using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Access.Sessions;

/// <summary>Gives the cookie the prefix <c>__Host-</c> over https: browsers then take it from this very host only, and never unencrypted.</summary>
internal sealed class SessionCookieName : ICookieManager
{
    /// <summary>The name over http, which is for one's own machine.</summary>
    public const string Plain = "entente.session";

    /// <summary>The name over https.</summary>
    public const string Secure = "__Host-" + Plain;

    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, NameFor(context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, NameFor(context), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, NameFor(context), options);

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? Secure : Plain;
}
