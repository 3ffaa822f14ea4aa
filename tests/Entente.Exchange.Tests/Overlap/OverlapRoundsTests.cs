using System.Collections.Immutable;
using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;
using Entente.Records;

namespace Entente.Exchange.Tests.Overlap;

public sealed class OverlapRoundsTests
{
    [Fact]
    public void Three_rounds_find_the_same_people_across_scripts_and_drop_their_namesakes()
    {
        Entity[] ours =
        [
            Person("a1", "تميم بن يوسف النهري", "1963-04-11", "ye", "male"),
            Person("a2", "Мурад Хамидов", "1979", "tj", "male"),
            Person("a3", "Mohamed Ali", "1970-01-30", "eg", "male"),
            Person("a4", "Samir Belkacem", "1985-12-02", "dz", "male", "X1234567"),
            Person("a5", "Nadia Ferhat", "1990-05-05", "tn", "female"),
        ];
        Entity[] theirs =
        [
            Person("b1", "NAHRI, Tamim", "1963-04-11", "ye", null),
            Person("b2", "Mourad Khamidov", "1979-08-19", "tj", "male"),
            // A namesake: another day of the same year, another country.
            Person("b3", "محمد علي", "1970-09-02", "sd", "male"),
            Person("b4", "سمير بلقاسم", "1985", null, "male", "X 123 4567"),
            // Only the name and the year.
            Person("b5", "Nadia Ferhat", "1990-11-23", "ma", "female"),
            Person("b6", "Jean Dupont", "1963-04-11", "fr", "male"),
        ];
        (ImmutableArray<OverlapCandidate> a, ImmutableArray<OverlapCandidate> b) = Run(ours, theirs);
        Assert.Equal(["a1", "a2", "a4"], a.Select(found => ours[found.Entity].Id).Distinct().Order());
        Assert.Equal(["b1", "b2", "b4"], b.Select(found => theirs[found.Entity].Id).Distinct().Order());
        // Both sides call each pair by one name.
        Assert.Equal(a.Select(found => (found.Link, ours[found.Entity].Id[1..])).Order(), b.Select(found => (found.Link, theirs[found.Entity].Id[1..])).Order());
    }

    [Fact]
    public void A_number_in_common_outweighs_a_date_that_is_missing()
    {
        (ImmutableArray<OverlapCandidate> a, _) = Run([Person("a", "Samir Belkacem", null, null, null, "X1234567")], [Person("b", "سمير بلقاسم", "1985-01-01", null, null, "X1234567")]);
        Assert.Equal(KeyKind.Number, a[0].Kind);
        Assert.Single(a.Select(found => found.Entity).Distinct());
    }

    [Fact]
    public void Another_gender_or_another_year_speaks_against_a_pair()
    {
        Assert.NotEmpty(Run([Person("a", "Noor Saleh", "1985-01-01", "jo", "male")], [Person("b", "Nur Salih", "1985-01-01", "jo", "male")]).A);
        Assert.Empty(Run([Person("a", "Noor Saleh", "1985-01-01", "jo", "male")], [Person("b", "Nur Salih", "1959-07-14", "jo", "male")]).A);
        double alike = Weight("male"), unlike = Weight("female");
        Assert.True(alike > unlike + 5, $"{alike} and {unlike}");

        static double Weight(string gender)
        {
            Entity[] ours = [Person("a", "Noor Saleh", "1985-01-01", "jo", "male")], theirs = [Person("b", "Nur Salih", "1985-01-01", "jo", gender)];
            return Judged(ours, theirs).A.Max(candidate => candidate.Weight);
        }
    }

    [Fact]
    public void A_key_that_too_many_stand_behind_is_not_gone_into()
    {
        Entity[] many = [.. Enumerable.Range(0, 17).Select(i => Person($"a{i}", "Mohamed Ali", "1970", "eg", "male"))];
        (OverlapCandidate[] a, OverlapCandidate[] b) = Judged(many, [Person("b", "Mohamed Ali", "1970", "eg", "male")]);
        Assert.Empty(a);
        Assert.Empty(b);
    }

    [Fact]
    public void Each_of_several_behind_a_key_is_told_apart()
    {
        Entity[] ours = [Person("a1", "Karim Haddad", "1980-02-03", "lb", "male"), Person("a2", "Karim Haddad", "1980-10-20", "lb", "male")];
        Entity[] theirs = [Person("b1", "كريم حداد", "1980-10-20", "lb", "male"), Person("b2", "كريم حداد", "1980-02-03", "lb", "male")];
        (ImmutableArray<OverlapCandidate> a, ImmutableArray<OverlapCandidate> b) = Run(ours, theirs);
        Dictionary<string, string> byLink = b.ToDictionary(found => found.Link, found => theirs[found.Entity].Id);
        Assert.Equal([("a1", "b2"), ("a2", "b1")], a.Select(found => (ours[found.Entity].Id, byLink[found.Link])).Distinct().Order());
    }

