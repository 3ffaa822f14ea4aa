using Entente.Records;

namespace Entente.Lists.EuropeanUnion;

/// <summary>The country of an element: countryIso2Code and countryDescription. '00' is not known.</summary>
internal static class EuCountry
{
    /// <summary>The FtM code, or the description where the code is none that is known; <see langword="null"/> where there is neither.</summary>
    public static string? Of(ListElement element)
    {
        var code = element.Attribute("countryIso2Code");
        var description = element.Attribute("countryDescription");
        if (code is not (null or "00") && Countries.TryNormalise(code, out var found))
            return found;
        if (description is null || description.Equals("UNKNOWN", StringComparison.OrdinalIgnoreCase))
            return code == "00" ? null : code;
        return Countries.TryNormalise(description, out found) ? found : description;
    }

    /// <summary>As <see cref="Of"/>, in words.</summary>
    public static string? NameOf(ListElement element) => Of(element) is { } code ? Countries.NameOf(code) : null;

    public static void AddTo(EntityBuilder entity, string property, ListElement element) =>
        entity.Add(property, Of(element), originalValue: element.Attribute("countryDescription") ?? element.Attribute("countryIso2Code"));
}
