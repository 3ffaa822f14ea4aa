using System.Collections.Immutable;
using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening.Facts;
using Entente.Screening.Index;

namespace Entente.Screening;

/// <summary>Listed entities, ready to be screened against.</summary>
/// <remarks>Immutable; safe for any number of threads. A new list version is a new index.</remarks>
public sealed class ScreeningIndex
{
    private readonly Entity[] _entities;
    private readonly Lazy<EntityFacts>[] _facts;
    private readonly ImmutableArray<IndexedKind> _kinds;
    private readonly KeyTable _documents;

    /// <summary>Entities that can match: those of a matchable schema with a name.</summary>
    public int EntityCount => _entities.Length;

    /// <summary>Names of those entities.</summary>
    public int NameCount { get; }

    private ScreeningIndex(Entity[] entities, ImmutableArray<IndexedKind> kinds, KeyTable documents)
    {
        _entities = entities;
        _facts = [.. entities.Select(e => new Lazy<EntityFacts>(() => EntityFacts.Of(e)))];
        _kinds = kinds;
        _documents = documents;
        NameCount = kinds.Sum(k => k.Names.Count);
    }

    /// <summary>Builds the index.</summary>
    /// <param name="entities">Entities of any schema; those that bear no name or are not matchable (addresses, sanctions) are left out.</param>
    public static ScreeningIndex Build(IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var kept = new List<Entity>();
        var builders = new Dictionary<NameKind, NameIndex.Builder>();
        var documents = new KeyTable.Builder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Entity entity in entities)
        {
            if (!Schemata.IsMatchable(entity.Schema))
                continue;
            NameKind kind = SchemaKinds.KindOf(entity.Schema);
            if (!builders.TryGetValue(kind, out NameIndex.Builder? names))
                builders[kind] = names = new NameIndex.Builder(kind);
            bool any = false;
            seen.Clear();
            for (int property = 0; property < NameIndex.Properties.Length; property++)
            {
                foreach (string text in entity.Get(NameIndex.Properties[property]))
                    any |= seen.Add(text) && names.Add(kept.Count, property, text);
            }

            if (!any)
                continue;
            foreach (DocumentText document in EntityFacts.DocumentsIn(entity))
                documents.Add(Keys.Document(document.Key), kept.Count);
            kept.Add(entity);
        }

        return new ScreeningIndex([.. kept], [.. builders.OrderBy(b => b.Key).Select(b => new IndexedKind(b.Value.Build()))], documents.Build());
    }

    /// <summary>The names of a kind; null where there are none.</summary>
    internal IndexedKind? Kind(NameKind kind) => _kinds.FirstOrDefault(k => k.Names.Kind == kind);

    /// <summary>A listed entity by number.</summary>
    internal Entity EntityAt(int number) => _entities[number];

    /// <summary>The id of a listed entity.</summary>
    internal string IdOf(int number) => _entities[number].Id;

    /// <summary>The schema of a listed entity.</summary>
    internal string SchemaOf(int number) => _entities[number].Schema;

    /// <summary>Numbers of the entities that have a document, and perhaps of a few others.</summary>
    internal ReadOnlySpan<int> WithDocument(DocumentText document) => _documents[Keys.Document(document.Key)];

    /// <summary>The facts of a listed entity, read on first use.</summary>
    internal EntityFacts FactsAt(int number) => _facts[number].Value;
}
