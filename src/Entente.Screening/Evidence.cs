namespace Entente.Screening;

/// <summary>One thing that speaks for or against a match.</summary>
/// <param name="Feature">What it is about: <c>name</c>, <c>alias</c>, <c>birthDate</c>, <c>nationality</c>, <c>gender</c>, <c>birthPlace</c>, <c>document</c>.</param>
/// <param name="QueryValue">What the query says; null where it says nothing.</param>
/// <param name="ListedValue">What the list says; null where it says nothing.</param>
/// <param name="Weight">Bits: above 0 it speaks for, below 0 against. The weights of a match add up to <see cref="Match.Weight"/>.</param>
/// <param name="Explanation">In plain English, for a person.</param>
public sealed record Evidence(string Feature, string? QueryValue, string? ListedValue, double Weight, string Explanation);
