using System.Globalization;
using Entente.Lists.Drafts;

namespace Entente.Lists.France;

/// <summary>Reads the French register of frozen assets (Registre national des gels), the official JSON.</summary>
/// <remarks>It holds national measures and those of the EU and the UN. Ids are made of the register's own number:
/// <c>fr-gels-4240</c>, <c>fr-gels-4240-sanction</c>.</remarks>
internal sealed class FrFreezesReader
{
    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "fr-gels";

    private readonly ListDraft _list;
    private string? _version;

    private FrFreezesReader(string file, ListLimits limits) => _list = new(file, limits, Dataset);

    /// <summary>Whether a file begins like the register.</summary>
    public static bool Recognises(string head)
    {
        var start = head.AsSpan().TrimStart();
        return start.StartsWith("{") && start[1..].TrimStart().StartsWith("\"Publications\"");
    }

    /// <summary>Reads the register from its first byte.</summary>
    public static ListFile Read(Stream stream, string file, ListLimits limits)
    {
        var reader = new FrFreezesReader(file, limits);
        new JsonRecords(stream, file, limits).Read("PublicationDetail", (record, line) => reader.Add(new FrRecord(record, line, file, limits)), reader.Outside);
        if (reader._version is null)
            reader._list.Warn(1, "", "the list does not say when it was made (DatePublication).");
        return reader._list.Complete(reader.Describe());
    }

    private void Outside(string name, string text, int line)
    {
        if (name != "DatePublication")
            return;
        _version ??= text;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made))
            _list.GeneratedAt ??= made;
        else
            _list.Warn(line, "", $"'{text}', the day of publication, is not a date.");
    }

    private void Add(FrRecord record)
    {
        var reference = record.Text("IdRegistre")
            ?? throw _list.Error(record.Line, "a record has no IdRegistre, so that nothing can refer to it. Fetch the list again.");
        var nature = record.Text("Nature");
        var schema = nature?.ToUpperInvariant() switch
        {
            "PERSONNE PHYSIQUE" => "Person",
            "PERSONNE MORALE" => "Organization",
            "NAVIRE" => "Vessel",
            _ => null,
        };
        var draft = _list.Begin(reference, "fr-gels-" + reference, schema ?? "LegalEntity", record.Line);
        if (schema is null)
            draft.Warn(record.Line, $"the nature '{nature}' is not known; the entry was read as a person or an organisation.");
        new FrRecordMapper(record, draft).Map();
        _list.Add(draft, record.Line);
    }

    private ListMetadata Describe() => new()
    {
        Dataset = Dataset,
        Title = "Registre national des gels",
        Publisher = "Direction générale du Trésor",
        LegalBasis = "Code monétaire et financier, articles L. 562-1 et suivants",
        SourceUrl = "https://gels-avoirs.dgtresor.gouv.fr/ApiPublic/api/v1/publication/derniere-publication-fichier-json",
        Version = _version,
        GeneratedAt = _list.GeneratedAt,
    };
}
