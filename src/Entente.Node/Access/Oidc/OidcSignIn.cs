using System.Security.Claims;
using Entente.Node.Access.Accounts;
using Entente.Node.Access.Sessions;
using Entente.Node.Audit;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Entente.Node.Access.Oidc;

/// <summary>Sign-in through the provider: the code flow with PKCE. The provider's tokens are read and forgotten; what remains is a session like any other.</summary>
internal static partial class OidcSignIn
{
    private const string Refused = $"{AccountPaths.SignIn}?problem=provider";

    public static void Configure(OpenIdConnectOptions oidc, OidcOptions options)
    {
        options.Check();
        oidc.Authority = options.Authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.RequireHttpsMetadata = options.Authority.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        oidc.SignInScheme = AccessSchemes.Session;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes by a redirect, so that strict cookies suffice; a posted form would need cookies that every site may cause to be sent.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.MapInboundClaims = false;
        // Signed by a key that only the provider has: the client's secret signs nothing.
        oidc.TokenValidationParameters.ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
        oidc.CallbackPath = OidcOptions.CallbackPath;
        oidc.Scope.Add("email");
        foreach (var scope in options.Scopes)
            oidc.Scope.Add(scope);
        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.HttpOnly = true;
        }
        oidc.Events = new OpenIdConnectEvents { OnTokenValidated = CheckAsync, OnTicketReceived = context => AcceptAsync(context, options), OnRemoteFailure = FailAsync };
    }

    public static void MapProvider(this IEndpointRouteBuilder routes) => routes.MapGet(OidcOptions.BeginPath, (string? returnUrl) =>
        Results.Challenge(new AuthenticationProperties { RedirectUri = LocalAddress.Of(returnUrl) }, [AccessSchemes.Provider])).AllowAnonymous().ExcludeFromDescription();

    /// <summary>What the library does not ask of a token.</summary>
    private static Task CheckAsync(TokenValidatedContext context)
    {
        // A token without a signature is taken by the library when it came straight from the provider; not by us.
        if (string.IsNullOrEmpty(context.SecurityToken.RawSignature))
            context.Fail("The provider's token is not signed.");
        else if (string.IsNullOrEmpty(context.Principal?.FindFirstValue("sub")))
            context.Fail("The provider says nothing of who it is (sub).");
        return Task.CompletedTask;
    }

    /// <summary>Everything is checked by now, the nonce too: not before may an account be made of it.</summary>
    private static async Task AcceptAsync(TicketReceivedContext context, OidcOptions options)
    {
        var services = context.HttpContext.RequestServices;
        var claims = context.Principal!;
        var subject = claims.FindFirst("sub")!; // checked above
        var login = claims.FindFirstValue("preferred_username") ?? claims.FindFirstValue("email") ?? subject.Value;
        var name = claims.FindFirstValue("name") is { Length: > 0 and <= 100 } known ? known : login;
        var account = await services.GetRequiredService<AccountService>().FromProviderAsync($"{subject.Issuer} {subject.Value}", login, name[..Math.Min(name.Length, 100)],
            options.RolesOf(claims.FindAll(options.RoleClaim).Select(claim => claim.Value)), context.HttpContext.Connection.RemoteIpAddress?.ToString(), context.HttpContext.RequestAborted).ConfigureAwait(false);
        if (account.Disabled)
        {
            // A failure said here would be overlooked, and the sign-in go on.
            context.Response.Redirect(Refused);
            context.HandleResponse();
            return;
        }
        context.Principal = SessionCookie.PrincipalOf(account.Id, account.SecurityStamp);
        SessionCookie.Begin(context.Properties!, services.GetRequiredService<SignInService>().Now);
        if (account.RoleNames.Length == 0)
            context.ReturnUri = AccountPaths.Account;
    }

    private static async Task FailAsync(RemoteFailureContext context)
    {
        var services = context.HttpContext.RequestServices;
        Failed(services.GetRequiredService<ILogger<OidcOptions>>(), context.Failure?.GetType().Name ?? "unknown", Short(context.Failure?.Message));
        // Anybody can make it fail: no more entries of one address than its guesses are allowed.
        var address = context.HttpContext.Connection.RemoteIpAddress;
        if (services.GetRequiredService<GuessLimiter>().Begin(address) is null)
        {
            await services.GetRequiredService<Ledger>().RecordAsync(Actor.System("provider"), AuditAction.SignInFailed, "account:unknown",
                System.Text.Json.JsonSerializer.Serialize(new { reason = "provider", address = address?.ToString() }, NodeJson.Options), context.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        context.Response.Redirect(Refused);
        context.HandleResponse();
    }

    /// <summary>The message as the library words it: it holds no tokens unless personal data in logs is switched on, which this program never does.</summary>
    private static string Short(string? message) => message is null ? "" : message[..Math.Min(message.Length, 300)].ReplaceLineEndings(" ");

    [LoggerMessage(LogLevel.Warning, "A sign-in through the provider failed ({Kind}): {Message}")]
    private static partial void Failed(ILogger log, string kind, string message);
}
