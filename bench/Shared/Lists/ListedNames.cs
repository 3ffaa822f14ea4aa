using Entente.Records;

namespace Entente.Bench;

/// <summary>The names of a listed entity, by the property that holds them.</summary>
internal static class ListedNames
{
    private static readonly string[] Properties = ["name", "alias", "weakAlias", "previousName"];

    public static IEnumerable<(string Property, string Name)> Of(Entity entity) =>
        Properties.SelectMany(property => entity.Get(property).Select(name => (property, name)));
}
