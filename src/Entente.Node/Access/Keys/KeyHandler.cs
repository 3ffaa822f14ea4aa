using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Entente.Node.Access.Keys;

/// <summary>Finds out by which key a request is made: <c>Authorization: Bearer KEY</c>, <c>Authorization: ApiKey KEY</c> or <c>X-API-Key: KEY</c>.</summary>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessDirectory directory, KeyUse use)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    // The same whatever is wrong: whoever tries keys learns nothing.
    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The API key is unknown, revoked or has ended.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var known = await directory.GetAsync(Context.RequestAborted).ConfigureAwait(false);
        return Check(known);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer realm=\"entente\"";
        return Task.CompletedTask;
    }

    private AuthenticateResult Check(KnownAccess known)
    {
        if (!KeyText.TryParse(Sent(), out var id, out var secret))
            return Refused;
        if (!known.Keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var key) || !KeyText.Matches(secret, key.SecretHash) || key.ExpiresAt <= TimeProvider.GetUtcNow())
            return Refused;
        use.Note(key);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(key.Identity), AccessSchemes.Key));
    }

    private ReadOnlySpan<char> Sent()
    {
        // Two different keys in one request are a mistake, and none of them is taken.
        var own = Request.Headers[AccessSchemes.KeyHeader];
        var standard = Request.Headers.Authorization;
        if (own.Count + standard.Count != 1)
            return default;
        if (own.Count == 1)
            return own.ToString().AsSpan().Trim();
        var text = standard.ToString().AsSpan().Trim();
        foreach (var scheme in (ReadOnlySpan<string>)["Bearer ", "ApiKey "])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return text[scheme.Length..].Trim();
        }
        return default;
    }
}
