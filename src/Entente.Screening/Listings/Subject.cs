using System.Collections.Immutable;
using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening.Facts;

namespace Entente.Screening.Listings;

/// <summary>A number that an entry carries.</summary>
/// <param name="Key">Letters and digits alone, in upper case, without leading zeros.</param>
/// <param name="IsGlobal">Whether there is one in the world, and not one a country.</param>
internal readonly record struct Identifier(string Key, bool IsGlobal);

/// <summary>An entry that is being resolved, with what decides about it.</summary>
internal sealed class Subject
{
    // Numbers that name one thing. Accounts, licences and tax offices' codes are shared by several.
    private static readonly string[] National =
    [
        "passportNumber", "idNumber", "taxNumber", "registrationNumber", "socialSecurityNumber", "innCode", "ogrnCode", "vatCode", "okpoCode", "uscCode", "swiftBic", "mmsi", "serialNumber",
    ];

    private static readonly string[] Global = ["imoNumber", "leiCode", "publicKey"];

    // Numbers of which a thing has one only: to have another is to be another.
    private static readonly string[] Single = ["imoNumber", "leiCode", "innCode", "ogrnCode"];

    private const int MostBirthDays = 12;

    private readonly Lazy<EntityFacts> _facts;
    private readonly ImmutableArray<SubjectName>[] _names;
    private readonly ImmutableArray<ImmutableArray<string>> _single;

    public Subject(Entity entity, IReadOnlyList<Entity> sanctions, NameReader reader)
    {
        Entity = entity;
        _facts = new Lazy<EntityFacts>(() => EntityFacts.Of(entity));
        _single = [.. Single.Select(property => Keys(entity, property))];
        Kinds = [.. SchemaKinds.KindsOf(entity.Schema).Order()];
        _names = new ImmutableArray<SubjectName>[Kinds.Length];
        Identifiers = [.. Of(Global, true).Concat(Of(National, false)).DistinctBy(i => i.Key)];
        BirthDays = BirthDaysOf(entity);
        UnReferences = [.. sanctions.SelectMany(s => s.Get("unscId")).Select(UnReferenceKey).Where(key => key.Any(char.IsAsciiDigit)).Distinct(StringComparer.Ordinal)];
        IsUnEntry = sanctions.Any(s => s.Get("unscId").Intersect(s.Get("recordId"), StringComparer.Ordinal).Any());
        // Names are read here, where readers are many, if anything can come of them; else when a person's judgement asks.
        for (int i = 0; i < Kinds.Length; i++)
        {
            if (Kinds[i] == NameKind.Organisation || !BirthDays.IsEmpty || !UnReferences.IsEmpty || !Identifiers.IsEmpty)
                _names[i] = SubjectName.Of(entity, Kinds[i], reader);
        }

        Referent = new Referent(entity.Id, entity.Datasets, entity.Caption,
            [.. entity.Get("program").Concat(sanctions.SelectMany(s => s.Get("program"))).Distinct(StringComparer.Ordinal)],
            [.. sanctions.SelectMany(s => s.Get("authority")).Distinct(StringComparer.Ordinal)]);

        IEnumerable<Identifier> Of(string[] properties, bool isGlobal) => properties.SelectMany(p => Keys(entity, p)).Select(key => new Identifier(key, isGlobal));
    }

    public Entity Entity { get; }

    public string Id => Entity.Id;

    public EntityFacts Facts => _facts.Value;

    public Referent Referent { get; }

    /// <summary>References of the United Nations, in one form: <c>QDI.43</c> for QDi.043.</summary>
    public ImmutableArray<string> UnReferences { get; }

    /// <summary>Whether the United Nations' list is where the entry comes from: its own reference is theirs.</summary>
    public bool IsUnEntry { get; }

    /// <summary>Numbers that name one thing.</summary>
    public ImmutableArray<Identifier> Identifiers { get; }

    /// <summary>Birth dates known to the day, as yyyymmdd; the first of January, which often stands for 'that year', left out.</summary>
    public ImmutableArray<int> BirthDays { get; }

    /// <summary>The kinds that the names may be of.</summary>
    public ImmutableArray<NameKind> Kinds { get; }

    /// <summary>The names read as of a kind; none where the schema does not allow it.</summary>
    public ImmutableArray<SubjectName> Names(NameKind kind)
    {
        int at = Kinds.IndexOf(kind);
        if (at < 0)
            return [];
        if (_names[at].IsDefault)
            _names[at] = SubjectName.Of(Entity, kind, new NameReader());
        return _names[at];
    }

    /// <summary>Whether both come from one list. An entry of no known list may be of any.</summary>
    public bool SharesDataset(Subject other) =>
        Entity.Datasets.IsEmpty || other.Entity.Datasets.IsEmpty || Entity.Datasets.Any(d => other.Entity.Datasets.Contains(d));

    /// <summary>A number of which a thing has one only, and the two have different ones.</summary>
    public string? OtherSingleIdentifier(Subject other)
    {
        for (int i = 0; i < Single.Length; i++)
        {
            if (!_single[i].IsEmpty && !other._single[i].IsEmpty && !_single[i].Any(k => other._single[i].Contains(k)))
                return Single[i];
        }

        return null;
    }

    private static ImmutableArray<string> Keys(Entity entity, string property)
    {
        ImmutableArray<string> texts = entity.Get(property);
        // Numbers of four signs and less are shared by chance, and what has no digits is a remark; bank codes are letters.
        return texts.IsEmpty ? [] : [.. texts.Select(Key).Where(key => key.Length >= 5 && (property == "swiftBic" || key.Any(char.IsAsciiDigit))).Distinct(StringComparer.Ordinal)];

        string Key(string text)
        {
            string key = EntityFacts.DocumentKey(text);
            return property == "imoNumber" && key.StartsWith("IMO", StringComparison.Ordinal) ? key[3..] : key;
        }
    }

    private static ImmutableArray<int> BirthDaysOf(Entity entity)
    {
        ImmutableArray<string> texts = entity.Get("birthDate");
        if (texts.IsEmpty)
            return [];
        var days = ImmutableArray.CreateBuilder<int>();
        foreach (string text in texts)
        {
            if (PartialDate.TryParse(text, out PartialDate date) && date is { Month: { } month, Day: { } day } and not { Month: 1, Day: 1 })
                days.Add((((date.Year * 100) + month) * 100) + day);
        }

        // With birth dates by the dozen one of them agrees by chance; it also bounds what a malicious list can cost.
        return days.Count > MostBirthDays ? [] : days.DrainToImmutable();
    }

    /// <summary>Upper case, no spaces, no leading zeros in the numbers: publishers copy QDi.043 as QDi.43 and QDI.043.</summary>
    private static string UnReferenceKey(string text)
    {
        var key = new System.Text.StringBuilder(text.Length);
        foreach (char c in text.ToUpperInvariant())
        {
            if (!char.IsLetterOrDigit(c) && c != '.')
                continue;
            if (key.Length > 1 && key[^1] == '0' && !char.IsAsciiDigit(key[^2]) && char.IsAsciiDigit(c))
                key.Length--;
            key.Append(c);
        }

        return key.ToString();
    }
}
