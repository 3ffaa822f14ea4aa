namespace Entente.Records;

/// <summary>Tells which entities a list keeps on record after it has taken them off.</summary>
/// <remarks>
/// FtM has no property for that on the entity. It is said so: <see cref="Entity.Target"/> is false, the topic
/// <c>sanction</c> is missing, and every <c>Sanction</c> about the entity has the status <see cref="Status"/>.
/// A relative of someone listed has no sanction of its own, and so is not meant.
/// </remarks>
public static class Delisting
{
    /// <summary>The <c>status</c> of a sanction that was lifted.</summary>
    public const string Status = "delisted";

    /// <summary>The ids of those that the list itself says are no longer listed.</summary>
    /// <param name="entities">All entities of one or several lists. Gone through twice.</param>
    /// <returns>Their ids; mostly none.</returns>
    public static IReadOnlySet<string> NoLongerListed(IReadOnlyCollection<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var lifted = new HashSet<string>(StringComparer.Ordinal);
        var inForce = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sanction in entities)
        {
            if (sanction.Schema == "Sanction")
                (IsLifted(sanction) ? lifted : inForce).UnionWith(sanction.Get("entity"));
        }
        lifted.ExceptWith(inForce);
        if (lifted.Count == 0)
            return lifted;

        // Where two lists have one id, it is enough that one of them still lists it.
        foreach (var entity in entities)
        {
            if (entity.Target != false || entity.Get("topics").Contains("sanction"))
                lifted.Remove(entity.Id);
        }
        return lifted;
    }

    private static bool IsLifted(Entity sanction) =>
        sanction.Get("status").Contains(Status, StringComparer.OrdinalIgnoreCase);
}
