using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Web.Localisation;

/// <summary>Keeps the choice of the language switch in a cookie, and goes back to the page.</summary>
internal static class LanguageSwitch
{
    public const string Path = "/language";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Choose).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Where a choice is made: the page to go back to is part of the address.</summary>
    public static string Href(string code, string page) => $"{Path}?to={code}&back={Uri.EscapeDataString(page)}";

    private static IResult Choose(HttpContext http, string? to, string? back)
    {
        if (Languages.IsKnown(to))
        {
            http.Response.Cookies.Append(Languages.Cookie, to!, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
        }
        // Only to a page of ours: '//host' and '/\host' would lead elsewhere.
        var local = back is ['/', ..] and not ['/', '/' or '\\', ..] && !back.Any(char.IsControl);
        return Results.LocalRedirect(local ? back! : "/");
    }
}
