namespace Entente.Node.Monitoring;

/// <summary>Marks the texts of feed and webhooks.</summary>
public sealed class MonitoringTexts;
