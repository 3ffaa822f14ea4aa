namespace Entente.Scale.MadeUp;

/// <summary>One word of a name.</summary>
/// <param name="Latin">As written in Latin letters, capitalised.</param>
/// <param name="Original">As written in the script of its origin; null where that is Latin or not known.</param>
internal sealed record NamePart(string Latin, string? Original);
