using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.Ofac;

/// <summary>An OFAC list as it is being read, whichever of its formats: ids, programmes, links by name, and which of the two lists it is.</summary>
/// <remarks>
/// OFAC numbers its entries through all lists and formats, so that <c>us-ofac-</c> and the number is the same entity
/// everywhere. No format but the advanced one says which list it is, so the programmes tell: most entries of the
/// consolidated (non-SDN) list carry a programme that is rare on the SDN list.
/// </remarks>
internal sealed class OfacList(string file, ListLimits limits, string format)
{
    /// <summary>Specially Designated Nationals and Blocked Persons.</summary>
    public const string Sdn = "us-ofac-sdn";

    /// <summary>The other lists: sectoral sanctions, members of the Palestinian Legislative Council, and so on.</summary>
    public const string Consolidated = "us-ofac-cons";

    // Programmes of the non-SDN lists. Of the SDN entries about one in two hundred has one of them, besides others.
    private static readonly string[] NonSdnPrograms = ["NS-", "FSE-", "561", "UKRAINE-EO13662", "CMIC-", "CAPTA", "MBS"];

    private readonly ListDraft _draft = new(file, limits, Sdn);
    private readonly List<OfacEntry> _entries = [];
    private readonly Dictionary<string, string?> _idByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _idByAlias = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OfacEntry> _byUid = new(StringComparer.Ordinal);
    private int _nonSdnEntries;

    /// <summary>The version, in the publisher's words.</summary>
    public string? Version { get; set; }

    /// <summary>The dataset, where the file says which it is; otherwise the programmes and the file's name decide.</summary>
    public string? SaidDataset { get; set; }

    /// <summary>The entries so far, in file order.</summary>
    public IReadOnlyList<OfacEntry> Entries => _entries;

    /// <summary>When the list was made; set before the first entry.</summary>
    public DateTimeOffset? GeneratedAt { get => _draft.GeneratedAt; set => _draft.GeneratedAt = value; }

