namespace Entente.Node.Bulk;

/// <summary>Marks the texts of the pages on bulk screening.</summary>
public sealed class BulkTexts;
