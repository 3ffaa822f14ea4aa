namespace Entente.Names.Comparison;

/// <summary>How far two parts of names agree.</summary>
/// <param name="Bits">Evidence that they are one: the rarity of the name, less what their difference takes away. 0 when they do not agree.</param>
/// <param name="Loss">What their difference takes away, in bits.</param>
/// <param name="Kind">In what way they agree; <c>default</c> is 'not'.</param>
internal readonly record struct Agreement(float Bits, float Loss, AgreementKind Kind);
