using System.Collections.Immutable;

namespace Entente.Names.Keys;

/// <summary>What a word of a name can be found by, whatever script it is written in.</summary>
/// <param name="Coarse">Consonants in six classes, what scripts write unlike left out: few true spellings differ in all of them, and many names share one. At least one.</param>
/// <param name="Fine">Consonants in eight classes: fewer names share one, and more true spellings differ in all.</param>
/// <param name="Known">The word as written, the families of known spellings it is in, and the given names it is a form of: who shares one has the same name.</param>
/// <param name="Rarity">Bits of evidence in agreement on the word: the rarer, the more.</param>
public sealed record WordKeys(ImmutableArray<string> Coarse, ImmutableArray<string> Fine, ImmutableArray<string> Known, double Rarity);
