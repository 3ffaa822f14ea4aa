using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Entente.Node.Access.Accounts;

/// <summary>While there is no account, prints a one-time link by which the first administrator is made. It is printed, not logged.</summary>
internal sealed class FirstStart(Ledger ledger, AccountService accounts, IServer server, NodeOptions options) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await accounts.AnyAsync(cancellationToken).ConfigureAwait(false))
            return;
        var link = await ledger.ActAsync(Actor.System("setup"), async act =>
        {
            var link = await OneTimeLinks.ForSetupAsync(act).ConfigureAwait(false);
            act.Record(AuditAction.SettingChanged, $"setting:{OneTimeLinks.Setup}", new { link.Until });
            return link;
        }, cancellationToken).ConfigureAwait(false);
        await options.Output.WriteLineAsync($"""

            Nobody has an account yet. Open this link to set up the first administrator; it works once, until {link.Until:yyyy-MM-dd HH:mm} UTC:

                {Address()}{link.Path}

            """).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Address() => BrowserAddress.Of(options, server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
}
