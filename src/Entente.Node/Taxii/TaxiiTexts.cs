namespace Entente.Node.Taxii;

/// <summary>Marks the texts of the pages of STIX collections.</summary>
public sealed class TaxiiTexts;
