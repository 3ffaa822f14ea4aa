using Entente.Records;

namespace Entente.Bench.Peers;

/// <summary>Several lists hold the same people, so that on their union the right answer is more than one entity.</summary>
internal static class Namesakes
{
    /// <summary>For an id: the entity itself, and every other that bears one of its full names: the same words once prepared, in any order.</summary>
    public static Func<string, IEnumerable<string>> In(IReadOnlyList<Entity> union)
    {
        Dictionary<string, Entity> byId = [];
        foreach (Entity entity in union)
            byId.TryAdd(entity.Id, entity);
        ILookup<string, string> bearers = union
            .Where(entity => Schemata.IsMatchable(entity.Schema))
            .SelectMany(entity => FullNames(entity).Select(name => (name, entity.Id)))
            .ToLookup(each => each.name, each => each.Id, StringComparer.Ordinal);
        return id => byId.TryGetValue(id, out Entity? entity) ? FullNames(entity).SelectMany(name => bearers[name]).Append(id).Distinct() : [];
    }

    // A single word, such as a nom de guerre, is borne by too many.
    private static IEnumerable<string> FullNames(Entity entity) => NameBook.TextsOf(entity)
        .Select(name => name.Split(' '))
        .Where(words => words.Length > 1)
        .Select(words => string.Join(' ', words.Order(StringComparer.Ordinal)))
        .Distinct(StringComparer.Ordinal);
}
