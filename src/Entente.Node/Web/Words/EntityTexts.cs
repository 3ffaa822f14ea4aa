namespace Entente.Node.Web.Words;

/// <summary>Marks the names of schemata, properties, countries and topics.</summary>
public sealed class EntityTexts;
