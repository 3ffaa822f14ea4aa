using System.Collections.Immutable;
using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;
using Entente.Records.Json;

namespace Entente.Lists.Ftm;

/// <summary>Reads a list given as FollowTheMoney entities, one JSON object per line, flat or nested.</summary>
internal sealed class FtmListReader
{
    private readonly string _file;
    private readonly ListLimits _limits;
    private readonly ImmutableArray<Entity>.Builder _entities = ImmutableArray.CreateBuilder<Entity>();
    private readonly WarningLog _warnings;

    // Where an entity stands, and whether it has had a line of its own.
    private readonly Dictionary<string, (int Index, bool Own)> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _datasets = new(StringComparer.Ordinal);

    private FtmListReader(string file, ListLimits limits)
    {
        _file = file;
        _limits = limits;
        _warnings = new WarningLog(limits);
    }

    /// <summary>Reads the list.</summary>
    public static ListFile Read(Stream stream, string name, ListLimits limits) => new FtmListReader(name, limits).Read(stream);

    private ListFile Read(Stream stream)
    {
        try
        {
            var maxLine = (int)Math.Min(16L * _limits.MaxValueLength, int.MaxValue / 4);
            foreach (var (line, entity, nested) in EntityJson.ReadUnnestedLines(stream, _file, w => _warnings.Add(w.Line, w.EntityId, w.Message), maxLine))
                Add(line, FtmValues.Check(entity, message => _warnings.Add(line, entity.Id, message)), own: !nested);
        }
        catch (RecordFormatException e)
        {
            throw new ListFormatException(_file, e.Line, null, e.Problem, e);
        }

        if (_entities.Count == 0)
            throw new ListFormatException(_file, null, null, "the list holds no entities. An empty list would clear everyone; it is refused.");
        return new ListFile(
            new ListMetadata
            {
                Dataset = _datasets.Count == 1 ? _datasets.First() : Path.GetFileName(_file).Split('.')[0] is { Length: > 0 } stem ? stem : "ftm",
                Title = Path.GetFileName(_file),
            },
            _entities.DrainToImmutable(), _warnings.Complete());
    }

    private void Add(int line, Entity entity, bool own)
    {
        _datasets.UnionWith(entity.Datasets);
        if (!_places.TryGetValue(entity.Id, out var place))
        {
            if (_entities.Count == _limits.MaxEntities)
                throw new ListFormatException(_file, line, null, $"the list holds more than {_limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
            _places.Add(entity.Id, (_entities.Count, own));
            _entities.Add(entity);
            return;
        }
        if (own && place.Own)
            throw new ListFormatException(_file, line, null, $"two entities have the id {ShortText.Of(entity.Id, 100)}. Merge them, or leave one out.");

        var known = _entities[place.Index];
        var (first, second) = own ? (entity, known) : (known, entity);
        _entities[place.Index] = FtmMerge.Join(first, second, message => _warnings.Add(line, entity.Id, message));
        _places[entity.Id] = (place.Index, place.Own || own);
    }
}
