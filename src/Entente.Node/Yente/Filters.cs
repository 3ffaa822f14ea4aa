using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entente.Desk.Lists;
using Entente.Node.Hosting;
using Entente.Node.Screening;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Yente;

/// <summary>Reads the filters that requests of yente's shape share.</summary>
internal static partial class Filters
{
    /// <summary>The names of the parameters.</summary>
    public static readonly string[] Parameters = ["include_dataset", "exclude_dataset", "exclude_schema", "topics", "changed_since", "exclude_entity_ids"];

    /// <summary>The filter that a request's parameters make.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="lists">The lists in use.</param>
    public static EntityFilter Of(QueryText query, LoadedLists lists) => Make(lists, query.Texts, query.Text("changed_since"), EntityFilter.All);

    /// <summary>A filter.</summary>
    /// <param name="lists">The lists in use.</param>
    /// <param name="values">The values of each parameter.</param>
    /// <param name="changedSince">A day or a moment; null for none.</param>
    /// <param name="general">What holds where a parameter is absent.</param>
    public static EntityFilter Make(LoadedLists lists, Func<string, ImmutableArray<string>> values, string? changedSince, EntityFilter general)
    {
        foreach (var schema in values("exclude_schema"))
        {
            if (!Schemata.IsKnown(schema))
                throw RequestException.Bad($"exclude_schema: '{QueryText.Short(schema)}' is no FollowTheMoney schema.");
        }
        if (changedSince is not null && !Moment().IsMatch(changedSince))
            throw RequestException.Bad($"changed_since: '{QueryText.Short(changedSince)}' is neither a day (2026-02-27) nor a moment (2026-02-27T12:00:00).");
        return new EntityFilter
        {
            Datasets = values("include_dataset") is { IsEmpty: false } included ? DatasetScope.Of(lists, included) : general.Datasets,
            ExcludeDatasets = values("exclude_dataset") is { IsEmpty: false } excluded ? DatasetScope.Of(lists, excluded) : general.ExcludeDatasets,
            ExcludeSchemata = values("exclude_schema") is { IsEmpty: false } schemata ? schemata : general.ExcludeSchemata,
            Topics = values("topics") is { IsEmpty: false } topics ? topics : general.Topics,
            ExcludeIds = general.ExcludeIds.Union(Whole(lists, values("exclude_entity_ids"))),
            ChangedSince = changedSince ?? general.ChangedSince,
        };
    }

    /// <summary>Any id of an entity leaves out the whole of it, whichever list gave the id.</summary>
    private static IEnumerable<string> Whole(LoadedLists lists, ImmutableArray<string> ids)
    {
        foreach (var id in ids)
        {
            yield return id;
            if (!lists.Archive.TryGet(id, out var entity))
                continue;
            yield return entity.Id;
            if (lists.Archive.Groups.Find(entity.Id) is { } group)
                yield return group.CanonicalId;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Moment();
}
