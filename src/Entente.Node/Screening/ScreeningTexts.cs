namespace Entente.Node.Screening;

/// <summary>Marks the texts of the pages on screening and listed entities.</summary>
public sealed class ScreeningTexts;
