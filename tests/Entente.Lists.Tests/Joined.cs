using Entente.Records;

namespace Entente.Lists.Tests;

internal static class Joined
{
    /// <summary>All values of a property with '|' between them: several properties are then compared in one line.</summary>
    public static string Of(this Entity entity, string property) => string.Join('|', entity.Get(property));
}
