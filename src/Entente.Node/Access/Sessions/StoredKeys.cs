using System.Xml.Linq;
using Entente.Node.Store;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Access.Sessions;

/// <summary>Keeps the keys that protect cookies in the store, so that sessions outlive a restart and several processes share them.</summary>
/// <param name="store">The store.</param>
/// <param name="ledger">By which they are written.</param>
internal sealed class StoredKeys(NodeStore store, Ledger ledger) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = store.Open();
        return [.. db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).ToList().OfType<string>().Select(XElement.Parse)];
    }

    // The interface knows no tasks; it is called once in three months.
    public void StoreElement(XElement element, string friendlyName) => ledger.ActAsync(Actor.System("access"), act =>
    {
        act.Db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();
}
