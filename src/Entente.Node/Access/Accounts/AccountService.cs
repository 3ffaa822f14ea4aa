using System.Collections.Immutable;
using Entente.Node.Access.Sessions;
using Entente.Node.Audit;
using Entente.Node.Store;
using Entente.Node.Web.Localisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Access.Accounts;

/// <summary>What to change of an account; null leaves it.</summary>
/// <param name="DisplayName">What others see.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Disabled">Whether sign-in is refused.</param>
/// <param name="Unlock">Whether a lock after many failures is lifted.</param>
internal sealed record AccountChange(string? DisplayName = null, ImmutableArray<Role>? Roles = null, bool? Disabled = null, bool Unlock = false);

/// <summary>Makes and changes accounts.</summary>
/// <remarks>An administrator never knows anybody's password: the person sets it by a one-time link. Accounts are disabled, not removed, since the audit names them.</remarks>
internal sealed class AccountService(NodeStore store, Ledger ledger, Passwords passwords, AccessDirectory directory, TimeProvider clock)
{
    /// <summary>Whether there is an account at all.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.Accounts.AnyAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Whether a token is that of the first administrator's link, and nobody has an account yet.</summary>
    public async Task<bool> IsSetupAsync(string? token, CancellationToken cancel)
    {
        await using var db = store.Open();
        return await OneTimeLinks.IsSetupAsync(db, token, clock.GetUtcNow()).ConfigureAwait(false) && !await db.Accounts.AnyAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>One account.</summary>
    public async Task<Account?> FindAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancel).ConfigureAwait(false);
    }

    /// <summary>Accounts in the order they were made.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(string? after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var accounts = db.Accounts.AsNoTracking().OrderBy(account => account.Id).AsQueryable();
        if (after is not null)
#pragma warning disable CA1309 // Becomes a comparison of the database.
            accounts = accounts.Where(account => string.Compare(account.Id, after) > 0);
