namespace Entente.Lists.Wording;

/// <summary>Outside text as messages may show it.</summary>
internal static class ShortText
{
    /// <summary>On one line, without control characters, and cut where it is long.</summary>
    /// <param name="text">Any text; null shows as nothing.</param>
    /// <param name="maxLength">How much of it is shown.</param>
    public static string Of(string? text, int maxLength = 40)
    {
        var clean = new string([.. (text ?? "").Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
        return clean.Length <= maxLength ? clean : clean[..maxLength] + "...";
    }
}
