using Entente.Node.Web.Localisation;
using Entente.Records.Markings;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Web.Words;

/// <summary>Markings in the reader's language.</summary>
/// <param name="texts">The words.</param>
public sealed class MarkingWords(IStringLocalizer<MarkingTexts> texts)
{
    /// <summary>What a level asks of whoever gets the record.</summary>
    /// <param name="level">The level.</param>
    public string Meaning(Tlp level) => texts[$"Tlp.{level}"];

    /// <summary>What an entity is to the matter.</summary>
    /// <param name="category">The category.</param>
    public string Category(EntityCategory category) => texts[$"Category.{category}"];

    /// <summary>How far the source is to be relied on.</summary>
    /// <param name="source">A letter from <c>A</c> to <c>F</c>.</param>
    public string Source(char source) => texts[$"Source.{source}"];

    /// <summary>How far what it said is to be relied on.</summary>
    /// <param name="information">A digit from <c>1</c> to <c>6</c>.</param>
    public string Information(char information) => texts[$"Information.{information}"];

    /// <summary>A grade in words.</summary>
    /// <param name="grade">The grade.</param>
    public string Grade(SourceGrade grade) => grade == default ? "" : $"{Source(grade.Source)}{Languages.Comma}{Information(grade.Information)}";

    /// <summary>Who a record may be released to.</summary>
    /// <param name="audience">The audience.</param>
    /// <param name="names">What nodes are called, by id; others go by their id.</param>
    public string Audience(Audience audience, IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(audience);
        ArgumentNullException.ThrowIfNull(names);
        if (audience.IsAnyone)
            return texts["Audience.Anyone"];
        // Names of nodes are of any script: each is held apart from the words around it.
        return audience.Nodes.Count == 0 ? texts["Audience.Nobody"] : string.Join(Languages.Comma, audience.Nodes.Select(node => $"\u2068{names.GetValueOrDefault(node, node)}\u2069"));
    }
}
