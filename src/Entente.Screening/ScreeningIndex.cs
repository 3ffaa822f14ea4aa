using System.Collections.Immutable;
using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening.Facts;
using Entente.Screening.Index;
using Entente.Screening.Listings;

namespace Entente.Screening;

/// <summary>Listed entities, ready to be screened against.</summary>
/// <remarks>Immutable; safe for any number of threads. A new list version is a new index.</remarks>
public sealed class ScreeningIndex
{
    private readonly EntityTable _entities;
    private readonly ImmutableArray<IndexedKind> _kinds;
    private readonly KeyTable _documents;
    private readonly int[] _listedSince;
    private readonly Lazy<IdOrder> _byId;

    /// <summary>Entities that can match: those of a matchable schema with a name.</summary>
    public int EntityCount => _entities.Count;

    /// <summary>Names of those entities; one that may be a person's or an organisation's counts as both.</summary>
    public int NameCount { get; }

    private ScreeningIndex(EntityTable entities, ImmutableArray<IndexedKind> kinds, KeyTable documents, int[] listedSince)
    {
        _entities = entities;
        _kinds = kinds;
        _documents = documents;
        _listedSince = listedSince;
        _byId = new Lazy<IdOrder>(() => IdOrder.Of(entities));
        NameCount = kinds.Sum(k => k.Names.Count);
    }

    /// <summary>Builds the index.</summary>
    /// <param name="entities">Entities of any schema; those that bear no name or are not matchable (addresses, sanctions), and those that their list keeps on record as delisted, are left out.</param>
    public static ScreeningIndex Build(IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        List<Entity> all = [.. entities];
        IReadOnlySet<string> delisted = Delisting.NoLongerListed(all);
        var kept = new List<Entity>();
        var builders = new Dictionary<NameKind, NameIndex.Builder>();
        var documents = new KeyTable.Builder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Entity entity in all)
        {
            if (!Schemata.IsMatchable(entity.Schema) || delisted.Contains(entity.Id))
                continue;
            bool any = false;
            // Some lists do not say whether a party is a person: its names are read both ways.
            foreach (NameKind kind in SchemaKinds.KindsOf(entity.Schema))
            {
                if (!builders.TryGetValue(kind, out NameIndex.Builder? names))
                    builders[kind] = names = new NameIndex.Builder(kind);
                seen.Clear();
                for (int property = 0; property < NameIndex.Properties.Length; property++)
                {
                    foreach (string text in entity.Get(NameIndex.Properties[property]))
                        any |= seen.Add(text) && names.Add(kept.Count, property, text);
                }
            }

            if (!any)
                continue;
            foreach (DocumentText document in EntityFacts.DocumentsIn(entity))
                documents.Add(Keys.Document(document.Key), kept.Count);
            kept.Add(entity);
        }

