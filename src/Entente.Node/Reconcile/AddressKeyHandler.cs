using System.Security.Claims;
using System.Text.Encodings.Web;
using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Entente.Node.Reconcile;

/// <summary>A key in the address of <c>/reconcile</c>: OpenRefine cannot send headers.</summary>
/// <remarks>Addresses are written down in many places. So only a key that may do nothing but screen is taken, and this node logs no address.</remarks>
internal sealed class AddressKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessDirectory directory, KeyUse use, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => Check(await directory.GetAsync(Context.RequestAborted).ConfigureAwait(false));

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = Context,
            ProblemDetails = { Status = Response.StatusCode, Title = "Unauthorized", Detail = "The API key in the address is unknown, revoked or has ended, or may do more than screen: only a key with no other right than Screen is taken in an address." },
        }).ConfigureAwait(false);
    }

    private AuthenticateResult Check(KnownAccess known)
    {
        var sent = Request.Query[AccessSchemes.AddressKeyParameter];
        if (sent.Count != 1 || !KeyText.TryParse(sent.ToString().AsSpan().Trim(), out var id, out var secret)
            || !known.Keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var key) || !KeyText.Matches(secret, key.SecretHash) || key.ExpiresAt <= TimeProvider.GetUtcNow()
            || key.Identity.FindAll(RightExtensions.RightClaim).Any(claim => claim.Value != nameof(Right.Screen)))
            return AuthenticateResult.Fail("The API key in the address is not taken.");
        use.Note(key);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(key.Identity), AccessSchemes.AddressKey));
    }
}
