using Entente.Records.Markings;

namespace Entente.Exchange.Marked;

/// <summary>Who may read a record at a node.</summary>
public static class MarkingReaders
{
    /// <summary>All nodes that a node may hand the record to, as far as the marking goes.</summary>
    /// <param name="marking">The marking.</param>
    /// <param name="from">The node that would hand it on.</param>
    /// <returns>Exactly those that <see cref="Marking.Allows"/> admits.</returns>
    public static Audience ReadersAt(this Marking marking, string from)
    {
        ArgumentNullException.ThrowIfNull(marking);
        var named = marking.Audience.IsAnyone ? Audience.Nobody : marking.Audience;
        if (from == marking.Originator)
            return marking.Tlp == Tlp.Red ? named : marking.Audience;
        return marking.Tlp <= Tlp.Green ? marking.Audience : marking.Tlp == Tlp.Amber ? named : Audience.Nobody;
    }
}
