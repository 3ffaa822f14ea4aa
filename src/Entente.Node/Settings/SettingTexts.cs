namespace Entente.Node.Settings;

/// <summary>Marks the texts of the page on settings.</summary>
public sealed class SettingTexts;
