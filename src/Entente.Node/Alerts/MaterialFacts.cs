using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Entente.Node.Store;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Alerts;

/// <summary>The facts of one side that a decision rests on. Distinct, in ordinal order.</summary>
/// <param name="Names">Names.</param>
/// <param name="Dates">Birth dates.</param>
/// <param name="Documents">Numbers of documents.</param>
/// <param name="Countries">Nationalities and countries, ISO codes where they could be read.</param>
/// <param name="Listing">Of a listed entity: datasets, and programmes as <c>dataset: programme</c>. Empty once it is no longer listed.</param>
internal sealed record FactSet(
    ImmutableArray<string> Names, ImmutableArray<string> Dates, ImmutableArray<string> Documents, ImmutableArray<string> Countries, ImmutableArray<string> Listing);

/// <summary>Which of the two sides.</summary>
internal enum FactSide
{
    /// <summary>Who was screened.</summary>
    Subject,

    /// <summary>The listed entity.</summary>
    Entity,
}

/// <summary>That a material fact is another: what is gone and what has come.</summary>
/// <param name="Side">Of which side.</param>
/// <param name="Fact"><c>name</c>, <c>date</c>, <c>document</c>, <c>country</c> or <c>listing</c>.</param>
/// <param name="From">Values that are gone.</param>
/// <param name="To">Values that have come.</param>
internal sealed record FactChange(FactSide Side, string Fact, ImmutableArray<string> From, ImmutableArray<string> To);

/// <summary>What a decision on a subject and a listed entity rests on. While it stays the same, the decision holds; scores play no part.</summary>
/// <param name="Subject">Who was screened.</param>
/// <param name="Entity">The listed entity, all of its listings together.</param>
internal sealed record MaterialFacts(FactSet Subject, FactSet Entity)
{
    private static readonly string[] NameProperties = ["name", "alias", "previousName", "weakAlias", "abbreviation"];

    private static readonly string[] CountryProperties = ["nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag"];

    /// <summary>The facts of a query and an entity.</summary>
    public static MaterialFacts Of(Query query, ListedEntity entity)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(entity);
        return new MaterialFacts(
            new FactSet(Texts(query.Names), Dates(query.BirthDates), Texts(query.Documents), CountryCodes([.. query.Nationalities, .. query.Countries]), []),
            new FactSet(
                Texts(Values(entity, NameProperties)),
                Dates(Values(entity, ["birthDate"])),
                Texts(Values(entity, ListedDocuments.Properties)),
                CountryCodes(Values(entity, CountryProperties)),
                Listings(entity)));
    }

    /// <summary>The facts once the entity is no longer listed.</summary>
    public MaterialFacts Delisted() => this with { Entity = Entity with { Listing = [] } };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static MaterialFacts Parse(string json) => JsonSerializer.Deserialize<MaterialFacts>(json, NodeJson.Options)
        ?? throw new JsonException("the facts are null");

    /// <summary>As JSON: the same text for the same facts.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NodeJson.Options);

    /// <summary>What changed from these facts to others. Case, spaces and signs are no change of a name or number.</summary>
    /// <param name="now">The others.</param>
    public ImmutableArray<FactChange> To(MaterialFacts now)
    {
        ArgumentNullException.ThrowIfNull(now);
        var changes = ImmutableArray.CreateBuilder<FactChange>();
        Compare(FactSide.Subject, Subject, now.Subject);
        Compare(FactSide.Entity, Entity, now.Entity);
        return changes.DrainToImmutable();

        void Compare(FactSide side, FactSet a, FactSet b)
        {
            Add(side, "name", a.Names, b.Names);
            Add(side, "date", a.Dates, b.Dates);
            Add(side, "document", a.Documents, b.Documents);
            Add(side, "country", a.Countries, b.Countries);
            Add(side, "listing", a.Listing, b.Listing);
        }

        void Add(FactSide side, string fact, ImmutableArray<string> a, ImmutableArray<string> b)
        {
            ImmutableArray<string> gone = Without(a, b), come = Without(b, a);
            if (!gone.IsEmpty || !come.IsEmpty)
                changes.Add(new FactChange(side, fact, gone, come));
        }
    }

    private static ImmutableArray<string> Without(ImmutableArray<string> values, ImmutableArray<string> others)
    {
        if (values.SequenceEqual(others))
            return [];
        var known = others.Select(Key).ToHashSet(StringComparer.Ordinal);
        return [.. values.Where(value => !known.Contains(Key(value)))];
    }

    /// <summary>Letters, marks and digits in upper case: what two writings of one value share.</summary>
    private static string Key(string value)
    {
        var key = new StringBuilder(value.Length);
        var space = false;
        foreach (var rune in value.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            var counts = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
            if (counts && space && key.Length > 0)
                key.Append(' ');
            if (counts)
                key.Append(Rune.ToUpperInvariant(rune).ToString());
            space = !counts;
        }
        return key.Length > 0 ? key.ToString() : value;
    }

    private static IEnumerable<string> Values(ListedEntity entity, IEnumerable<string> properties) =>
        properties.SelectMany(property => entity.Entries.SelectMany(entry => entry.Get(property)));

    private static ImmutableArray<string> Listings(ListedEntity entity) => Texts(entity.Entries.SelectMany(entry => entry.Datasets.SelectMany(dataset =>
        (entity.Group?.Referents.FirstOrDefault(referent => referent.Id == entry.Id)?.Programs ?? entry.Get("program")).Select(program => $"{dataset}: {program}").Prepend(dataset))));

    private static ImmutableArray<string> Dates(IEnumerable<string> texts) =>
        Texts(texts.Select(text => PartialDate.TryParse(text, out var date) ? date.ToString() : text));

    private static ImmutableArray<string> CountryCodes(IEnumerable<string> texts) =>
        Texts(texts.Select(text => Records.Countries.TryNormalise(text, out var code) ? code : text));

    private static ImmutableArray<string> Texts(IEnumerable<string> texts) =>
        [.. texts.Select(text => text.Trim()).Where(text => text.Length > 0).DistinctBy(Key, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>Where FtM keeps numbers of documents.</summary>
internal static class ListedDocuments
{
    public static readonly string[] Properties =
    [
        "passportNumber", "idNumber", "taxNumber", "registrationNumber", "socialSecurityNumber", "innCode", "ogrnCode", "imoNumber", "mmsi",
        "leiCode", "licenseNumber", "vatCode", "swiftBic", "callSign", "serialNumber", "accountNumber", "iban", "publicKey", "okpoCode", "kppCode", "uscCode",
    ];
}
