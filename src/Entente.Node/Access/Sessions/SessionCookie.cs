using System.Globalization;
using System.Security.Claims;
using Entente.Node.Web;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Access.Sessions;

/// <summary>The cookie of a person's session. It names account, stamp and time of sign-in; all else is looked up at each request.</summary>
internal static class SessionCookie
{
    /// <summary>A session ends when nothing was asked for so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>A session ends so long after the sign-in, whatever is asked.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(24);

    private const string StampClaim = "entente:stamp";
    private const string Began = "began";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = SessionCookieName.Plain;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.Cookie.Path = "/";
        options.CookieManager = new SessionCookieName();
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.LoginPath = AccountPaths.SignIn;
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = ValidateAsync,
            OnRedirectToLogin = context => Refuse(context, StatusCodes.Status401Unauthorized),
            OnRedirectToAccessDenied = context => Refuse(context, StatusCodes.Status403Forbidden),
        };
    }

    /// <summary>Begins a session.</summary>
    /// <param name="http">The request.</param>
    /// <param name="accountId">Whose.</param>
    /// <param name="stamp">The account's stamp.</param>
    /// <param name="at">The time.</param>
    public static Task BeginAsync(HttpContext http, string accountId, string stamp, DateTimeOffset at) =>
        http.SignInAsync(AccessSchemes.Session, PrincipalOf(accountId, stamp), PropertiesOf(at));

    /// <summary>What the cookie holds.</summary>
    public static ClaimsPrincipal PrincipalOf(string accountId, string stamp) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, accountId), new(StampClaim, stamp)], AccessSchemes.Session));

    /// <summary>What the cookie holds beside.</summary>
    public static AuthenticationProperties PropertiesOf(DateTimeOffset at)
    {
        var properties = new AuthenticationProperties();
        Begin(properties, at);
        return properties;
    }

    /// <summary>Writes the time of the sign-in.</summary>
    public static void Begin(AuthenticationProperties properties, DateTimeOffset at) => properties.Items[Began] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var account = IsYoung(context.Properties, now)
            ? await services.GetRequiredService<AccessDirectory>()
                .FindAsync(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), context.Principal?.FindFirstValue(StampClaim), context.HttpContext.RequestAborted).ConfigureAwait(false)
            : null;
        if (account is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(AccessSchemes.Session).ConfigureAwait(false);
            return;
        }
        context.ReplacePrincipal(new ClaimsPrincipal(account.Identity));
        // For pages that stay connected, which are checked again by it.
        context.Principal!.AddIdentity(new ClaimsIdentity([new Claim(StampClaim, account.Stamp)]));
    }

    /// <summary>The stamp of a signed-in person; null for a program.</summary>
    public static string? StampOf(ClaimsPrincipal user) => user.FindFirstValue(StampClaim);

    private static bool IsYoung(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items.TryGetValue(Began, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var began)
        && now < DateTimeOffset.FromUnixTimeSeconds(began) + Absolute;

    /// <summary>A person is led to the sign-in; a program is told.</summary>
    private static Task Refuse(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (status == StatusCodes.Status401Unauthorized && WebCapability.IsForPeople(context.HttpContext) && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"entente\"";
        return Task.CompletedTask;
    }
}
