using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening;
using Entente.Screening.Facts;
using Entente.Screening.Listings;

namespace Entente.Bench;

/// <summary>
/// What speaks against a match beside the name: how often it is so of one person, by what his entries say, and how often of a
/// listed and an ordinary person brought together by chance. The logarithm of the one over the other is what it should weigh.
/// </summary>
internal static class CircumstanceMeasurement
{
    private static readonly (int From, int To)[] Ages =
        [(-200, 0), (0, 14), (14, 17), (17, 20), (20, 23), (23, 26), (26, 30), (30, 40), (40, 60), (60, 81), (81, 91), (91, 200)];

    private readonly record struct Pair(EntityFacts Asked, EntityFacts Entry);

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        List<Entity> entities = [.. RealLists.Union(options.Data).SelectMany(list => list.Entities)];
        List<Entity> people = [.. entities.Where(entity => entity.Schema == "Person").DistinctBy(entity => entity.Id)];
        ImmutableArray<EntityFacts> ordinary =
        [
            .. RealData.OrdinaryFiles.SelectMany(file => RealData.Rows(Path.Combine(options.Data, "queries", file), options.Rows)).Select(row => EntityFacts.Of(QueryRow.ByAll(row))),
        ];
        (Entity Left, Entity Right)[] links = Links(entities, people);
        Lost(links, entities, options, report);
        OnSeveralLists(links, people, ordinary, report);
        Untied(people, ordinary, report);
        AgesWhenListed(people, ListingDates.Of(entities), ordinary, report);
    }

    /// <summary>Two lists' entries on one person.</summary>
    private static (Entity Left, Entity Right)[] Links(List<Entity> entities, List<Entity> people)
    {
        Dictionary<string, Entity> byId = people.ToDictionary(entity => entity.Id);
        return
        [
            .. EntityResolver.Resolve(entities).Groups.SelectMany(group => group.Links)
                .Where(link => byId.ContainsKey(link.Left) && byId.ContainsKey(link.Right)).Select(link => (byId[link.Left], byId[link.Right])),
        ];
    }

    /// <summary>Who is asked about by what one list says of him, against the other list alone: what saying more than a name loses.</summary>
    private static void Lost((Entity Left, Entity Right)[] links, List<Entity> entities, Options options, Report report)
    {
        ILookup<string, Entity> sanctions = entities.Where(entity => entity.Schema == "Sanction").SelectMany(sanction => sanction.Get("entity").Select(id => (id, sanction))).ToLookup(of => of.id, of => of.sanction);
        (Entity Asked, Entity Listed)[] cases = [.. links.Concat(links.Select(link => (link.Right, link.Left)))];
        (Entity Asked, Entity Listed, bool ByName, bool ByAll, bool Undated)[] judged =
        [
            .. cases.AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).Select(each =>
            {
                var screener = new Screener(ScreeningIndex.Build([each.Listed, .. sanctions[each.Listed.Id]]), MatchPolicy.Default);
                var byName = new Query { Names = each.Asked.Get("name") };
                Query undated = byName with { Nationalities = each.Asked.Get("nationality"), Genders = each.Asked.Get("gender"), Places = each.Asked.Get("birthPlace") };
                return (each.Asked, each.Listed, IsMatch(byName), IsMatch(undated with { BirthDates = each.Asked.Get("birthDate") }), IsMatch(undated));

                bool IsMatch(Query query) => screener.Screen(query).Any(match => match.IsMatch);
            }),
        ];
        report.Rate("on two lists, asked by one about the other: by name", Count(each => each.ByName));
        report.Rate("... with all columns", Count(each => each.ByAll));
        report.Rate("... a match by name, and not with all columns", Count(each => each.ByName && !each.ByAll));
        report.Rate("... a match by name, and not with all but the birth date", Count(each => each.ByName && !each.Undated));
        foreach ((Entity asked, Entity listed, bool _, bool _, bool _) in judged.Where(each => each.ByName && !each.Undated))
            report.Miss("lost to circumstances", asked.Id, asked.Caption, listed.Id, listed.Caption);

        Rate Count(Func<(Entity Asked, Entity Listed, bool ByName, bool ByAll, bool Undated), bool> holds) => new(judged.Count(holds), judged.Length);
    }

    /// <summary>What two lists say of one person, beside ordinary people and listed ones.</summary>
    private static void OnSeveralLists((Entity Left, Entity Right)[] links, List<Entity> people, ImmutableArray<EntityFacts> ordinary, Report report)
    {
        var facts = people.ToDictionary(entity => entity.Id, EntityFacts.Of);
        Pair[] same = [.. links.Select(link => new Pair(facts[link.Left.Id], facts[link.Right.Id]))];
        Pair[] chance = ByChance(ordinary, [.. facts.Values]);
        EntityFacts[] nationals = [.. facts.Values.Where(one => !one.Nationalities.IsEmpty)];
        report.Rate("several nationalities: of those with any", new Rate(nationals.Count(one => one.Nationalities.Length > 1), nationals.Length));
        Say("another nationality, untied to it", EvidenceWeights.NationalityOther, Count(same, "nationality"), Count(chance, "nationality"), report);
        Say("another gender", EvidenceWeights.GenderOther, Count(same, "gender"), Count(chance, "gender"), report);

        static Rate Count(Pair[] pairs, string feature)
        {
            Evidence[] said = [.. pairs.Select(pair => FactComparison.Compare(pair.Asked, pair.Entry).Find(item => item.Feature == feature)).OfType<Evidence>()];
            return new Rate(said.Count(item => item.Weight < 0), said.Length);
        }
    }

    /// <summary>Entries that say a nationality, as if they did not: whether all else ties them to other countries.</summary>
    private static void Untied(List<Entity> people, ImmutableArray<EntityFacts> ordinary, Report report)
    {
        Pair[] same =
        [
            .. people.Select(entity => new Pair(EntityFacts.Of(entity), EntityFacts.Of(WithoutNationality(entity)))).Where(pair => !pair.Asked.Nationalities.IsEmpty && !TiesOf(pair).IsEmpty),
        ];
        foreach (bool origin in new[] { true, false })
        {
            Pair[] some = [.. same.Where(pair => Surroundings.Of(pair.Entry, [], []).AreTiesStrong == origin)];
            Pair[] chance = ByChance(ordinary, [.. some.Select(pair => pair.Entry)]);
            Say(
                origin ? "tied to others by birth or programme" : "tied to others by address alone", origin ? EvidenceWeights.NationalityUntied : EvidenceWeights.NationalityElsewhere,
                Count(some), Count(chance), report);
        }

        static ImmutableArray<string> TiesOf(Pair pair) => Surroundings.Of(pair.Entry, [], []).Ties;
        static Rate Count(Pair[] pairs) => new(pairs.Count(pair => !pair.Asked.Nationalities.Any(code => TiesOf(pair).Contains(code))), pairs.Length);
    }

    private static Entity WithoutNationality(Entity entity)
    {
        var without = new EntityBuilder(entity.Id, entity.Schema, null);
        foreach ((string property, ImmutableArray<string> values) in entity.Properties)
        {
            foreach (string value in property is "nationality" or "citizenship" ? [] : values)
                without.Add(property, value);
        }
        return without.Build();
    }

    private static void AgesWhenListed(List<Entity> people, Dictionary<string, int> listed, ImmutableArray<EntityFacts> ordinary, Report report)
    {
        (EntityFacts Facts, int Listed)[] dated = [.. people.Where(entity => listed.ContainsKey(entity.Id)).Select(entity => (EntityFacts.Of(entity), DateOnly.FromDayNumber(listed[entity.Id]).Year))];
        int[] same = [.. dated.Where(one => !one.Facts.BirthDates.IsEmpty).Select(one => one.Listed - one.Facts.BirthDates.Min(date => date.Year))];
        int[] years = [.. dated.Select(one => one.Listed)];
        int[] chance = [.. ordinary.Where(one => !one.BirthDates.IsEmpty).Select((one, i) => years[At(i, years.Length)] - one.BirthDates[0].Year)];
        foreach ((int from, int to) in Ages)
        {
            Say(from < 0 ? "not born when listed" : to > 120 ? $"{from} or older when listed" : $"{from} to {to - 1} when listed", EvidenceWeights.AgeWhenListed(from), Count(same), Count(chance), report);
            Rate Count(int[] ages) => new(ages.Count(age => age >= from && age < to), ages.Length);
        }
    }

    private static Pair[] ByChance(ImmutableArray<EntityFacts> ordinary, ImmutableArray<EntityFacts> entries) =>
        [.. ordinary.Select((one, i) => new Pair(one, entries[At(i, entries.Length)]))];

    // A prime step: every entry comes up about as often, beside people who have nothing to do with it.
    private static int At(int i, int count) => (int)(i * 7919L % count);

    private static void Say(string what, double weight, Rate same, Rate chance, Report report)
    {
        report.Rate(what + ": of one person", same);
        report.Rate(what + ": by chance", chance);
        // Half a case more on either side: none in a few thousand is not never.
        report.Figure(what + ": says", Math.Log2((same.Count + 0.5) / (same.Of + 1) * (chance.Of + 1) / (chance.Count + 0.5)), "bits");
        report.Figure(what + ": weighs", weight, "bits");
    }
}
