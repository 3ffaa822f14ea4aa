using Entente.Exchange.Identity;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Partners;

/// <summary>What nodes are called, for people, who do not read ids.</summary>
/// <param name="own">This node.</param>
/// <param name="store">The store.</param>
internal sealed class NodeNames(OwnIdentity own, NodeStore store)
{
    /// <summary>All nodes that are known here: this one, partners, and those whose records came through a partner.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Names by id.</returns>
    public async Task<IReadOnlyDictionary<string, string>> AllAsync(CancellationToken cancel)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var db = store.Open();
        foreach (var node in await db.KnownNodes.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false))
            names[node.Id] = NodeIdentity.Parse(node.Card).Name;
        foreach (var partner in await db.Partners.AsNoTracking().Select(partner => new { partner.Id, partner.Name }).ToListAsync(cancel).ConfigureAwait(false))
            names[partner.Id] = partner.Name;
        if (own.IsOn)
            names[own.Id] = own.Identity.Name;
        return names;
    }
}
