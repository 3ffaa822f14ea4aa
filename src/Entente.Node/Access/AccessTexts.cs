namespace Entente.Node.Access;

/// <summary>Marks the texts of sign-in, accounts and keys.</summary>
public sealed class AccessTexts;
