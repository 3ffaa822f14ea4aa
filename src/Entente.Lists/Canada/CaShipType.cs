namespace Entente.Lists.Canada;

/// <summary>Tells types of ships, such as 'crude oil tanker', from titles of people and lines of business, such as
/// 'leadership' and 'tanker company': the word that the others describe is that of a ship.</summary>
internal static class CaShipType
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "ship", "vessel", "tanker", "carrier", "cargo", "tug", "tugboat", "container", "containership", "bulk", "bulker", "ferry", "yacht",
        "barge", "dredger", "boat", "icebreaker", "trawler", "motorship", "steamship", "warship",
    };

    // An air carrier carries, and is none.
    private static readonly HashSet<string> OfCompanies = new(StringComparer.OrdinalIgnoreCase) { "air", "flag", "common", "freight" };

    // What follows one of these says more of the thing, and not what it is.
    private static readonly HashSet<string> Ends = new(StringComparer.OrdinalIgnoreCase) { "of", "for", "in", "on", "at", "with", "under", "to", "from", "-", "–", "—" };

    /// <summary>Whether a title is that of a ship.</summary>
    public static bool Is(string title)
    {
        var head = title.Trim();
        if (head.AsSpan().IndexOfAny(",;:(") is > 0 and var cut)
            head = head[..cut];
        var words = head.Split([' ', '/', '.'], StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => !Ends.Contains(word))
            .Where(word => word.Any(char.IsLetter)).ToList();
        return words.Count > 0 && (Words.Contains(words[^1]) || Words.Contains(words[^1].TrimEnd('s', 'S')))
            && !(words.Count > 1 && words[^1].StartsWith("carrier", StringComparison.OrdinalIgnoreCase) && OfCompanies.Contains(words[^2]));
    }
}
