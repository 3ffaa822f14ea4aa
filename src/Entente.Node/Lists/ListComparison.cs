using System.Collections.Concurrent;
using Entente.Lists;
using Entente.Lists.Diffs;
using Entente.Lists.Snapshots;

namespace Entente.Node.Lists;

/// <summary>Compares versions of lists; the last few comparisons are kept, for pages are turned and read again.</summary>
internal sealed class ListComparison
{
    private const int Kept = 4;

    private readonly ConcurrentDictionary<(string, string), Task<ListDiff>> _known = new();

    /// <summary>What changed between two stored versions. Reads both lists whole: seconds for a large one.</summary>
    public async Task<ListDiff> BetweenAsync(Snapshot before, Snapshot after)
    {
        var key = (before.Manifest.Sha256, after.Manifest.Sha256);
        if (_known.Count >= Kept && !_known.ContainsKey(key))
            _known.Clear();
        try
        {
            return await _known.GetOrAdd(key, _ => Task.Run(() => ListDiff.Between(Read(before), Read(after)))).ConfigureAwait(false);
        }
        catch
        {
            _known.TryRemove(key, out _);
            throw;
        }
    }

    private static ListFile Read(Snapshot snapshot)
    {
        snapshot.Verify();
        return ListReader.Read(snapshot.Path);
    }
}
