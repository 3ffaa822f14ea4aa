using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Access.Accounts;

/// <summary>What became of the wish for a link.</summary>
/// <param name="Link">The link; null where none was made.</param>
/// <param name="Problem">Why none was made, and what to do; null where one was.</param>
internal sealed record RecoveredLink(OneTimeLink? Link, string? Problem);

/// <summary>The way back in where nobody is left who could make a link on the pages: for whoever has the data folder, or the database, anyway.</summary>
internal static class AccountRecovery
{
    /// <summary>Makes a link by which the owner of an account sets a password; an older one no longer works.</summary>
    /// <param name="ledger">The node's ledger; the node itself may be at work meanwhile.</param>
    /// <param name="login">What the person signs in with.</param>
    /// <param name="by">Who asks: the user of the machine, for the trail.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<RecoveredLink> LinkAsync(Ledger ledger, string login, string by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(login);
        var kept = Logins.Normalise(login);
        return ledger.ActAsync(Actor.System("command"), async act =>
        {
            var account = kept is null ? null : await act.Db.Accounts.SingleOrDefaultAsync(one => one.Login == kept, cancel).ConfigureAwait(false);
            if (account is null)
            {
                // Whoever stands here may read the database: there is nothing to hide.
                var logins = await act.Db.Accounts.AsNoTracking().Where(one => !one.Disabled && one.ExternalId == null && one.RoleNames.Contains(nameof(Role.Administrator))).OrderBy(one => one.Login).Select(one => one.Login).Take(5).ToListAsync(cancel).ConfigureAwait(false);
                return new RecoveredLink(null, $"nobody signs in with '{login}'. {(logins.Count > 0 ? $"Administrators are {string.Join(", ", logins)}." : "There is no administrator with a password: start the node, which prints a link while nobody has an account.")}");
            }
            if (account.ExternalId is not null)
                return new RecoveredLink(null, $"{account.Login} signs in through the provider, which has the password; nothing can be set here.");
            if (account.Disabled)
                return new RecoveredLink(null, $"{account.Login} is disabled. Name an administrator who is not, who can enable it on the pages.");
            act.Record(AuditAction.AccountChanged, $"account:{account.Id}", new { changed = "invitation", by });
            return new RecoveredLink(await OneTimeLinks.ForAccountAsync(act, account.Id).ConfigureAwait(false), null);
        }, cancel);
    }
}
