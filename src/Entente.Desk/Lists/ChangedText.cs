namespace Entente.Desk.Lists;

/// <summary>What changed inside a text: the words that differ, with a few of those around them.</summary>
public static class ChangedText
{
    private const int ContextWords = 6;

    /// <summary>Cuts what two texts have in common at their beginning and their end.</summary>
    /// <param name="before">The former text.</param>
    /// <param name="after">The newer text.</param>
    /// <returns>Of each the part that differs, with some words around it.</returns>
    public static (string Before, string After) Between(string before, string after)
    {
        var (former, newer) = (before.Split(' '), after.Split(' '));
        var (head, tail) = InCommon(former, newer);
        var (left, right) = (Math.Max(0, head - ContextWords), Math.Max(0, tail - ContextWords));
        return (Part(former, left, right), Part(newer, left, right));
    }

    /// <summary>Whether one text is the other with something changed, rather than another text.</summary>
    /// <param name="before">The former text.</param>
    /// <param name="after">The newer text.</param>
    /// <returns>True where at least half of the shorter one's words, and no fewer than three, stand at both beginnings and ends.</returns>
    public static bool IsMostlyTheSame(string before, string after)
    {
        var (former, newer) = (before.Split(' '), after.Split(' '));
        var (head, tail) = InCommon(former, newer);
        return head + tail >= Math.Max(3, (Math.Min(former.Length, newer.Length) + 1) / 2);
    }

    private static (int Head, int Tail) InCommon(string[] former, string[] newer)
    {
        var shorter = Math.Min(former.Length, newer.Length);
        var head = 0;
        while (head < shorter && former[head] == newer[head])
            head++;
        var tail = 0;
        while (tail < shorter - head && former[^(tail + 1)] == newer[^(tail + 1)])
            tail++;
        return (head, tail);
    }

    private static string Part(string[] words, int left, int right) =>
        $"{(left > 0 ? "... " : "")}{string.Join(' ', words[left..^right])}{(right > 0 ? " ..." : "")}";
}
