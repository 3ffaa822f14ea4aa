namespace Entente.Node.Lists;

/// <summary>Marks the texts of the pages on lists.</summary>
public sealed class ListTexts;