        Dictionary<string, int> listed = ListingDates.Of(all);
        return new ScreeningIndex(
            EntityTable.Of(kept), [.. builders.OrderBy(b => b.Key).Select(b => new IndexedKind(b.Value.Build()))], documents.Build(),
            [.. kept.Select(entity => listed.GetValueOrDefault(entity.Id, ListingDates.Unknown))]);
    }

    /// <summary>The same index with entries of several lists known to be one entity: results show them as one.</summary>
    /// <param name="groups">Made by <see cref="EntityResolver"/> for the same entities.</param>
    /// <returns>A new index that shares all else with this one.</returns>
    public ScreeningIndex WithGroups(EntityGroups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var grouped = (ScreeningIndex)MemberwiseClone();
        grouped.Groups = groups;
        grouped.Listed = ListedGroups.Bind(groups, EntityCount, IdOf);
        return grouped;
    }

    /// <summary>Entities that are on several lists, by the ids of their entries; 0 where that was not looked into.</summary>
    public int GroupCount => Listed.Count;

    /// <summary>The groups given to <see cref="WithGroups"/>, to be stored beside the index.</summary>
    public EntityGroups Groups { get; private set; } = EntityGroups.None;

    /// <summary>Which entries are one entity.</summary>
    internal ListedGroups Listed { get; private set; } = ListedGroups.None;

    /// <summary>Stores the index, to be read again by <see cref="Read"/> in a fraction of the time that building takes.</summary>
    /// <param name="stream">Where to; written from its current position.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StoredIndex.Write(stream, writer =>
        {
            _entities.Write(writer);
            _documents.Write(writer);
            writer.Write(_listedSince);
            writer.Write([_kinds.Length]);
            foreach (IndexedKind kind in _kinds)
                kind.Names.Write(writer);
        });
    }

    /// <summary>Reads a stored index.</summary>
    /// <param name="stream">A file that <see cref="Write"/> wrote, from its start to its end.</param>
    /// <returns>The same index: it gives the same answers.</returns>
    /// <exception cref="InvalidDataException">It is none, is damaged, or was stored by another version of Entente: build it anew.</exception>
    public static ScreeningIndex Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArrayReader reader = StoredIndex.Open(stream);
        var entities = EntityTable.Read(reader);
        var documents = KeyTable.Read(reader, entities.Count);
        int[] listed = reader.Read<int>();
        if (listed.Length != entities.Count || !listed.All(day => day >= 0 && day <= DateOnly.MaxValue.DayNumber))
            throw new InvalidDataException("the dates of listing are damaged");
        if (reader.Read<int>() is not [>= 0 and < 10 and int kinds])
            throw new InvalidDataException("the kinds of names are damaged");
        var names = ImmutableArray.CreateBuilder<IndexedKind>(kinds);
        for (int i = 0; i < kinds; i++)
            names.Add(new IndexedKind(NameIndex.Read(reader, entities.Count)));
        return new ScreeningIndex(entities, names.DrainToImmutable(), documents, listed);
    }

    /// <summary>A listed entity as a whole, whichever of its lists name it so.</summary>
    /// <param name="id">The id of one of its entries; that of an entity on several lists is one of those.</param>
    /// <returns>Null where nothing is listed by that id.</returns>
    public ListedEntity? Whole(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        EntityGroup? group = null;
        var numbers = new SortedSet<int>();
        foreach (int number in _byId.Value.Find(id, IdOf))
        {
            numbers.Add(number);
            if (Listed.Find(number, EntityAt, out ImmutableArray<int> members) is { } found)
            {
                group = found;
                numbers.UnionWith(members);
            }
        }

        return numbers.Count == 0 ? null : new ListedEntity(group?.CanonicalId ?? id, [.. numbers.Select(EntityAt)], group);
    }

    /// <summary>An entity's JSON, as it is stored.</summary>
    internal ReadOnlySpan<byte> JsonAt(int number) => _entities.JsonOf(number);

    /// <summary>An entity that is read for this once, and not kept in memory.</summary>
    internal Entity PeekAt(int number) => _entities.Peek(number);

    /// <summary>The names of a kind; null where there are none.</summary>
    internal IndexedKind? Kind(NameKind kind) => _kinds.FirstOrDefault(k => k.Names.Kind == kind);

    /// <summary>A listed entity by number.</summary>
    internal Entity EntityAt(int number) => _entities[number];

    /// <summary>The id of a listed entity.</summary>
    internal string IdOf(int number) => _entities.IdOf(number);

    /// <summary>The schema of a listed entity.</summary>
    internal string SchemaOf(int number) => _entities.SchemaOf(number);

    /// <summary>The listed entities that have a document or registration of this number.</summary>
    /// <param name="number">As somebody wrote it; numbers of four signs and less are shared by chance, and find nothing.</param>
    /// <returns>In the order of the index.</returns>
    public IEnumerable<Entity> FindByDocument(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (EntityFacts.Of(new Query { Documents = [number] }).Documents is not [var asked])
            return [];
        var found = new List<Entity>();
        foreach (int entity in WithDocument(asked))
        {
            if (FactsAt(entity).Documents.Any(known => known.Key == asked.Key))
                found.Add(EntityAt(entity));
        }

        return found;
    }

    /// <summary>Numbers of the entities that have a document, and perhaps of a few others.</summary>
    internal ReadOnlySpan<int> WithDocument(DocumentText document) => _documents[Keys.Document(document.Key)];

    /// <summary>The facts of a listed entity, read on first use.</summary>
    internal EntityFacts FactsAt(int number) => _entities.FactsOf(number);

    /// <summary>The day on which a listed entity was first listed, as <see cref="DateOnly.DayNumber"/>; <see cref="ListingDates.Unknown"/> where its list does not say.</summary>
    internal int ListedSinceAt(int number) => _listedSince[number];

    /// <summary>What is known of a listed entity that its entry does not say.</summary>
    internal Surroundings SurroundingsAt(int number)
    {
        ImmutableArray<int> members = Listed.Find(number, EntityAt, out ImmutableArray<int> all) is null ? [number] : all;
        return Surroundings.Of(
            FactsAt(number), [.. members.Where(member => member != number).Select(FactsAt)],
            members.Select(ListedSinceAt).Where(day => day != ListingDates.Unknown).Select(DateOnly.FromDayNumber));
    }
}
