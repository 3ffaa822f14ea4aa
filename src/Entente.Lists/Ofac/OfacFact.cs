namespace Entente.Lists.Ofac;

/// <summary>One thing that OFAC says of an entry, under a label: a number, a date, a country, a wallet.</summary>
/// <param name="Label">OFAC's word, such as <c>Tax ID No.</c></param>
/// <param name="Value">What stands under it.</param>
/// <param name="Line">Where it stands, from 1.</param>
internal sealed record OfacFact(string Label, string Value, int Line)
{
    /// <summary>The country that issued a paper.</summary>
    public string? Country { get; init; }

    /// <summary>When a paper was issued, in a form that cannot be mistaken.</summary>
    public string? Issued { get; init; }

    /// <summary>When a paper expires, in a form that cannot be mistaken.</summary>
    public string? Expires { get; init; }

    /// <summary>Who issued a paper.</summary>
    public string? Authority { get; init; }

    /// <summary>A remark on it.</summary>
    public string? Note { get; init; }

    /// <summary>The whole as OFAC wrote it, or would have in its remarks.</summary>
    public string Wording
    {
        get => field ?? $"{Label} {Value}{(Country is null ? "" : $" ({Country})")}{(Issued is null ? "" : " issued " + Issued)}{(Expires is null ? "" : " expires " + Expires)}";
        init;
    }
}
