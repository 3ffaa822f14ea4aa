using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Entente.Node.Access;

/// <summary>The ways by which a request says who asks.</summary>
internal static class AccessSchemes
{
    /// <summary>Chooses one of the others.</summary>
    public const string Any = "entente";

    /// <summary>A person's session, in a cookie.</summary>
    public const string Session = "entente.session";

    /// <summary>A program's key, in a header.</summary>
    public const string Key = "entente.key";

    /// <summary>Sign-in by an OpenID Connect provider; ends in a session.</summary>
    public const string Provider = "entente.provider";

    /// <summary>The header for a key beside <c>Authorization</c>.</summary>
    public const string KeyHeader = "X-API-Key";

    /// <summary>A program's key in the address, which only <c>/reconcile</c> takes: its clients cannot send headers.</summary>
    public const string AddressKey = "entente.addresskey";

    /// <summary>The parameter for a key in the address.</summary>
    public const string AddressKeyParameter = "api_key";

    /// <summary>Whoever sends a key means it: the cookie is then not looked at.</summary>
    public static string Choose(HttpContext http) =>
        http.Request.Headers.ContainsKey(HeaderNames.Authorization) || http.Request.Headers.ContainsKey(KeyHeader) ? Key
        : http.Request.Path.StartsWithSegments("/reconcile", StringComparison.Ordinal) && http.Request.Query.ContainsKey(AddressKeyParameter) ? AddressKey
        : Session;
}
