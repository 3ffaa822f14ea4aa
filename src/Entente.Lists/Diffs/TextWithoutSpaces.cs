namespace Entente.Lists.Diffs;

/// <summary>Compares running text by all that is not white space.</summary>
internal sealed class TextWithoutSpaces : IEqualityComparer<string>
{
    private TextWithoutSpaces()
    {
    }

    /// <summary>The one there is.</summary>
    public static TextWithoutSpaces Comparer { get; } = new();

    public bool Equals(string? x, string? y)
    {
        if (ReferenceEquals(x, y))
            return true;
        if (x is null || y is null)
            return false;
        int i = 0, j = 0;
        while (true)
        {
            while (i < x.Length && char.IsWhiteSpace(x[i]))
                i++;
            while (j < y.Length && char.IsWhiteSpace(y[j]))
                j++;
            if (i == x.Length || j == y.Length)
                return i == x.Length && j == y.Length;
            if (x[i++] != y[j++])
                return false;
        }
    }

    public int GetHashCode(string obj)
    {
        var hash = new HashCode();
        foreach (var c in obj)
        {
            if (!char.IsWhiteSpace(c))
                hash.Add(c);
        }
        return hash.ToHashCode();
    }
}