    /// <summary>Starts an entry.</summary>
    /// <param name="uid">OFAC's number.</param>
    /// <param name="type">OFAC's word for what it is: individual, entity, vessel, aircraft.</param>
    /// <param name="line">Where it starts, from 1.</param>
    /// <exception cref="ListFormatException">The number is no number or stands twice.</exception>
    public OfacEntry Begin(string? uid, string? type, int line)
    {
        if (uid is null || uid.Length > 12 || !uid.All(char.IsAsciiDigit))
            throw Error(line, "an entry has no number (uid), so that nothing can refer to it. Fetch the list again.");
        var schema = SchemaOf(type);
        var entry = new OfacEntry(this, _draft.Begin(uid, "us-ofac-" + uid, schema ?? "LegalEntity", line), uid, line);
        if (schema is null)
            entry.Warn(line, $"the type '{type}' is not known; it was read as a person or an organisation.");
        _entries.Add(entry);
        _byUid.Add(uid, entry);
        if (_entries.Count > limits.MaxEntities)
            throw Error(line, $"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
        return entry;
    }

    /// <summary>The entry with OFAC's number; <see langword="null"/> where there is none.</summary>
    public OfacEntry? Find(string? uid) => uid is null ? null : _byUid.GetValueOrDefault(uid);

    /// <summary>Lets other entries find one by its name, as OFAC writes it. A name that two entries have finds neither.</summary>
    /// <param name="asWritten">The name, such as <c>LAST, First</c>.</param>
    /// <param name="entry">Whose.</param>
    /// <param name="main">Whether it is the main name, which goes before the aliases of others.</param>
    public void Name(string asWritten, OfacEntry entry, bool main)
    {
        var names = main ? _idByName : _idByAlias;
        if (!names.TryAdd(asWritten, entry.Subject.Id) && names[asWritten] != entry.Subject.Id)
            names[asWritten] = null;
    }

    /// <inheritdoc cref="ListDraft.Warn"/>
    public void Warn(int line, string reference, string message) => _draft.Warn(line, reference, message);

    /// <inheritdoc cref="ListDraft.Error"/>
    public ListFormatException Error(int? line, string problem) => _draft.Error(line, problem);

    /// <summary>The list, read to its end.</summary>
    /// <exception cref="ListFormatException">It holds no entries, or too many.</exception>
    public ListFile Complete()
    {
        foreach (var entry in _entries)
        {
            ResolveLinks(entry);
            if (entry.Programs.Any(IsNonSdn))
                _nonSdnEntries++;
            _draft.Add(entry.Draft, entry.Line);
        }

        var dataset = Dataset();
        var list = _draft.Complete(Describe(dataset));
        return dataset == Sdn ? list : list with { Entities = [.. list.Entities.Select(entity => Relabel(entity, dataset))] };
    }

    private string Dataset() => SaidDataset
        ?? (_nonSdnEntries * 2 > _entries.Count ? Consolidated
            : _nonSdnEntries == 0 && _entries.All(entry => entry.Programs.Count == 0) && Path.GetFileName(file).StartsWith("cons", StringComparison.OrdinalIgnoreCase) ? Consolidated
            : Sdn);

    private static bool IsNonSdn(string program)
    {
        foreach (var mark in NonSdnPrograms)
        {
            if (program.StartsWith(mark, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // 'Linked To: MAHAN AIR' is a link where the list has just one entry of that name, and a note otherwise.
    private void ResolveLinks(OfacEntry entry)
    {
        foreach (var link in entry.Links)
        {
            // The full stop of 'CORP.' may have gone with the one that ends the remarks.
            var id = IdOf(link.Name) ?? IdOf(link.Name + ".");
            if (id is null || id == entry.Subject.Id)
                entry.Subject.Add("notes", $"{link.Role}: {link.Name}");
            else if (link.Property is not null)
                entry.Subject.Add(link.Property, id, originalValue: link.Name);
            else
                entry.Draft.Link("link", "UnknownLink", id).Add("subject", entry.Subject.Id).Add("object", id).Add("role", link.Role, originalValue: $"{link.Role}: {link.Name}");
        }
    }

    private string? IdOf(string name) => _idByName.TryGetValue(name, out var id) ? id : _idByAlias.GetValueOrDefault(name);

    // Which list it is comes out at the end; the consolidated one, which is small, is then written again.
    private static Entity Relabel(Entity entity, string dataset)
    {
        var builder = new EntityBuilder(entity.Id, entity.Schema, dataset) { Target = entity.Target };
        foreach (var statement in entity.Statements)
            builder.Add(statement with { Dataset = dataset });
        return builder.Build();
    }

    private ListMetadata Describe(string dataset) => new()
    {
        Dataset = dataset,
        Title = dataset == Sdn ? "OFAC Specially Designated Nationals and Blocked Persons List" : "OFAC Consolidated (non-SDN) Sanctions List",
        Publisher = "US Department of the Treasury, Office of Foreign Assets Control",
        LegalBasis = "International Emergency Economic Powers Act, 50 U.S.C. 1701",
        SourceUrl = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/" + (format, dataset) switch
        {
            ("csv", Sdn) => "SDN.CSV",
            ("csv", _) => "CONS_PRIM.CSV",
            ("advanced", Sdn) => "SDN_ADVANCED.XML",
            ("advanced", _) => "CONS_ADVANCED.XML",
            (_, Sdn) => "SDN.XML",
            _ => "CONSOLIDATED.XML",
        },
        Version = Version,
        GeneratedAt = GeneratedAt,
    };

    private static string? SchemaOf(string? type) => type?.ToLowerInvariant() switch
    {
        "individual" => "Person",
        "entity" or null => "Organization",
        "vessel" => "Vessel",
        "aircraft" => "Airplane",
        _ => null,
    };
}
