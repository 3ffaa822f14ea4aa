using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Access.Sessions;

/// <summary>
/// Asks again, for a page that stays connected, whether its session still stands: at once when an account changed in this process, as a
/// sign-out does, and within seconds of an end that another process made. After that the page may do nothing more.
/// </summary>
internal sealed class CircuitAccess : RevalidatingServerAuthenticationStateProvider
{
    private readonly AccessDirectory _directory;
    private readonly ILogger _log;

    public CircuitAccess(ILoggerFactory log, AccessDirectory directory)
        : base(log)
    {
        _directory = directory;
        _log = log.CreateLogger<CircuitAccess>();
        directory.HasChanged += AskAgain;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        StandsAsync(authenticationState.User, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _directory.HasChanged -= AskAgain;
        base.Dispose(disposing);
    }

    private async Task<bool> StandsAsync(ClaimsPrincipal user, CancellationToken cancel) => user.Identity?.AuthenticationType != AccessSchemes.Session
        || await _directory.FindAsync(user.FindFirstValue(ClaimTypes.NameIdentifier), SessionCookie.StampOf(user), cancel).ConfigureAwait(false) is not null;

    // Not within the act that changed it, which need not wait for pages.
    private void AskAgain() => _ = Task.Run(AskAgainAsync);

    private async Task AskAgainAsync()
    {
        try
        {
            if (!await StandsAsync((await GetAuthenticationStateAsync().ConfigureAwait(false)).User, CancellationToken.None).ConfigureAwait(false))
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
#pragma warning disable CA1031 // Nobody waits for this task, and it is asked again within seconds.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _log.LogDebug(fault, "Whether the session of a page still stands could not be asked");
        }
    }
}
