using System.Collections.Immutable;

namespace Entente.Exchange.Agreements;

/// <summary>All agreements that two nodes ever signed, and which of them count. Immutable.</summary>
public sealed class AgreementBook
{
    private readonly ImmutableHashSet<string> _endedEarly;

    /// <summary>A book of these agreements.</summary>
    /// <param name="agreements">Terms whose signatures were checked; all of them, also those that ended: what took the place of an old one is known from the newer one.</param>
    /// <param name="endedEarly">Ids of those that a party ended before their time.</param>
    public AgreementBook(IEnumerable<Agreement> agreements, IEnumerable<string>? endedEarly = null)
    {
        Agreements = [.. agreements.DistinctBy(each => each.Id)];
        _endedEarly = [.. endedEarly ?? []];
    }

    /// <summary>A book without any.</summary>
    public static AgreementBook Empty { get; } = new([]);

    /// <summary>The agreements.</summary>
    public ImmutableArray<Agreement> Agreements { get; }

    /// <summary>Where an agreement stands.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">The time.</param>
    /// <returns><see cref="AgreementState.None"/> for one that is not in the book.</returns>
    public AgreementState StateOf(string id, DateTimeOffset now)
    {
        var terms = Agreements.FirstOrDefault(each => each.Id == id);
        if (terms is null)
            return AgreementState.None;
        if (_endedEarly.Contains(id))
            return AgreementState.EndedEarly;
        if (Agreements.Any(each => each.Supersedes == id && each.Starts <= now))
            return AgreementState.Superseded;
        return now < terms.Starts ? AgreementState.Future : now < terms.Ends ? AgreementState.InForce : AgreementState.Ended;
    }

    /// <summary>Those that are in force.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The latest to start first.</returns>
    public ImmutableArray<Agreement> InForce(DateTimeOffset now) =>
        [.. Agreements.Where(each => StateOf(each.Id, now) == AgreementState.InForce).OrderByDescending(each => each.Starts).ThenBy(each => each.Id, StringComparer.Ordinal)];
}
