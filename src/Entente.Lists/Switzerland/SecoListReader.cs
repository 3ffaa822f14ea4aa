using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.Switzerland;

/// <summary>Reads the Swiss list of sanctioned persons, enterprises and objects, the official XML of SECO (whole list).</summary>
/// <remarks>
/// Layout: sanctions programmes, targets and places. Targets name their programme and their places by number (<c>ssid</c>),
/// and places may stand behind them, so targets are held until the end, without the history that each carries along.
/// The list keeps whom it took off: they are on record as delisted. Ids are made of the target's own number:
/// <c>ch-seco-4388</c>, <c>ch-seco-4388-sanction</c>.
/// </remarks>
internal sealed class SecoListReader(ListXml xml, string file, ListLimits limits)
{
    public const string RootElement = "swiss-sanctions-list";

    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "ch-seco";

    private const string WholeList = "whole-list";

    private readonly ListDraft _list = new(file, limits, Dataset);
    private readonly SecoPrograms _programs = new();
    private readonly SecoPlaces _places = new();
    private readonly List<ListElement> _targets = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        if (xml.Attribute("list-type") is { } type && type != WholeList)
            throw _list.Error(xml.Line, $"this is a part of the Swiss list ('{Wording.ShortText.Of(type)}'), from which nobody could tell who is not listed. Fetch the whole list (list-type '{WholeList}').");
        var version = xml.Attribute("date");
        ReadDate(version);

        xml.EachChild(name =>
        {
            switch (name)
            {
                case "sanctions-program":
                    _programs.Add(xml.ReadRecord());
                    break;
                case "place":
                    _places.Add(xml.ReadRecord());
                    break;
                case "target":
                    Hold(ReadTarget());
                    break;
                default:
                    LeaveOut(name);
                    break;
            }
        });
        xml.ReadToEnd();

        var ids = _targets.Select(target => target.Attribute("ssid")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var target in _targets)
            Add(target, ids);
        return _list.Complete(Describe(version));
    }

    private void ReadDate(string? text)
    {
        if (PartialDate.TryParse(text, out var date) && date is { Month: { } month, Day: { } day, Degraded: false })
            _list.GeneratedAt = new DateTimeOffset(date.Year, month, day, 0, 0, 0, TimeSpan.Zero);
        else
            _list.Warn(xml.Line, "", "the list does not say when it was made (date).");
    }

    // A modification repeats what the target was before and after it. Only what it did, and when, is taken.
    private ListElement ReadTarget()
    {
        var target = new ListElement("target", xml.Line);
        foreach (var attribute in (ReadOnlySpan<string>)["ssid", "sanctions-set-id"])
            target.AddAttribute(attribute, xml.Attribute(attribute) ?? "");
        xml.EachChild(name =>
        {
            if (target.Children.Count == limits.MaxElementsPerRecord)
                throw _list.Error(xml.Line, $"one target holds more than {limits.MaxElementsPerRecord.ToString("N0", CultureInfo.InvariantCulture)} elements.");
            target.Add(name == SecoHistory.Element ? ReadModification() : xml.ReadRecord());
        });
        return target;
    }

    private ListElement ReadModification()
    {
        var modification = new ListElement(SecoHistory.Element, xml.Line);
        foreach (var attribute in SecoHistory.Attributes)
            modification.AddAttribute(attribute, xml.Attribute(attribute) ?? "");
        xml.Skip();
        return modification;
    }

    private void Hold(ListElement target)
    {
        if (_targets.Count == limits.MaxEntities)
            throw _list.Error(target.Line, $"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
        if (target.Attribute("ssid") is null)
            throw _list.Error(target.Line, "a target has no ssid, so that nothing can refer to it. Fetch the list again.");
        _targets.Add(target);
    }

    private void Add(ListElement target, HashSet<string> ids)
    {
        var reference = target.Attribute("ssid")!; // proved as it came in
        var body = target.Children.FirstOrDefault(child => child.Name is "individual" or "entity" or "object");
        var schema = body?.Name switch
        {
            "individual" => "Person",
            "entity" => "Organization",
            "object" => body.Attribute("object-type")?.ToLowerInvariant() switch
            {
                "vessel" or "ship" => "Vessel",
                "aircraft" or "airplane" => "Airplane",
                _ => null,
            },
            _ => null,
        };
        var draft = _list.Begin(reference, IdOf(reference), schema ?? "LegalEntity", target.Line);
        if (schema is null)
        {
            draft.Warn(target.Line, body is null
                ? "the target is neither individual, entity nor object; it was read as an individual or an entity."
                : $"'{body.Attribute("object-type")}' is neither a vessel nor an aircraft; the object was read as an individual or an entity, so that its names are screened.");
        }
        new SecoRecordMapper(target, body, draft, _programs, _places, ids, _reported).Map();
        _list.Add(draft, target.Line);
    }

    /// <summary>The id of the entity that a target becomes.</summary>
    public static string IdOf(string reference) => $"{Dataset}-{reference}";

    private void LeaveOut(string element)
    {
        if (_reported.Add(element))
            _list.Warn(xml.Line, "", $"the element <{element}> is not known; it was left out, here and wherever else it stands.");
        xml.Skip();
    }

    private ListMetadata Describe(string? version) => new()
    {
        Dataset = Dataset,
        Title = "Swiss list of sanctioned individuals, entities and objects",
        Publisher = "State Secretariat for Economic Affairs (SECO)",
        LegalBasis = "Embargo Act of 22 March 2002 (SR 946.231)",
        SourceUrl = "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
        Version = version,
        GeneratedAt = _list.GeneratedAt,
    };
}
