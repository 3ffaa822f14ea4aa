namespace Entente.Node.Web;

/// <summary>Marks the texts of the shell and of what all pages share.</summary>
public sealed class WebTexts;
