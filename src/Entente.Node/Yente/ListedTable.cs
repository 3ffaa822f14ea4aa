using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Entente.Desk.Entities;
using Entente.Desk.Lists;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Yente;

/// <summary>What listed entities are filtered, sorted and counted by, of all of them: made when somebody first lists them without a name to search for.</summary>
/// <remarks>A list of everything would otherwise read every entity for every page. Texts and sets that recur are held once.</remarks>
internal sealed class ListedTable
{
    /// <summary>The properties that say which countries an entity has to do with.</summary>
    public static readonly ImmutableArray<string> CountryProperties = ["country", "nationality", "citizenship", "jurisdiction", "mainCountry", "birthCountry", "flag"];

    private static readonly ConditionalWeakTable<LoadedLists, Lazy<ListedTable>> Tables = [];

    private readonly Dictionary<string, ImmutableArray<string>> _sets = new(StringComparer.Ordinal);

    private ListedTable(EntityArchive archive)
    {
        var rows = ImmutableArray.CreateBuilder<Row>(archive.Count);
        foreach (var head in archive.Heads())
        {
            if (!Schemata.IsMatchable(head.Schema) && head.Schema != "Address")
                continue;
            rows.Add(RowOf(head, archive.Get(head.Number), archive.Groups.Find(head.Id)?.CanonicalId));
        }
        Rows = rows.DrainToImmutable();
        _sets.Clear();
    }

    /// <summary>One row for each entry of a list, in the order of the lists.</summary>
    public ImmutableArray<Row> Rows { get; }

    /// <summary>The table of the lists in use; making it takes a second or two for all official lists.</summary>
    public static ListedTable Of(LoadedLists lists) => Tables.GetValue(lists, _ => new Lazy<ListedTable>(() => new ListedTable(lists.Archive))).Value;

    private Row RowOf(EntityHead head, Entity entity, string? group) => new(
        head.Number, entity.Id, group, head.Schema, head.Datasets, head.Caption, head.Target != false,
        Set(CountryProperties.SelectMany(property => entity.Get(property))), Set(entity.Get("topics")), Set(entity.Get("gender")),
        EntityShape.Moment(entity.FirstSeen), EntityShape.Moment(entity.LastSeen), entity.LastChange ?? entity.Get("modifiedAt").Max(StringComparer.Ordinal));

    private ImmutableArray<string> Set(IEnumerable<string> values)
    {
        ImmutableArray<string> set = [.. values.Distinct(StringComparer.Ordinal)];
        if (set.IsEmpty)
            return [];
        var key = string.Join('\n', set);
        return _sets.TryGetValue(key, out var known) ? known : _sets[key] = set;
    }

    /// <summary>An entry.</summary>
    /// <param name="Number">Its number in the archive.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Group">The id of the entity as a whole, where it is on several lists.</param>
    /// <param name="Schema">Its schema.</param>
    /// <param name="Datasets">Its datasets.</param>
    /// <param name="Caption">What to call it.</param>
    /// <param name="Target">Whether its list is about it.</param>
    /// <param name="Countries">Codes of countries.</param>
    /// <param name="Topics">Its topics.</param>
    /// <param name="Genders">Its genders.</param>
    /// <param name="FirstSeen">As <see cref="EntityShape.FirstSeen"/>.</param>
    /// <param name="LastSeen">As <see cref="EntityShape.LastSeen"/>.</param>
    /// <param name="LastChange">As <see cref="EntityShape.LastChange"/>, as the source wrote it.</param>
    public sealed record Row(
        int Number, string Id, string? Group, string Schema, ImmutableArray<string> Datasets, string Caption, bool Target,
        ImmutableArray<string> Countries, ImmutableArray<string> Topics, ImmutableArray<string> Genders, string? FirstSeen, string? LastSeen, string? LastChange)
    {
        /// <summary>As <see cref="EntityFilter.Admits"/>, without reading the entity.</summary>
        public bool AdmittedBy(EntityFilter filter) =>
            (filter.Datasets.IsEmpty || Datasets.Any(dataset => filter.Datasets.Contains(dataset)))
            && (filter.ExcludeDatasets.IsEmpty || !Datasets.All(dataset => filter.ExcludeDatasets.Contains(dataset)))
            && !filter.ExcludeSchemata.Any(schema => Schemata.IsA(Schema, schema))
            && !filter.ExcludeIds.Contains(Id) && (Group is null || !filter.ExcludeIds.Contains(Group))
            && (filter.Topics.IsEmpty || Topics.Any(topic => filter.Topics.Contains(topic)))
            && (filter.ChangedSince is null || LastChange is null || string.CompareOrdinal(LastChange, filter.ChangedSince) >= 0);
    }
}
