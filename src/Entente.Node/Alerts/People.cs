using Entente.Node.Access;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Alerts;

/// <summary>Who is behind the ids in records.</summary>
internal static class People
{
    /// <summary>Names to show.</summary>
    /// <param name="db">The store.</param>
    /// <param name="ids">Ids of accounts, or of actors: <c>account:ID</c>, <c>key:ID</c>, <c>system:PART</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>By id; those unknown are left out.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(NodeDb db, IEnumerable<string?> ids, CancellationToken cancel)
    {
        string[] wanted = [.. ids.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (wanted.Length == 0)
            return new Dictionary<string, string>();
        string[] bare = [.. wanted.Select(id => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..])];
        var accounts = await db.Accounts.AsNoTracking().Where(account => bare.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancel).ConfigureAwait(false);
        var keys = await db.ApiKeys.AsNoTracking().Where(key => bare.Contains(key.Id)).ToDictionaryAsync(key => key.Id, key => key.Name, cancel).ConfigureAwait(false);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].StartsWith("system:", StringComparison.Ordinal))
                names[wanted[i]] = bare[i];
            else if ((wanted[i].StartsWith("key:", StringComparison.Ordinal) ? keys : accounts).GetValueOrDefault(bare[i]) is { } name)
                names[wanted[i]] = name;
        }
        return names;
    }

    /// <summary>Those to whom an alert can be given: whoever may sign in and work on alerts.</summary>
    /// <param name="db">The store.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>By name.</returns>
    public static async Task<IReadOnlyList<Colleague>> ColleaguesAsync(NodeDb db, CancellationToken cancel)
    {
        var accounts = await db.Accounts.AsNoTracking().Where(account => !account.Disabled).ToListAsync(cancel).ConfigureAwait(false);
        return [.. accounts.Where(account => RoleRights.Of(account.Roles).Any(right => right is Right.WorkAlerts or Right.DecideAlerts))
            .Select(account => new Colleague(account.Id, account.DisplayName)).OrderBy(one => one.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The account that an actor is, or acts for with a key: who may not approve what it proposed.</summary>
    /// <param name="db">The store.</param>
    /// <param name="actor">An <see cref="Actor.Id"/>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null for the node itself.</returns>
    public static async Task<string?> AccountOfAsync(NodeDb db, string actor, CancellationToken cancel)
    {
        if (actor.StartsWith("account:", StringComparison.Ordinal))
            return actor["account:".Length..];
        if (!actor.StartsWith("key:", StringComparison.Ordinal))
            return null;
        var id = actor["key:".Length..];
        return await db.ApiKeys.Where(key => key.Id == id).Select(key => key.AccountId).SingleOrDefaultAsync(cancel).ConfigureAwait(false);
    }
}

/// <summary>Somebody to whom an alert can be given.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">What others see.</param>
public sealed record Colleague(string Id, string Name);
