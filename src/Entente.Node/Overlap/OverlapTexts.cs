namespace Entente.Node.Overlap;

/// <summary>Marks the texts of the pages on overlap.</summary>
public sealed class OverlapTexts;
