namespace Entente.Screening.Index;

/// <summary>What a name is made of, as far as a bound on its weight needs to know.</summary>
/// <param name="Words">Words that are as rare as the commonest name at least, and no particle in other names.</param>
/// <param name="Initials">Single letters, each of which may stand for any word that begins so.</param>
internal readonly record struct NameSize(byte Words, byte Initials);
