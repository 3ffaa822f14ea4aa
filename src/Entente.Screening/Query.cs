using System.Collections.Immutable;
using Entente.Names.Structure;

namespace Entente.Screening;

/// <summary>An example entity to screen: what is known of someone, as raw text.</summary>
/// <remarks>Values that cannot be read (a date such as 'unknown') count as not given.</remarks>
public sealed record Query
{
    /// <summary>FtM schema: decides how names are read and what may match. <c>Thing</c> and <c>LegalEntity</c> match anything below them.</summary>
    public string Schema { get; init; } = "Person";

    /// <summary>Names in any script; the best of them counts.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Birth dates, whole or in part.</summary>
    public ImmutableArray<string> BirthDates { get; init; } = [];

    /// <summary>Nationalities: ISO codes or names of countries.</summary>
    public ImmutableArray<string> Nationalities { get; init; } = [];

    /// <summary>Genders: <c>male</c>, <c>female</c>; anything else says nothing.</summary>
    public ImmutableArray<string> Genders { get; init; } = [];

    /// <summary>Places of birth.</summary>
    public ImmutableArray<string> Places { get; init; } = [];

    /// <summary>Numbers of passports, identity cards, registrations, vessels.</summary>
    public ImmutableArray<string> Documents { get; init; } = [];

    /// <summary>Countries of residence, registration or activity.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];

    /// <summary>Whether it says anything beside names.</summary>
    internal bool HasFacts => !(BirthDates.IsEmpty && Nationalities.IsEmpty && Genders.IsEmpty && Places.IsEmpty && Documents.IsEmpty && Countries.IsEmpty);

    /// <summary>Whether any name holds something to compare; if not, the answer is 'nothing to compare', never 'clear'.</summary>
    public bool HasComparableName => Names.Any(n => SchemaKinds.KindsOf(Schema).Any(kind => Name.Parse(n, kind).IsComparable));
}
