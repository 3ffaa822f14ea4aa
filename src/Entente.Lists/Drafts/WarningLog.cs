using System.Collections.Immutable;
using System.Globalization;

namespace Entente.Lists.Drafts;

/// <summary>The warnings of one list. A file of a million faults must not fill the memory with what is said about them.</summary>
internal sealed class WarningLog(ListLimits limits)
{
    private readonly ImmutableArray<ListWarning>.Builder _warnings = ImmutableArray.CreateBuilder<ListWarning>();
    private long _more;

    /// <summary>Notes something that did not read as meant.</summary>
    public void Add(int line, string reference, string message)
    {
        if (_warnings.Count < limits.MaxWarnings)
            _warnings.Add(new ListWarning(line, reference, message));
        else
            _more++;
    }

    /// <summary>All warnings, in file order; the last tells how many there were besides.</summary>
    public ImmutableArray<ListWarning> Complete()
    {
        if (_more > 0)
            _warnings.Add(new ListWarning(1, "", $"{_more.ToString("N0", CultureInfo.InvariantCulture)} further warnings were not kept."));
        return _warnings.DrainToImmutable();
    }
}