    [Fact]
    public void A_side_that_accepts_alone_learns_nothing_more()
    {
        OverlapCandidate[] ours = [new(0, "x-0-0", KeyKind.Number, 50, true), new(1, "y-0-0", KeyKind.Number, 50, true)], theirs = [new(0, "x-0-0", KeyKind.Number, 50, true), new(1, "y-0-0", KeyKind.Number, 1, false)];
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(round: 3), SecondRound.Accepted(ours), SecondRound.Accepted(theirs));
        Assert.Equal([0], SecondRound.Agreed(ours, a).Select(found => found.Entity));
        Assert.Equal([0], SecondRound.Agreed(theirs, b).Select(found => found.Entity));
    }

    [Fact]
    public void Counting_tells_how_many_have_a_number_or_a_name_with_a_day_in_common()
    {
        Holding ours = Runs.Holding([Person("a1", "تميم النهري", "1963-04-11", null, null), Person("a2", "Samir Belkacem", null, null, null, "X1234567"), Person("a3", "Jean Dupont", "1950-01-01", null, null)]);
        Holding theirs = Runs.Holding([Person("b1", "Tamim al-Nahri", "1963-04-11", null, null), Person("b2", "S. Belkacem", null, null, null, "X1234567"), Person("b3", "Jean Dupont", "1951-01-01", null, null)]);
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(OverlapMode.HowMany), ours.Counting(), theirs.Counting());
        Assert.Equal((2, 2), (a.OfPartner, b.OfPartner));
    }

    [Fact]
    public void Both_sides_allow_the_second_round_as_much_and_an_honest_one_needs_no_more()
    {
        Holding ours = Runs.Holding(Enumerable.Range(0, 300).Select(i => Person($"a{i}", $"Samir Belkacem {Word(i)}", $"19{50 + (i % 50)}-0{1 + (i % 9)}-1{i % 10}", "dz", "male", $"X{i:D7}")));
        Holding theirs = Runs.Holding(Enumerable.Range(0, 300).Select(i => Person($"b{i}", $"سمير بلقاسم {Word(i)}", $"19{50 + (i % 50)}-0{1 + (i % 9)}-1{i % 10}", "dz", "male", $"X{i:D7}")));
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(), ours.FirstRound(), theirs.FirstRound());
        Assert.Equal(SecondRound.LargestSet(a), SecondRound.LargestSet(b));
        Assert.InRange(SecondRound.Of(ours, OverlapSide.Asker, a).Input().Count, 1000, SecondRound.LargestSet(a));
        Assert.InRange(SecondRound.Of(theirs, OverlapSide.Answerer, b).Input().Count, 1000, SecondRound.LargestSet(b));

        static string Word(int i) => new([(char)('b' + (i % 20)), 'a', "lmnr"[i / 20 % 4], 'u', "tkps"[i / 80]]);
    }

    private static (ImmutableArray<OverlapCandidate> A, ImmutableArray<OverlapCandidate> B) Run(Entity[] ours, Entity[] theirs)
    {
        (OverlapCandidate[] a, OverlapCandidate[] b) = Judged(ours, theirs);
        (OverlapOutcome a3, OverlapOutcome b3) = Runs.Run(Runs.Terms(round: 3), SecondRound.Accepted(a), SecondRound.Accepted(b));
        return (SecondRound.Agreed(a, a3), SecondRound.Agreed(b, b3));
    }

    private static (OverlapCandidate[] A, OverlapCandidate[] B) Judged(Entity[] ours, Entity[] theirs)
    {
        Holding left = Runs.Holding(ours), right = Runs.Holding(theirs);
        (OverlapOutcome a1, OverlapOutcome b1) = Runs.Run(Runs.Terms(), left.FirstRound(), right.FirstRound());
        SecondRound a2 = SecondRound.Of(left, OverlapSide.Asker, a1), b2 = SecondRound.Of(right, OverlapSide.Answerer, b1);
        (OverlapOutcome aFine, OverlapOutcome bFine) = Runs.Run(Runs.Terms(round: 2), a2.Input(), b2.Input());
        return ([.. a2.Judge(aFine)], [.. b2.Judge(bFine)]);
    }

    private static Entity Person(string id, string name, string? born, string? country, string? gender, string? passport = null) =>
        new EntityBuilder(id, "Person", "d").Add("name", name).Add("birthDate", born).Add("nationality", country).Add("gender", gender).Add("passportNumber", passport).Build();
}
