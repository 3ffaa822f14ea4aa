using System.Collections.Concurrent;
using System.Collections.Immutable;
using Entente.Names.Structure;
using Entente.Records;

namespace Entente.Screening.Listings;

/// <summary>What the resolver may use; all, unless measured.</summary>
/// <param name="UseUnReferences">Whether references of the United Nations count; false to measure what the rest finds.</param>
internal sealed record ResolverOptions(bool UseUnReferences = true);

/// <summary>Finds the entries of different lists that are one entity.</summary>
/// <remarks>
/// <para>
/// Conservative: to show one entity twice costs a person a minute, to take two for one may free
/// a listed person or trouble an innocent one. Two entries are linked by a reference of the
/// United Nations, by a number beside agreeing names, by strong names beside the same birth
/// date, by the same rare name of an organisation beside the same country; never against a
/// contradiction, and never within one list.
/// </para>
/// <para>The strongest links are made first. A link that would put two entries of one list, or two that contradict each
/// other, into one group is refused and kept for a person to judge. The order of the input plays no part.</para>
/// </remarks>
public static class EntityResolver
{
    /// <summary>Resolves the entries of several lists.</summary>
    /// <param name="entities">All entities of all lists, sanctions included: they carry references and programmes.</param>
    /// <param name="judgements">What people decided; it wins.</param>
    /// <returns>The groups; an entry that is on one list only is in none. So is an id that stands twice: it names no one entry.</returns>
    public static EntityGroups Resolve(IEnumerable<Entity> entities, ImmutableArray<EntityJudgement> judgements = default) =>
        Resolve(entities, judgements.IsDefault ? [] : judgements, new ResolverOptions());

    /// <summary>As <see cref="Resolve(IEnumerable{Entity}, ImmutableArray{EntityJudgement})"/>, with options for measuring.</summary>
    internal static EntityGroups Resolve(IEnumerable<Entity> entities, ImmutableArray<EntityJudgement> judgements, ResolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(entities);
        Entity[] all = [.. entities];
        // One list has nothing to resolve, but a person may say otherwise.
        if (judgements.IsEmpty && all.SelectMany(e => e.Datasets).Distinct(StringComparer.Ordinal).Take(2).Count() < 2)
            return EntityGroups.None;
        Subject[] subjects = SubjectsOf(all);
        var clusters = new Clusters(subjects, judgements, options);
        clusters.AddJudged();
        (int Left, int Right)[] pairs = CandidatePairs.Of(subjects, options);
        var outcomes = new PairOutcome[pairs.Length];
        Parallel.For(0, pairs.Length, i => outcomes[i] = PairResolution.Decide(subjects[pairs[i].Left], subjects[pairs[i].Right], options));
        clusters.Add(outcomes);
        return clusters.ToGroups();
    }

    /// <summary>The entries that may be one with another, by id: from here on the order of the input plays no part.</summary>
    private static Subject[] SubjectsOf(Entity[] entities)
    {
        var entries = new Dictionary<string, Entity?>(StringComparer.Ordinal);
        var sanctions = new Dictionary<string, List<Entity>>(StringComparer.Ordinal);
        foreach (Entity entity in entities)
        {
            if (Schemata.IsMatchable(entity.Schema))
            {
                if (!entries.TryAdd(entity.Id, entity))
                    entries[entity.Id] = null;
            }
            else if (entity.IsA("Sanction"))
            {
                foreach (string id in entity.Get("entity"))
                {
                    if (!sanctions.TryGetValue(id, out List<Entity>? list))
                        sanctions[id] = list = [];
                    list.Add(entity);
                }
            }
        }

        Entity[] sorted = [.. entries.Values.OfType<Entity>().OrderBy(e => e.Id, StringComparer.Ordinal)];
        var subjects = new Subject[sorted.Length];
        // A reader remembers what it read: one for each processor, and none for each handful.
        int share = Math.Max(1, (sorted.Length / Environment.ProcessorCount) + 1);
        Parallel.ForEach(Partitioner.Create(0, sorted.Length, share), range =>
        {
            var reader = new NameReader();
            for (int i = range.Item1; i < range.Item2; i++)
                subjects[i] = new Subject(sorted[i], [.. sanctions.GetValueOrDefault(sorted[i].Id, []).OrderBy(s => s.Id, StringComparer.Ordinal)], reader);
        });
        return subjects;
    }
}
