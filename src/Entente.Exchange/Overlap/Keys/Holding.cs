using System.Collections.Immutable;
using Entente.Exchange.Overlap.Protocol;
using Entente.Records;

namespace Entente.Exchange.Overlap.Keys;

/// <summary>The entities that a side brings to a run, with the keys they are found by.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed class Holding
{
    private readonly ImmutableArray<Entity> _entities;
    private readonly List<OverlapKey> _keys;
    private readonly List<KeyKind> _kinds;
    private readonly List<List<int>> _holders;

    private Holding(ImmutableArray<Entity> entities, List<OverlapKey> keys, List<KeyKind> kinds, List<List<int>> holders, WordCounts words) =>
        (_entities, _keys, _kinds, _holders, Words) = (entities, keys, kinds, holders, words);

    /// <summary>The entities, by whose places results name them.</summary>
    public ImmutableArray<Entity> Entities => _entities;

    /// <summary>How many different keys they have.</summary>
    public int KeyCount => _keys.Count;

    /// <summary>Makes the keys.</summary>
    /// <param name="entities">The entities, each once.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The holding.</returns>
    public static Holding Of(IEnumerable<Entity> entities, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entities);
        ImmutableArray<Entity> all = [.. entities];
        var made = new ImmutableArray<EntityKey>[all.Length];
        var words = new WordCounts(all.Length);
        Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            EntityTraits traits = EntityTraits.Of(all[i]);
            made[i] = EntityKeys.Of(traits);
            words.Add(FineFeatures.Of(traits));
        });
        var places = new Dictionary<OverlapKey, int>();
        List<OverlapKey> keys = [];
        List<KeyKind> kinds = [];
        List<List<int>> holders = [];
        for (int i = 0; i < made.Length; i++)
        {
            foreach (EntityKey key in made[i])
            {
                if (places.TryAdd(key.Key, keys.Count))
                {
                    keys.Add(key.Key);
                    kinds.Add(key.Kind);
                    holders.Add([]);
                }

                holders[places[key.Key]].Add(i);
            }
        }

        return new Holding(all, keys, kinds, holders, words);
    }

    /// <summary>What goes into the first round: the keys, and how many entities stand behind each.</summary>
    public OverlapInput FirstRound() => OverlapInput.Which(_keys, [.. _holders.Select(holders => (byte)Math.Min(byte.MaxValue, holders.Count))]);

    /// <summary>What goes into a run that tells only how many are in common.</summary>
    public OverlapInput Counting() => OverlapInput.HowMany(_entities.Select(entity => (IReadOnlyList<OverlapKey>)EntityKeys.ForCounting(entity)));

    /// <summary>How common words are among them.</summary>
    internal WordCounts Words { get; }

    internal KeyKind KindOf(int key) => _kinds[key];

    /// <summary>The entities behind a key, in an order that stays.</summary>
    internal List<int> HoldersOf(int key) => _holders[key];
}
