using System.Globalization;
using Entente.Lists.Drafts;

namespace Entente.Lists.Canada;

/// <summary>Reads the Consolidated Canadian Autonomous Sanctions List, the official XML.</summary>
/// <remarks>The elements have English names, or since 2026 English and French ones (<c>LastName-NomDeFamille</c>): what
/// counts is the English half. The list has no references; ids are made of regime, schedule and item:
/// <c>ca-Belarus-1-Part-1-7</c>. Where these stand more than once, what the record says makes the difference.</remarks>
internal sealed class CaSanctionsReader(ListXml xml, string file, ListLimits limits)
{
    public const string RootElement = "data-set";

    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "ca-sema";

    // What tells apart records of one item; one element may go by several names.
    private static readonly string[][] Telling =
    [
        ["EntityOrShip", "Entity"], ["LastName"], ["GivenName"], ["DateOfBirthOrShipBuildDate"], ["ShipIMONumber"], ["Aliases"],
        ["TitleOrShip"], ["TitleOrShipType"], ["DateOfListing"],
    ];

    private readonly ListDraft _list = new(file, limits, Dataset);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private string _lastListed = "";

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        var records = new List<ListElement>();
        xml.EachChild(name =>
        {
            if (name != "record")
            {
                LeaveOut(name, xml.Line);
                xml.Skip();
                return;
            }
            if (records.Count == limits.MaxEntities)
                throw xml.Error($"the list holds more than {limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
            var record = English(xml.ReadRecord());
            Key(record); // so that a list of nothing is not held in memory before it is refused
            records.Add(record);
        });
        xml.ReadToEnd();

        var references = References(records);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (record, reference) in records.Zip(references))
        {
            if (!seen.Add(reference))
                _list.Warn(record.Line, reference, "the record says the same as one before and counts once.");
            else
                Add(record, reference);
        }
        return _list.Complete(new ListMetadata
        {
            Dataset = Dataset,
            Title = "Consolidated Canadian Autonomous Sanctions List",
            Publisher = "Global Affairs Canada",
            LegalBasis = "Special Economic Measures Act; Justice for Victims of Corrupt Foreign Officials Act",
            SourceUrl = "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
            // The file does not say when it was made; its entries say when they were listed.
            Version = _lastListed.Length == 0 ? null : _lastListed,
        });
    }

    // Regime, schedule and item; where several records have the same, also what tells them apart; where that is the same
    // as well, all that they say. So only records that say the same in everything have the same reference.
    private string[] References(List<ListElement> records)
    {
        string[] references = [.. records.Select(Key)];
        Extend(Told, static _ => true);
        Extend(Whole, static same => same.Select(Whole).Distinct(StringComparer.Ordinal).Skip(1).Any());
        return references;

        void Extend(Func<ListElement, string> by, Func<IEnumerable<ListElement>, bool> where)
        {
            var shared = records.Zip(references).GroupBy(pair => pair.Second, pair => pair.First, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Skip(1).Any() && where(group)).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < references.Length; i++)
            {
                if (shared.Contains(references[i]))
                    references[i] += "-" + RecordDraft.Hash(by(records[i])).ToString("x16", CultureInfo.InvariantCulture);
            }
        }
    }

    private void Add(ListElement record, string reference)
    {
        var draft = _list.Begin(reference, "ca-" + reference, CaRecordMapper.Schema(record), record.Line);
        new CaRecordMapper(record, draft, LeaveOut).Map();
        foreach (var listed in draft.Sanction.Values("listingDate"))
            _lastListed = string.CompareOrdinal(listed, _lastListed) > 0 ? listed : _lastListed;
        _list.Add(draft, record.Line);
    }

    private void LeaveOut(string element, int line)
    {
        if (_reported.Add(element))
            _list.Warn(line, "", $"the element <{element}> is not known and was left out.");
    }

    // The same record with the English halves of its elements' names.
    private static ListElement English(ListElement record)
    {
        var english = new ListElement(record.Name, record.Line);
        foreach (var child in record.Children)
        {
            var named = new ListElement(child.Name.Split('-')[0], child.Line);
            named.AddText(child.Text);
            foreach (var inner in child.Children)
                named.Add(inner);
            english.Add(named);
        }
        return english;
    }

    private string Key(ListElement record)
    {
        var parts = new[] { CaRecordMapper.EnglishHalf(record.Value("Country"), '/'), record.Value("Schedule"), record.Value("Item") };
        if (parts.All(part => part is null))
            throw _list.Error(record.Line, "a record has neither country, schedule nor item, so that nothing can refer to it. Fetch the list again.");
        return string.Join('-', parts.Select(part => Slug(part ?? "")).Where(part => part.Length > 0));
    }

    private static string Told(ListElement record) =>
        string.Join('|', Telling.Select(names => names.Select(record.Value).FirstOrDefault(value => value is not null)));

    private static string Whole(ListElement element) =>
        $"<{element.Name}>{element.Text}{string.Concat(element.Children.Select(Whole))}</>";

    // '1, Part 1.1' gives '1-Part-1.1'.
    private static string Slug(string text) =>
        string.Join('-', new string([.. text.Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
