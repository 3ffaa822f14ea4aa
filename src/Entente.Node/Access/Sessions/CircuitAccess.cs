using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Access.Sessions;

/// <summary>Asks again, for a page that stays connected, whether its session still stands: within seconds of its end the page may do nothing more.</summary>
internal sealed class CircuitAccess(ILoggerFactory log, AccessDirectory directory) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        return user.Identity?.AuthenticationType != AccessSchemes.Session
            || await directory.FindAsync(user.FindFirstValue(ClaimTypes.NameIdentifier), SessionCookie.StampOf(user), cancellationToken).ConfigureAwait(false) is not null;
    }
}
