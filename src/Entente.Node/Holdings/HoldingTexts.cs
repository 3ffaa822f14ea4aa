namespace Entente.Node.Holdings;

/// <summary>Marks the texts of the pages on records and releases.</summary>
public sealed class HoldingTexts;
