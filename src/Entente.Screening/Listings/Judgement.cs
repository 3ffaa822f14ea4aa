namespace Entente.Screening.Listings;

/// <summary>Whether two entries are one entity, in the words of nomenklatura's resolver.</summary>
public enum Judgement
{
    /// <summary>Nobody has decided. The default: an unset value never looks like an answer.</summary>
    NoJudgement,

    /// <summary>They are one entity.</summary>
    Positive,

    /// <summary>They are two entities.</summary>
    Negative,
}

/// <summary>A person's word on two entries: it wins over what the program would decide.</summary>
/// <param name="Left">Id of an entry, such as <c>un-QDi.1</c>.</param>
/// <param name="Right">Id of another.</param>
/// <param name="Judgement">What was decided.</param>
/// <param name="By">Who decided; null when not said.</param>
/// <param name="Reason">Why; null when not said.</param>
/// <param name="At">When; null when not said. Of several judgements on the same two the latest counts.</param>
public sealed record EntityJudgement(string Left, string Right, Judgement Judgement, string? By, string? Reason, DateTimeOffset? At)
{
    /// <summary>The judgement as evidence: it weighs nothing, since it is no measurement, and says who, when and why.</summary>
    internal Evidence AsEvidence()
    {
        string by = By is null ? "" : $" by {By}";
        string at = At is { } moment ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" on {moment:yyyy-MM-dd}") : "";
        string reason = Reason is null ? "" : $": {Reason}";
        return new Evidence("judgement", Left, Right, 0, $"judged {(Judgement == Judgement.Positive ? "one entity" : "two entities")}{by}{at}{reason}");
    }
}
