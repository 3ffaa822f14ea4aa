namespace Entente.Node.Subjects;

/// <summary>Marks the texts of the pages on monitored subjects.</summary>
public sealed class SubjectTexts;
