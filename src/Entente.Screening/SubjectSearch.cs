using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening.Facts;
using Entente.Screening.Index;

namespace Entente.Screening;

/// <summary>The reverse of screening: who, among many that are screened regularly, would match one listed entity.</summary>
/// <remarks>
/// Names are weighed alike from either side, but for rounding; so whoever a screening would find is found, and hardly anybody
/// else. What counts is the screening of those found: only it sees the lists as a whole. Safe for any number of threads.
/// </remarks>
/// <param name="subjects">Made by <see cref="Index"/>.</param>
/// <param name="policy">Whose threshold the subjects are to reach.</param>
public sealed class SubjectSearch(ScreeningIndex subjects, MatchPolicy policy)
{
    // Sums in another order differ in their last digits.
    private const double Rounding = 0.01;

    private readonly double _wanted = ScoreScale.ToBits(policy.Threshold);

    /// <summary>Indexes subjects.</summary>
    /// <param name="subjects">Their ids and what is known of them; of matchable schemata.</param>
    public static ScreeningIndex Index(IEnumerable<(string Id, Query Query)> subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return ScreeningIndex.Build(subjects.Select(subject => ToEntity(subject.Id, subject.Query)));
    }

    /// <summary>A subject as an entry of the index.</summary>
    private static Entity ToEntity(string id, Query query)
    {
        var entity = new EntityBuilder(id, query.Schema, null);
        foreach (string name in query.Names)
        {
            foreach (NameKind kind in SchemaKinds.KindsOf(query.Schema))
            {
                // A query's name is tried in each of its readings; a listed one is taken as it stands.
                foreach (string reading in NameReadings.Of(name, kind))
                    entity.Add("name", reading);
            }
        }

        AddAll("birthDate", query.BirthDates);
        AddAll("nationality", query.Nationalities);
        AddAll("country", query.Countries);
        AddAll("gender", query.Genders);
        AddAll("birthPlace", query.Places);
        AddAll("idNumber", query.Documents);
        return entity.Build();

        void AddAll(string property, ImmutableArray<string> values)
        {
            foreach (string value in values)
                entity.Add(property, value);
        }
    }

    /// <summary>Ids of the subjects that would match.</summary>
    /// <param name="listed">The listed entity.</param>
    /// <returns>Each once, in no order.</returns>
    public IReadOnlyCollection<string> Find(Entity listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        var found = new HashSet<int>();
        EntityFacts facts = EntityFacts.Of(listed);
        double least = policy.Weights.LeastName(facts, _wanted);
        foreach (NameKind kind in SchemaKinds.KindsOf(listed.Schema))
        {
            if (subjects.Kind(kind) is { } names)
                Find(listed, facts, least, names, found);
        }

        return [.. found.Select(subjects.IdOf)];
    }

    private void Find(Entity listed, EntityFacts facts, double least, IndexedKind kind, HashSet<int> found)
    {
        NameIndex names = kind.Names;
        NameSearch search = kind.Rent();
        try
        {
            foreach (string property in NameIndex.Properties)
            {
                double weak = property == "weakAlias" ? EvidenceWeights.WeakAlias : 0;
                foreach (string text in listed.Get(property))
                {
                    Name name = Name.Parse(text, names.Kind);
                    if (!name.IsComparable)
                        continue;
                    foreach ((int wording, float _) in search.Candidates(name, (float)(least - weak - Rounding)))
                    {
                        double bits = search.Weigh(name, wording) + weak;
                        foreach (int number in bits < least - Rounding ? [] : names.NamesOfWording(wording))
                            Consider(listed, facts, names.EntityOf(number), bits, found);
                    }

                    foreach (int subject in facts.Documents.SelectMany(document => subjects.WithDocument(document).ToArray()))
                    {
                        (int first, int length) = names.NamesOf(subject).GetOffsetAndLength(names.Count);
                        for (int number = first; number < first + length; number++)
                            Consider(listed, facts, subject, search.Weigh(name, names.WordingOf(number)) + weak, found);
                    }
                }
            }
        }
        finally
        {
            kind.Return(search);
        }
    }

    private void Consider(Entity listed, EntityFacts facts, int subject, double bits, HashSet<int> found)
    {
        if (bits <= -Rounding || found.Contains(subject) || !SchemaKinds.Comparable(subjects.SchemaOf(subject), listed.Schema))
            return;
        // As the screening does it: the subject asks, the list answers.
        List<Evidence> circumstances = FactComparison.Compare(EntityFacts.Of(ToQuery(subjects.PeekAt(subject))), facts);
        if (policy.Weights.Weigh(bits, Circumstances.Weigh(bits + Rounding, circumstances), circumstances) >= _wanted - Rounding)
            found.Add(subject);
    }

    private static Query ToQuery(Entity subject) => new()
    {
        Schema = subject.Schema,
        BirthDates = subject.Get("birthDate"),
        Nationalities = subject.Get("nationality"),
        Countries = subject.Get("country"),
        Genders = subject.Get("gender"),
        Places = subject.Get("birthPlace"),
        Documents = subject.Get("idNumber"),
    };
}
