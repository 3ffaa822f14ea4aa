namespace Entente.Names.Comparison;

/// <summary>Edits between two short words.</summary>
internal static class EditDistance
{
    /// <summary>
    /// Optimal string alignment distance (Damerau 1964, restricted): insertions, deletions,
    /// substitutions and exchanges of neighbours.
    /// </summary>
    /// <param name="a">A word.</param>
    /// <param name="b">A word.</param>
    /// <param name="limit">Where counting may stop.</param>
    /// <returns>The distance, or <paramref name="limit"/> + 1 when it is larger.</returns>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > 60 || b.Length > 60)
            return limit + 1;
        Span<int> rows = stackalloc int[3 * 61];
        Span<int> beforeLast = rows[..61], last = rows.Slice(61, 61), row = rows.Slice(122, 61);
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int best = Math.Min(last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, beforeLast[j - 2] + 1);
                row[j] = best;
                least = Math.Min(least, best);
            }

            if (least > limit)
                return limit + 1;
            Span<int> free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return Math.Min(last[b.Length], limit + 1);
    }
}
