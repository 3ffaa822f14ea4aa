using System.Collections.Immutable;
using System.Globalization;
using Entente.Records;

namespace Entente.Lists.Drafts;

/// <summary>A list as it is being read: what every reader must watch, whatever the format.</summary>
/// <remarks>References are unique, the number of entities is bounded, and an empty list is refused: it would clear everyone.</remarks>
internal sealed class ListDraft(string file, ListLimits limits, string dataset)
{
    private readonly ImmutableArray<Entity>.Builder _entities = ImmutableArray.CreateBuilder<Entity>();
    private readonly WarningLog _warnings = new(limits);
    private readonly Dictionary<string, int> _lineOfReference = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dataset's short name.</summary>
    public string Dataset => dataset;

    /// <summary>When the publisher made the list; stands as <c>lastSeen</c> in every statement made after it is set.</summary>
    public DateTimeOffset? GeneratedAt { get; set; }

    /// <summary><see cref="GeneratedAt"/> as statements write it.</summary>
    public string? LastSeen => GeneratedAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Starts a record whose listed entity has the id <paramref name="id"/>.</summary>
    /// <param name="reference">The publisher's reference: what warnings name, and what may stand only once.</param>
    /// <param name="id">The entity's id, such as <c>un-QDi.430</c>.</param>
    /// <param name="schema">Its FtM schema.</param>
    /// <param name="line">Where the record starts, from 1.</param>
    /// <exception cref="ListFormatException">The reference stands twice.</exception>
    public RecordDraft Begin(string reference, string id, string schema, int line)
    {
        if (!_lineOfReference.TryAdd(reference, line))
            throw Error(line, $"the reference {reference} stands twice; first in line {_lineOfReference[reference].ToString(CultureInfo.InvariantCulture)}. Fetch the list again.");
        return new RecordDraft(this, reference, id, schema);
    }

    /// <summary>A builder of an entity of this list.</summary>
    public EntityBuilder New(string id, string schema) => new(id, schema, dataset) { LastSeen = LastSeen, Target = false };

    /// <summary>Takes over the entities of a finished record.</summary>
    /// <exception cref="ListFormatException">The list holds too many.</exception>
    public void Add(RecordDraft record, int line)
    {
        _entities.AddRange(record.Build());
        if (_entities.Count > limits.MaxEntities)
            throw Error(line, $"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
    }

    /// <summary>Notes something that did not read as meant.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="reference">The publisher's reference; empty when it concerns the whole list.</param>
    /// <param name="message">One sentence.</param>
    public void Warn(int line, string reference, string message) => _warnings.Add(line, reference, message);

    /// <summary>An error at a line; null where it concerns the whole file.</summary>
    public ListFormatException Error(int? line, string problem) => new(file, line, null, problem);

    /// <summary>The list, read to its end.</summary>
    /// <exception cref="ListFormatException">It holds no entries.</exception>
    public ListFile Complete(ListMetadata metadata) => _entities.Count > 0
        ? new ListFile(metadata, _entities.DrainToImmutable(), _warnings.Complete())
        : throw Error(null, "the list has no entries. An empty list would clear everyone; it is refused. Fetch it again.");
}
