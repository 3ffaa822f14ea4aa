using Entente.Scale.MadeUp;

namespace Entente.Overlap;

/// <summary>A word of a name in the three scripts; null where nobody is known to have written it so.</summary>
internal sealed record TrueWord(string Latin, string? Arabic, string? Cyrillic, bool IsFather)
{
    public bool Has(Writing writing) => writing switch { Writing.Arabic => Arabic is not null, Writing.Cyrillic => Cyrillic is not null, _ => true };
}

/// <summary>A script that a holding writes a person in.</summary>
internal enum Writing
{
    Latin,
    Arabic,
    Cyrillic,
}

/// <summary>A made-up person as they are, before anybody writes them down.</summary>
internal sealed record TruePerson(NamingStyle Style, IReadOnlyList<TrueWord> Words, DateOnly Born, string Country, bool IsMale, string? Passport)
{
    public bool CanBe(Writing writing) => Words.All(word => word.Has(writing));
}
