using System.Collections.Frozen;
using System.Security.Claims;
using Entente.Node.Store;
using Entente.Node.Web.Localisation;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Access;

/// <summary>An account as requests need it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Login">What the person signs in with.</param>
/// <param name="DisplayName">What others see.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Rights">What they give.</param>
/// <param name="Language">The interface language; null for what the browser asks for.</param>
/// <param name="Disabled">Whether it is refused.</param>
/// <param name="Stamp">What sessions must have.</param>
/// <param name="Identity">Claims of a session; shared by requests, so not to be changed.</param>
internal sealed record KnownAccount(
    string Id, string Login, string DisplayName, IReadOnlyList<Role> Roles, IReadOnlyList<Right> Rights, string? Language, bool Disabled, string Stamp, ClaimsIdentity Identity);

/// <summary>A key as requests need it: not revoked, and of an account that is not disabled.</summary>
/// <param name="Id">The id.</param>
/// <param name="SecretHash">SHA-256 of the secret.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">The day it was last used, as the store has it.</param>
/// <param name="Identity">Claims of what is done with it; shared by requests, so not to be changed.</param>
internal sealed record KnownKey(string Id, byte[] SecretHash, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, ClaimsIdentity Identity);

/// <summary>Accounts and keys as they were at one moment.</summary>
/// <param name="Accounts">By id.</param>
/// <param name="Keys">By id; those that may be used.</param>
internal sealed record KnownAccess(FrozenDictionary<string, KnownAccount> Accounts, FrozenDictionary<string, KnownKey> Keys);

/// <summary>Accounts and keys in memory, so that a request costs no query: read again when they change here, and every few seconds because another process may have changed them.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The clock.</param>
internal sealed class AccessDirectory(NodeStore store, TimeProvider clock) : IDisposable
{
    /// <summary>How long another process's change may go unseen.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1);
    private Loaded? _loaded;
    private long _version;

    /// <summary>What is known now.</summary>
    public ValueTask<KnownAccess> GetAsync(CancellationToken cancel = default) =>
        Current() is { } known ? ValueTask.FromResult(known) : new ValueTask<KnownAccess>(ReadAsync(cancel));

    /// <summary>To be called after each act that changed an account or a key: the next request sees it.</summary>
    public void Changed()
    {
        Interlocked.Increment(ref _version);
        HasChanged?.Invoke();
    }

    /// <summary>Told after each <see cref="Changed"/>; must be quick.</summary>
    public event Action? HasChanged;

    /// <summary>An account that may sign in and has the stamp.</summary>
    /// <returns>Null where there is none, it is disabled, or its sessions were ended.</returns>
    public async ValueTask<KnownAccount?> FindAsync(string? accountId, string? stamp, CancellationToken cancel = default)
    {
        if (accountId is null)
            return null;
        var known = await GetAsync(cancel).ConfigureAwait(false);
        return known.Accounts.TryGetValue(accountId, out var account) && !account.Disabled && account.Stamp == stamp ? account : null;
    }

    public void Dispose() => _reading.Dispose();

    private KnownAccess? Current()
    {
        var loaded = Volatile.Read(ref _loaded);
        return loaded is not null && loaded.Version == Interlocked.Read(ref _version) && clock.GetElapsedTime(loaded.At) < Fresh ? loaded.Known : null;
    }

    private async Task<KnownAccess> ReadAsync(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (Current() is { } known)
                return known;
            // Taken before the reading: what changes meanwhile makes what was read stale.
            var version = Interlocked.Read(ref _version);
            var at = clock.GetTimestamp();
            known = await LoadAsync(cancel).ConfigureAwait(false);
            Volatile.Write(ref _loaded, new Loaded(version, at, known));
            return known;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<KnownAccess> LoadAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        var accounts = (await db.Accounts.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false)).Select(Known).ToFrozenDictionary(account => account.Id, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        var keys = await db.ApiKeys.AsNoTracking().Where(key => key.RevokedAt == null && key.ExpiresAt > now).ToListAsync(cancel).ConfigureAwait(false);
        return new KnownAccess(accounts, keys.Where(key => !accounts[key.AccountId].Disabled).Select(key => Known(key, accounts[key.AccountId])).ToFrozenDictionary(key => key.Id, StringComparer.Ordinal));
    }

    private static KnownAccount Known(Account account)
    {
        var rights = RoleRights.Of(account.Roles);
        return new KnownAccount(account.Id, account.Login, account.DisplayName, account.Roles, rights, account.Language, account.Disabled, account.SecurityStamp,
            IdentityOf(account.Id, $"account:{account.Id}", account.DisplayName, account.Language, rights, AccessSchemes.Session));
    }

    private static KnownKey Known(ApiKey key, KnownAccount owner) =>
        new(key.Id, key.SecretHash, key.ExpiresAt, key.LastUsedAt,
            IdentityOf(owner.Id, $"key:{key.Id}", owner.DisplayName, owner.Language, key.Rights.Intersect(owner.Rights), AccessSchemes.Key));

    private static ClaimsIdentity IdentityOf(string accountId, string actor, string name, string? language, IEnumerable<Right> rights, string scheme)
    {
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, accountId), new(ClaimTypes.Name, name), new(RightExtensions.ActorClaim, actor), .. rights.Select(right => new Claim(RightExtensions.RightClaim, right.ToString()))],
            scheme);
        if (language is not null)
            identity.AddClaim(new Claim(Languages.Claim, language));
        return identity;
    }

    private sealed record Loaded(long Version, long At, KnownAccess Known);
}
