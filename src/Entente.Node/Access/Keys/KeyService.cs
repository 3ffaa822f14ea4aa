using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Access.Keys;

/// <summary>Makes, lists and revokes API keys.</summary>
internal sealed class KeyService(NodeStore store, Ledger ledger, AccessDirectory directory)
{
    /// <summary>How long a key works unless said otherwise, in days.</summary>
    public const int UsualDays = 90;

    /// <summary>The longest, in days.</summary>
    public const int MostDays = 366;

    /// <summary>Most keys of one account that work at the same time.</summary>
    public const int MostKeys = 100;

    /// <summary>Makes a key for the account that acts.</summary>
    /// <param name="actor">Its owner, or a key of the owner: that can give no more than it has itself.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="days">How long.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The key, and its text, which is not kept.</returns>
    public async Task<(ApiKey Key, string Text)> CreateAsync(Actor actor, string name, IReadOnlyCollection<Right> scopes, int days, CancellationToken cancel)
    {
        var kept = name.Trim() is { Length: >= 1 and <= 100 } trimmed && !trimmed.Any(char.IsControl) ? trimmed : throw new AccessFaultException(AccessFault.KeyName);
        if (days is < 1 or > MostDays)
            throw new AccessFaultException(AccessFault.KeyDays);
        if (!scopes.All(actor.May))
            throw new AccessFaultException(AccessFault.KeyScopes);
        var secret = KeyText.NewSecret();
        var key = await ledger.ActAsync(actor, async act =>
        {
            if (await act.Db.ApiKeys.CountAsync(other => other.AccountId == actor.AccountId && other.RevokedAt == null && other.ExpiresAt > act.At, cancel).ConfigureAwait(false) >= MostKeys)
                throw new AccessFaultException(AccessFault.KeysTooMany);
            var key = new ApiKey
            {
                Id = NodeId.New(act.At),
                AccountId = actor.AccountId ?? throw new AccessFaultException(AccessFault.NotFound),
                Name = kept,
                SecretHash = KeyText.HashOf(secret),
                Scopes = string.Join(',', scopes.Distinct().Order()),
                CreatedAt = act.At,
                ExpiresAt = act.At.AddDays(days),
            };
            act.Db.ApiKeys.Add(key);
            act.Record(AuditAction.KeyCreated, $"key:{key.Id}", new { account = key.AccountId, key.Name, scopes = key.Rights, key.ExpiresAt });
            return key;
        }, cancel).ConfigureAwait(false);
        directory.Changed();
        return (key, KeyText.Of(key.Id, secret));
    }

    /// <summary>Keys, the newest first.</summary>
    /// <param name="accountId">Whose; null for everybody's.</param>
    /// <param name="after">The id of the last of the page before; null for the first page.</param>
    /// <param name="limit">Most.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(string? accountId, string? after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var keys = db.ApiKeys.AsNoTracking();
        if (accountId is not null)
            keys = keys.Where(key => key.AccountId == accountId);
        if (after is not null)
#pragma warning disable CA1309 // Becomes a comparison of the database.
            keys = keys.Where(key => string.Compare(key.Id, after) < 0);
#pragma warning restore CA1309
        return await keys.OrderByDescending(key => key.Id).Take(limit).ToListAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Revokes a key at once. Doing it twice is no error.</summary>
    /// <exception cref="AccessFaultException">There is none, or it is not for the actor to see.</exception>
    public async Task RevokeAsync(Actor actor, string id, CancellationToken cancel)
    {
        await ledger.ActAsync(actor, async act =>
        {
            var key = await act.Db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id, cancel).ConfigureAwait(false);
            if (key is null || (key.AccountId != actor.AccountId && !actor.May(Right.ManageAccounts)))
                throw new AccessFaultException(AccessFault.NotFound);
            if (key.RevokedAt is not null)
                return;
            key.RevokedAt = act.At;
            act.Record(AuditAction.KeyRevoked, $"key:{id}", new { account = key.AccountId, key.Name });
        }, cancel).ConfigureAwait(false);
        directory.Changed();
    }
}
