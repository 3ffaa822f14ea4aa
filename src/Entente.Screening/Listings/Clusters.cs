using System.Collections.Immutable;

namespace Entente.Screening.Listings;

/// <summary>Joins entries link by link, the strongest first, and refuses what does not fit together.</summary>
internal sealed class Clusters
{
    private readonly Subject[] _subjects;
    private readonly ResolverOptions _options;
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<(int, int), EntityJudgement> _judged = [];
    private readonly List<int>?[] _members;
    private readonly List<EntityLink> _links = [];
    private readonly List<RefusedLink> _refused = [];

    /// <param name="subjects">All entries, sorted by id.</param>
    /// <param name="judgements">What people decided, in any order.</param>
    /// <param name="options">What contradicts.</param>
    public Clusters(Subject[] subjects, ImmutableArray<EntityJudgement> judgements, ResolverOptions options)
    {
        _subjects = subjects;
        _options = options;
        _members = new List<int>?[subjects.Length];
        _numbers = new Dictionary<string, int>(subjects.Length, StringComparer.Ordinal);
        for (int i = 0; i < subjects.Length; i++)
            _numbers.Add(subjects[i].Id, i);
        foreach (EntityJudgement judgement in judgements)
        {
            // A judgement on an entry that is listed no more waits for its return.
            if (judgement.Judgement == Judgement.NoJudgement || !_numbers.TryGetValue(judgement.Left, out int left) || !_numbers.TryGetValue(judgement.Right, out int right) || left == right)
                continue;
            (int, int) pair = left < right ? (left, right) : (right, left);
            if (!_judged.TryGetValue(pair, out EntityJudgement? known) || Precedes(judgement, known))
                _judged[pair] = judgement;
        }
    }

    /// <summary>Makes the links that people made. Only another person's word is against them.</summary>
    public void AddJudged()
    {
        foreach (((int left, int right) pair, EntityJudgement judgement) in _judged.OrderBy(j => j.Key))
        {
            if (judgement.Judgement != Judgement.Positive)
                continue;
            EntityLink link = PairResolution.Judged(_subjects[pair.left], _subjects[pair.right], judgement);
            Join(link, pair.left, pair.right, Forbidden);
        }
    }

    /// <summary>Makes the links that the program found, as far as they fit.</summary>
    public void Add(IEnumerable<PairOutcome> outcomes)
    {
        PairOutcome[] found = [.. outcomes.Where(o => o.Link is not null).OrderByDescending(o => o.Link!.Weight).ThenBy(o => o.Link!.Left, StringComparer.Ordinal).ThenBy(o => o.Link!.Right, StringComparer.Ordinal)];
        Rivals rivals = new(found.Where(o => o is { Refusal: null, Link.Basis: LinkBasis.NameAndCountry }).Select(o => o.Link!), id => _subjects[_numbers[id]]);
        foreach (PairOutcome outcome in found)
        {
            EntityLink link = outcome.Link!;
            int left = _numbers[link.Left], right = _numbers[link.Right];
            if (_judged.TryGetValue((left, right), out EntityJudgement? judgement))
            {
                if (judgement.Judgement == Judgement.Negative)
                    _refused.Add(new RefusedLink(link, judgement.AsEvidence().Explanation));
            }
            else if ((outcome.Refusal ?? rivals.Of(link)) is { } reason)
            {
                _refused.Add(new RefusedLink(link, reason));
            }
            else
            {
                Join(link, left, right, Conflict);
            }
        }
    }

    /// <summary>The groups that came of it.</summary>
    public EntityGroups ToGroups()
    {
        ILookup<List<int>, EntityLink> links = _links.ToLookup(l => _members[_numbers[l.Left]]!);
        IEnumerable<EntityGroup> groups = links.Select(cluster => new EntityGroup(
            Canonical(cluster.Key),
            [.. cluster.Key.Order().Select(i => _subjects[i].Referent)],
            [.. InOrder(cluster)]));
        return new EntityGroups(
            [.. groups.OrderBy(g => g.CanonicalId, StringComparer.Ordinal)],
            [.. _refused.OrderBy(r => r.Link.Left, StringComparer.Ordinal).ThenBy(r => r.Link.Right, StringComparer.Ordinal)]);
    }

    private static IEnumerable<EntityLink> InOrder(IEnumerable<EntityLink> links) =>
        links.OrderBy(l => l.Left, StringComparer.Ordinal).ThenBy(l => l.Right, StringComparer.Ordinal);

    private string Canonical(List<int> members) =>
        members.Select(i => _subjects[i]).OrderByDescending(s => s.IsUnEntry).ThenBy(s => s.Id, StringComparer.Ordinal).First().Id;

    private void Join(EntityLink link, int left, int right, Func<int, int, string?> conflict)
    {
        List<int> a = _members[left] ??= [left], b = _members[right] ??= [right];
        if (a != b)
        {
            foreach (int i in a.Order())
            {
                foreach (int j in b.Order())
                {
                    if (conflict(i, j) is not { } reason)
                        continue;
                    bool direct = (i == left && j == right) || (i == right && j == left);
                    _refused.Add(new RefusedLink(link, direct ? reason : $"it would join {_subjects[i].Id} and {_subjects[j].Id}: {reason}"));
                    return;
                }
            }

            if (a.Count < b.Count)
                (a, b) = (b, a);
            a.AddRange(b);
            foreach (int member in b)
                _members[member] = a;
        }

        _links.Add(link);
    }

    private string? Forbidden(int i, int j) =>
        _judged.GetValueOrDefault(i < j ? (i, j) : (j, i)) is { Judgement: Judgement.Negative } no ? no.AsEvidence().Explanation : null;

    private string? Conflict(int i, int j) => _judged.GetValueOrDefault(i < j ? (i, j) : (j, i)) switch
    {
        { Judgement: Judgement.Positive } => null,
        { Judgement: Judgement.Negative } no => no.AsEvidence().Explanation,
        _ => Contradiction.Between(_subjects[i], _subjects[j], _options),
    };

    /// <summary>The later word counts; of two at one moment the one that keeps apart, then the lesser text, so that the order of lines plays no part.</summary>
    private static bool Precedes(EntityJudgement judgement, EntityJudgement known)
    {
        int byTime = Nullable.Compare(judgement.At, known.At);
        if (byTime != 0)
            return byTime > 0;
        if (judgement.Judgement != known.Judgement)
            return judgement.Judgement == Judgement.Negative;
        return string.CompareOrdinal(judgement.ToString(), known.ToString()) < 0;
    }
}
