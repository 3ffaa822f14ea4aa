namespace Entente.Node.Web.Words;

/// <summary>Marks the words of markings: levels, categories, grades.</summary>
public sealed class MarkingTexts;
