using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Lists.Diffs;

/// <summary>Compares one subject in two versions of a list, property by property.</summary>
internal sealed class SubjectChanges
{
    private readonly HashSet<string> _own;
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (List<string> Added, List<string> Removed)> _changes = new(StringComparer.Ordinal);

    private SubjectChanges(HashSet<string> own) => _own = own;

    /// <param name="before">The subject as it was; null where it is new.</param>
    /// <param name="after">The subject as it is; null where it is gone.</param>
    /// <returns>What came and went; empty where nothing did.</returns>
    public static ImmutableArray<PropertyChange> Between(Subject? before, Subject? after)
    {
        // That a sanction leads to its own subject says nothing; that a relation leads to another does.
        var own = ((Subject?[])[before, after]).OfType<Subject>().SelectMany(subject => subject.Linked.Prepend(subject.Entity)).Select(entity => entity.Id);
        var changes = new SubjectChanges(own.ToHashSet(StringComparer.Ordinal));
        if (before is not null && after is not null && before.Entity.Schema != after.Entity.Schema)
            changes.Note("schema", [after.Entity.Schema], [before.Entity.Schema]);
        changes.Compare("", before?.Entity, after?.Entity);
        changes.CompareLinked(before?.Linked ?? [], after?.Linked ?? []);
        return [.. changes._order.Select(property => new PropertyChange(property, [.. changes._changes[property].Added], [.. changes._changes[property].Removed]))];
    }

    private void Compare(string prefix, Entity? before, Entity? after)
    {
        IEnumerable<string> properties = (before?.Properties.Keys ?? []).Concat(after?.Properties.Keys ?? []).Distinct(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            var former = before is null ? [] : Values(before, property);
            var newer = after is null ? [] : Values(after, property);
            IEqualityComparer<string> same = Schemata.TypeOf((after ?? before)!.Schema, property) == "text" ? TextWithoutSpaces.Comparer : StringComparer.Ordinal;
            Note(prefix + property, newer.Except(former, same), former.Except(newer, same));
        }
    }

    private void CompareLinked(ImmutableArray<Entity> before, ImmutableArray<Entity> after)
    {
        var newer = after.DistinctBy(entity => entity.Id).ToDictionary(entity => entity.Id, StringComparer.Ordinal);
        var gone = new List<(Entity Entity, string Content)>();
        foreach (var entity in before.DistinctBy(entity => entity.Id))
        {
            if (newer.TryGetValue(entity.Id, out var now) && now.Schema == entity.Schema && newer.Remove(entity.Id))
                Compare(entity.Schema + ".", entity, now);
            else
                gone.Add((entity, Content(entity)));
        }
        foreach (var entity in after)
        {
            if (!newer.Remove(entity.Id))
                continue;
            // The same under another id is the same.
            var content = Content(entity);
            if (gone.FindIndex(former => former.Content == content) is var same and >= 0)
                gone.RemoveAt(same);
            else
                Note(entity.Schema, [InWords(entity)], []);
        }
        foreach (var (entity, _) in gone)
            Note(entity.Schema, [], [InWords(entity)]);
    }

    private void Note(string property, IEnumerable<string> added, IEnumerable<string> removed)
    {
        var (came, went) = (added.ToList(), removed.ToList());
        if (came.Count + went.Count == 0)
            return;
        if (!_changes.TryGetValue(property, out var change))
        {
            _order.Add(property);
            _changes.Add(property, change = ([], []));
        }
        change.Added.AddRange(came);
        change.Removed.AddRange(went);
    }

    /// <summary>An address, a document or a sanction in one line: what it is called, then what else is said of it.</summary>
    private string InWords(Entity entity)
    {
        var main = Schemata.CaptionProperties(entity.Schema).FirstOrDefault(property => !entity.Get(property).IsEmpty);
        var words = main is null ? "" : string.Join("; ", entity.Get(main));
        foreach (var property in entity.Properties.Keys)
        {
            // The street and the city of an address stand in the whole of it.
            var values = property == main ? [] : Values(entity, property).RemoveAll(value => words.Contains(value, StringComparison.Ordinal));
            var isCountry = Schemata.TypeOf(entity.Schema, property) == "country";
            if (!values.IsEmpty && !(isCountry && values.All(code => words.Contains(Countries.NameOf(code), StringComparison.Ordinal))))
                words += $"{(words.Length > 0 ? ", " : "")}{property} {string.Join("; ", isCountry ? values.Select(Countries.NameOf) : values)}";
        }
        return words.Length > 0 ? words : entity.Caption;
    }

    private string Content(Entity entity) => entity.Schema + string.Concat(entity.Properties.Keys.Order(StringComparer.Ordinal)
        .SelectMany(property => Values(entity, property).Order(StringComparer.Ordinal).Select(value => $"\n{property} {value}")));

    private ImmutableArray<string> Values(Entity entity, string property)
    {
        var values = entity.Get(property);
        return Schemata.TypeOf(entity.Schema, property) == "entity" ? values.RemoveAll(_own.Contains) : values;
    }
}
