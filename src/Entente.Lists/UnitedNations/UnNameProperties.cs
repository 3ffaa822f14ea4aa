using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.UnitedNations;

/// <summary>Under which property a name stands.</summary>
internal static class UnNameProperties
{
    /// <summary>Adds a name to the listed entity, unless it holds no letter or digit, or stands there already.</summary>
    public static void AddName(this RecordDraft record, UnName name)
    {
        if (!name.Value.Any(char.IsLetterOrDigit))
            return;
        var subject = record.Subject;
        var original = name.Original == name.Value ? null : name.Original;
        var property = name.Kind switch
        {
            UnNameKind.Name => "name",
            UnNameKind.WeakAlias => "weakAlias",
            UnNameKind.PreviousName => "previousName",
            // FtM has abbreviations of organisations only.
            UnNameKind.Abbreviation => subject.IsOrganization() ? "abbreviation" : "weakAlias",
            _ => "alias",
        };
        if (!subject.Has(property, name.Value))
            subject.Add(property, name.Value, ScriptLanguage.Guess(name.Value), original);
    }

    /// <summary>Whether the schema allows what only organisations have.</summary>
    public static bool IsOrganization(this EntityBuilder builder) => Schemata.IsA(builder.Schema, "Organization");
}
