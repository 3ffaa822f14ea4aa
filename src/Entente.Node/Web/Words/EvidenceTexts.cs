namespace Entente.Node.Web.Words;

/// <summary>Marks what the engine says of evidence, by its English words.</summary>
public sealed class EvidenceTexts;
