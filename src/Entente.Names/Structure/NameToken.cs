namespace Entente.Names.Structure;

/// <summary>One part of a name as it was written.</summary>
/// <param name="Text">As written; the words of a compound with spaces between.</param>
/// <param name="Part">What it is.</param>
public sealed record NameToken(string Text, NamePart Part);
