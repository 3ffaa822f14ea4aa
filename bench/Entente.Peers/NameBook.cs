using Entente.Records;

namespace Entente.Bench.Peers;

/// <summary>A listed name as the peers get it.</summary>
/// <param name="EntityId">Who bears it.</param>
/// <param name="Text">The name, prepared.</param>
internal readonly record struct PeerName(string EntityId, string Text);

/// <summary>
/// The same names that Entente indexes, prepared for the peers. People stand apart from the rest, as Entente
/// compares people with people only: the peers are spared the other names in the same way.
/// </summary>
internal sealed class NameBook
{
    private static readonly string[] Properties = ["name", "alias", "previousName", "weakAlias", "abbreviation"];

    private NameBook(IReadOnlyList<PeerName> people, IReadOnlyList<PeerName> others)
    {
        People = people;
        Others = others;
    }

    public IReadOnlyList<PeerName> People { get; }

    public IReadOnlyList<PeerName> Others { get; }

    public int Count => People.Count + Others.Count;

    /// <summary>The names that a query for a schema is compared with.</summary>
    public IReadOnlyList<PeerName> For(string schema) => IsPeople(schema) ? People : Others;

    public static bool IsPeople(string schema) => Schemata.IsA(schema, "Person");

    public static NameBook Of(IReadOnlyList<Entity> list)
    {
        ILookup<bool, PeerName> names = list
            .Where(entity => Schemata.IsMatchable(entity.Schema))
            .SelectMany(entity => TextsOf(entity).Select(text => (People: IsPeople(entity.Schema), Name: new PeerName(entity.Id, text))))
            .ToLookup(each => each.People, each => each.Name);
        return new NameBook([.. names[true]], [.. names[false]]);
    }

    /// <summary>The names of an entity, prepared, each once.</summary>
    public static IEnumerable<string> TextsOf(Entity entity) =>
        Properties.SelectMany(property => entity.Get(property)).Select(PeerText.Prepare).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal);
}
