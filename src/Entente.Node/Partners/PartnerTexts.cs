namespace Entente.Node.Partners;

/// <summary>Marks the texts of the pages on partners.</summary>
public sealed class PartnerTexts;
