namespace Entente.Node.Alerts;

/// <summary>Marks the texts of the pages on alerts.</summary>
public sealed class AlertTexts;
