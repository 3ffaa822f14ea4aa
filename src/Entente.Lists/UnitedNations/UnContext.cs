using Entente.Records;

namespace Entente.Lists.UnitedNations;

/// <summary>What the parts of one record share: the listed entity, what hangs on it, and where to complain.</summary>
internal sealed class UnContext(string reference, EntityBuilder subject, Func<string, string, EntityBuilder> make, Action<ListWarning> warn)
{
    private readonly Dictionary<string, EntityBuilder> _linked = new(StringComparer.Ordinal);

    public EntityBuilder Subject => subject;

    /// <summary>Addresses and documents, in order of mention.</summary>
    public IEnumerable<EntityBuilder> Linked => _linked.Values;

    /// <summary>A linked entity whose id depends on the record and on what identifies it, and on nothing else: not on its place in the file.</summary>
    /// <returns>A new one, or the one that the same record already has.</returns>
    public EntityBuilder Link(string kind, string schema, string identity)
    {
        var id = $"{subject.Id}-{kind}-{Hash(identity):x16}";
        if (!_linked.TryGetValue(id, out var linked))
            _linked.Add(id, linked = make(id, schema));
        return linked;
    }

    public void AddName(UnName name)
    {
        if (name.Value.Length == 0)
            return;
        if (!name.Value.Any(char.IsLetterOrDigit))
            return;
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

    /// <summary>Adds a date in FtM form; what is none goes to the notes, with a warning.</summary>
    /// <returns>The date; <see langword="null"/> when it is none.</returns>
    public PartialDate? AddDate(EntityBuilder to, string property, string text, int line)
    {
        if (!PartialDate.TryParse(text, out var date))
        {
            Warn(line, $"'{text}' is not a date; {property} was left out.");
            subject.Add("notes", $"{property}: {text}");
            return null;
        }
        if (date.Degraded)
            Warn(line, $"'{text}' is not a day of the calendar; {property} was read as {date}.");
        to.Add(property, date.ToString(), originalValue: text);
        return date;
    }

    public void Warn(int line, string message) => warn(new ListWarning(line, reference, message));

    // FNV-1a, 64 bit: short names that stay the same, no protection. http://www.isthe.com/chongo/tech/comp/fnv/
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * 1099511628211UL;
            hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
        }
        return hash;
    }
}

/// <summary>What the schema of a builder allows.</summary>
internal static class UnSubject
{
    public static bool IsOrganization(this EntityBuilder builder) => Schemata.IsA(builder.Schema, "Organization");
}
