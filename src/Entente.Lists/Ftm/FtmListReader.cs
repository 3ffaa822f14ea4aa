using System.Collections.Immutable;
using System.Globalization;
using Entente.Records;
using Entente.Records.Json;

namespace Entente.Lists.Ftm;

/// <summary>Reads a list given as FollowTheMoney entities, one JSON object per line.</summary>
internal static class FtmListReader
{
    public static ListFile Read(Stream stream, string name, ListLimits limits)
    {
        var entities = ImmutableArray.CreateBuilder<Entity>();
        var warnings = ImmutableArray.CreateBuilder<ListWarning>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var datasets = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var maxLine = (int)Math.Min(16L * limits.MaxValueLength, int.MaxValue / 4);
            var lines = EntityJson.ReadNumberedLines(stream, name, w => warnings.Add(new ListWarning(w.Line, w.EntityId, w.Message)), maxLine);
            foreach (var (line, entity) in lines)
            {
                if (!ids.Add(entity.Id))
                    throw new ListFormatException(name, line, null, $"two entities have the id {entity.Id}. Merge them, or leave one out.");
                if (entities.Count == limits.MaxEntities)
                    throw new ListFormatException(name, line, null, $"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
                entities.Add(entity);
                datasets.UnionWith(entity.Datasets);
            }
        }
        catch (RecordFormatException e)
        {
            throw new ListFormatException(name, e.Line, null, e.Problem, e);
        }

        if (entities.Count == 0)
            throw new ListFormatException(name, null, null, "the list holds no entities. An empty list would clear everyone; it is refused.");
        var stem = Path.GetFileName(name).Split('.')[0];
        return new ListFile(
            new ListMetadata { Dataset = datasets.Count == 1 ? datasets.First() : stem.Length > 0 ? stem : "ftm", Title = Path.GetFileName(name) },
            entities.DrainToImmutable(), warnings.DrainToImmutable());
    }
}
