namespace Entente.Node.Contribution;

/// <summary>Marks the texts of the report of contributions.</summary>
public sealed class ContributionTexts;
