namespace Entente.Node.Audit;

/// <summary>Marks the texts of the pages on the audit trail.</summary>
public sealed class AuditTexts;