#pragma warning restore CA1309
        return await accounts.Take(limit).ToListAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Makes the first administrator.</summary>
    /// <exception cref="AccessFaultException">The link is no good, there is an account already, or what was typed may not be used.</exception>
    public async Task<Account> CreateFirstAsync(string token, string login, string displayName, string password, IEnumerable<Role> roles, CancellationToken cancel)
    {
        var (kept, name) = (Login(login), Name(displayName));
        PasswordRules.Check(kept, password);
        var now = clock.GetUtcNow();
        await using (var db = store.Open())
        {
            // Before the costly hash; decided again in the act.
            if (!await OneTimeLinks.IsSetupAsync(db, token, now).ConfigureAwait(false))
                throw new AccessFaultException(AccessFault.LinkInvalid);
        }
        var hash = await passwords.HashAsync(password, cancel).ConfigureAwait(false);
        var account = await ledger.ActAsync(Actor.System("setup"), async act =>
        {
            if (await act.Db.Accounts.AnyAsync(cancel).ConfigureAwait(false) || !await OneTimeLinks.IsSetupAsync(act.Db, token, act.At).ConfigureAwait(false))
                throw new AccessFaultException(AccessFault.LinkInvalid);
            await OneTimeLinks.EndSetupAsync(act).ConfigureAwait(false);
            var account = New(act, kept, name, roles.Append(Role.Administrator));
            account.PasswordHash = hash;
            // Whoever sets up goes on without a second form.
            account.LastSignInAt = act.At;
            Add(act, account, "setup");
            act.Record(AuditAction.SignedIn, $"account:{account.Id}", new { by = "setup" });
            return account;
        }, cancel).ConfigureAwait(false);
        directory.Changed();
        return account;
    }

    /// <summary>Makes an account, and the link by which its owner sets a password.</summary>
    public async Task<(Account Account, OneTimeLink Link)> CreateAsync(Actor actor, string login, string displayName, IEnumerable<Role> roles, CancellationToken cancel)
    {
        var (kept, name) = (Login(login), Name(displayName));
        var made = await ledger.ActAsync(actor, async act =>
        {
            if (await act.Db.Accounts.AnyAsync(account => account.Login == kept, cancel).ConfigureAwait(false))
                throw new AccessFaultException(AccessFault.LoginTaken);
            var account = New(act, kept, name, roles);
            Add(act, account, "invitation");
            return (account, await OneTimeLinks.ForAccountAsync(act, account.Id).ConfigureAwait(false));
        }, cancel).ConfigureAwait(false);
        directory.Changed();
        return made;
    }

    /// <summary>Makes a new link, for somebody who lost the link or the password. The password stays until the link is used.</summary>
    public Task<OneTimeLink> InviteAsync(Actor actor, string id, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
    {
        var account = await RequireAsync(act, id, cancel).ConfigureAwait(false);
        if (account.ExternalId is not null)
            throw new AccessFaultException(AccessFault.PasswordElsewhere);
        act.Record(AuditAction.AccountChanged, $"account:{id}", new { changed = "invitation" });
        return await OneTimeLinks.ForAccountAsync(act, id).ConfigureAwait(false);
    }, cancel);

    /// <summary>Changes an account.</summary>
    public async Task<Account> ChangeAsync(Actor actor, string id, AccountChange change, CancellationToken cancel)
    {
        var name = change.DisplayName is { } given ? Name(given) : null;
        var changed = await ledger.ActAsync(actor, async act =>
        {
            var account = await RequireAsync(act, id, cancel).ConfigureAwait(false);
            var roles = change.Roles is { } wanted ? RoleNames(wanted) : account.RoleNames;
            var disabled = change.Disabled ?? account.Disabled;
            if (disabled && !account.Disabled && actor.AccountId == id)
                throw new AccessFaultException(AccessFault.OwnAccount);
            if (IsAdministrator(account.RoleNames, account.Disabled) && !IsAdministrator(roles, disabled) && !await OtherAdministratorAsync(act, id, cancel).ConfigureAwait(false))
                throw new AccessFaultException(AccessFault.LastAdministrator);
            if (roles != account.RoleNames || disabled != account.Disabled)
                account.SecurityStamp = SignInService.NewStamp();
            act.Record(AuditAction.AccountChanged, $"account:{id}", new
            {
                changed = "account",
                from = new { account.DisplayName, roles = account.Roles, account.Disabled },
                to = new { displayName = name ?? account.DisplayName, roles = Split(roles), disabled },
                unlocked = change.Unlock,
            });
            account.DisplayName = name ?? account.DisplayName;
            account.RoleNames = roles;
            account.Disabled = disabled;
            if (change.Unlock)
                (account.LockedUntil, account.FailedSignIns) = (null, 0);
            return account;
        }, cancel).ConfigureAwait(false);
        directory.Changed();
        return changed;
    }

    /// <summary>The account that a one-time link is for.</summary>
    /// <returns>Null where the link is no good.</returns>
    public async Task<Account?> InvitedAsync(string? token, CancellationToken cancel)
    {
        await using var db = store.Open();
        return await OneTimeLinks.AccountOfAsync(db, token, clock.GetUtcNow()).ConfigureAwait(false) is { } id
            ? await db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id && !account.Disabled, cancel).ConfigureAwait(false)
            : null;
    }

    /// <summary>Sets a password by a one-time link.</summary>
    public async Task<Account> AcceptAsync(string? token, string password, CancellationToken cancel)
    {
        var invited = await InvitedAsync(token, cancel).ConfigureAwait(false) ?? throw new AccessFaultException(AccessFault.LinkInvalid);
        PasswordRules.Check(invited.Login, password);
        var hash = await passwords.HashAsync(password, cancel).ConfigureAwait(false);
        return await SetPasswordAsync(new Actor($"account:{invited.Id}", invited.Id, new HashSet<Right>()), invited.Id, "password by link", hash, async (act, _) =>
        {
            if (await OneTimeLinks.AccountOfAsync(act.Db, token, act.At).ConfigureAwait(false) != invited.Id)
                throw new AccessFaultException(AccessFault.LinkInvalid);
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Changes one's own password. All sessions end; the caller begins a new one.</summary>
    public async Task<Account> ChangePasswordAsync(Actor actor, string current, string password, CancellationToken cancel)
    {
        var own = await FindAsync(actor.AccountId ?? "", cancel).ConfigureAwait(false) ?? throw new AccessFaultException(AccessFault.NotFound);
        if (own.ExternalId is not null)
            throw new AccessFaultException(AccessFault.PasswordElsewhere);
        if (await passwords.VerifyAsync(own.PasswordHash, current, cancel).ConfigureAwait(false) == PasswordVerificationResult.Failed)
            throw new AccessFaultException(AccessFault.PasswordWrong);
        PasswordRules.Check(own.Login, password);
        var hash = await passwords.HashAsync(password, cancel).ConfigureAwait(false);
        return await SetPasswordAsync(actor, own.Id, "password", hash, (_, account) =>
            account.PasswordHash == own.PasswordHash ? Task.CompletedTask : throw new AccessFaultException(AccessFault.PasswordWrong), cancel).ConfigureAwait(false);
    }

    /// <summary>Chooses the language of the pages.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="language">Null for what the browser asks for.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task SetLanguageAsync(Actor actor, string? language, CancellationToken cancel)
    {
        if (language is not null && !Languages.IsKnown(language))
            throw new AccessFaultException(AccessFault.LanguageUnknown);
        await ledger.ActAsync(actor, async act =>
        {
            var account = await RequireAsync(act, actor.AccountId ?? "", cancel).ConfigureAwait(false);
            act.Record(AuditAction.AccountChanged, $"account:{account.Id}", new { changed = "language", from = account.Language, to = language });
            account.Language = language;
        }, cancel).ConfigureAwait(false);
        directory.Changed();
    }

    /// <summary>The account of somebody whom the provider vouches for; made on the first sign-in. Its roles are the provider's each time.</summary>
    public async Task<Account> FromProviderAsync(string externalId, string login, string displayName, IEnumerable<Role> roles, string? address, CancellationToken cancel)
    {
        var account = await ledger.ActAsync(Actor.System("provider"), async act =>
        {
            var account = await act.Db.Accounts.SingleOrDefaultAsync(account => account.ExternalId == externalId, cancel).ConfigureAwait(false);
            var given = RoleNames(roles);
            if (account is null)
            {
                account = New(act, await FreeLoginAsync(act, login, cancel).ConfigureAwait(false), displayName, roles);
                account.ExternalId = externalId;
                Add(act, account, "provider");
            }
            else if (account.RoleNames != given || account.DisplayName != displayName)
            {
                act.Record(AuditAction.AccountChanged, $"account:{account.Id}", new { changed = "provider", from = new { account.DisplayName, roles = account.Roles }, to = new { displayName, roles = Split(given) } });
                if (account.RoleNames != given)
                    account.SecurityStamp = SignInService.NewStamp();
                (account.RoleNames, account.DisplayName) = (given, displayName);
            }
            if (account.Disabled)
            {
                act.Record(AuditAction.SignInFailed, $"account:{account.Id}", new { reason = "disabled", address });
                return account;
            }
            account.LastSignInAt = act.At;
            act.Record(AuditAction.SignedIn, $"account:{account.Id}", new { by = "provider", address });
            return account;
        }, cancel).ConfigureAwait(false);
        directory.Changed();
        return account;
    }

    private async Task<Account> SetPasswordAsync(Actor actor, string id, string changed, string hash, Func<Act, Account, Task> check, CancellationToken cancel)
    {
        var account = await ledger.ActAsync(actor, async act =>
        {
            var account = await RequireAsync(act, id, cancel).ConfigureAwait(false);
            await check(act, account).ConfigureAwait(false);
            await OneTimeLinks.EndAsync(act, account).ConfigureAwait(false);
            account.PasswordHash = hash;
            account.SecurityStamp = SignInService.NewStamp();
            (account.FailedSignIns, account.LockedUntil) = (0, null);
            act.Record(AuditAction.AccountChanged, $"account:{id}", new { changed });
            return account;
        }, cancel).ConfigureAwait(false);
        directory.Changed();
        return account;
    }

    private static async Task<Account> RequireAsync(Act act, string id, CancellationToken cancel) =>
        await act.Db.Accounts.SingleOrDefaultAsync(account => account.Id == id, cancel).ConfigureAwait(false) ?? throw new AccessFaultException(AccessFault.NotFound);

    /// <summary>A login that nobody has: an account of the provider is never taken for a local one of the same name.</summary>
    private static async Task<string> FreeLoginAsync(Act act, string wanted, CancellationToken cancel)
    {
        var login = Logins.Normalise(wanted) ?? "member";
        for (var (tried, number) = (login, 2); ; tried = $"{login[..Math.Min(login.Length, 90)]}-{number++}")
        {
            if (!await act.Db.Accounts.AnyAsync(account => account.Login == tried, cancel).ConfigureAwait(false))
                return tried;
        }
    }

    private static Account New(Act act, string login, string displayName, IEnumerable<Role> roles) => new()
    {
        Id = NodeId.New(act.At),
        Login = login,
        DisplayName = displayName,
        RoleNames = RoleNames(roles),
        SecurityStamp = SignInService.NewStamp(),
        CreatedAt = act.At,
    };

    private static void Add(Act act, Account account, string by)
    {
        act.Db.Accounts.Add(account);
        act.Record(AuditAction.AccountCreated, $"account:{account.Id}", new { account.Login, account.DisplayName, roles = account.Roles, by });
    }

    private static string Login(string login) => Logins.Normalise(login) ?? throw new AccessFaultException(AccessFault.LoginInvalid);

    private static string Name(string name) => name.Trim() is { Length: >= 1 and <= 100 } kept && !kept.Any(char.IsControl) ? kept : throw new AccessFaultException(AccessFault.NameInvalid);

    private static string RoleNames(IEnumerable<Role> roles) => string.Join(',', roles.Where(Enum.IsDefined).Distinct().Order());

    private static IReadOnlyList<Role> Split(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];

    private static bool IsAdministrator(string roles, bool disabled) => !disabled && Split(roles).Contains(Role.Administrator);

    private static async Task<bool> OtherAdministratorAsync(Act act, string id, CancellationToken cancel) =>
        (await act.Db.Accounts.AsNoTracking().Where(other => other.Id != id && !other.Disabled).Select(other => other.RoleNames).ToListAsync(cancel).ConfigureAwait(false)).Any(roles => IsAdministrator(roles, false));
}
