using Entente.Records;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Legal forms, which the list writes into fields for titles and details.</summary>
internal static class EuLegalForms
{
    private const string Label = "Type of entity:";

    private static readonly HashSet<string> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        "Joint Stock Company", "Open Joint Stock Company", "Public Joint Stock Company", "Closed Joint Stock Company",
        "Limited Liability Company", "Limited Liability Partnership", "State Corporation", "Foundation",
        "Non-Governmental Organisation", "Federal State Unitary Enterprise", "State Unitary Enterprise",
    };

    /// <summary>Adds the text as legal form, if it is one and the entity may have one.</summary>
    public static bool TryAdd(string text, EntityBuilder subject)
    {
        var labelled = text.StartsWith(Label, StringComparison.OrdinalIgnoreCase);
        var form = labelled ? text[Label.Length..].Trim() : text;
        if (!Schemata.IsA(subject.Schema, "LegalEntity") || !(labelled || Forms.Contains(form)))
            return false;
        subject.Add("legalForm", form, originalValue: text);
        return true;
    }
}
