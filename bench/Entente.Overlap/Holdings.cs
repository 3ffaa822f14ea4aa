using Entente.Records;
using Entente.Scale.MadeUp;

namespace Entente.Overlap;

/// <summary>Two holdings of made-up people with some in common, and namesakes of some of ours in the other.</summary>
internal sealed class Holdings
{
    public required IReadOnlyList<Entity> Ours { get; init; }

    public required IReadOnlyList<Entity> Theirs { get; init; }

    /// <summary>How each of ours is written, by its place.</summary>
    public required IReadOnlyList<Writing> OurWriting { get; init; }

    public required IReadOnlyList<Writing> TheirWriting { get; init; }

    /// <summary>The place in the other holding of each of ours; -1 where it is not there.</summary>
    public required IReadOnlyList<int> Truth { get; init; }

    /// <summary>Makes both.</summary>
    /// <param name="people">The people.</param>
    /// <param name="size">People in each.</param>
    /// <param name="common">Of these, how many are in both.</param>
    /// <param name="namesakes">How many of the other holding only bear the name of one of ours.</param>
    /// <param name="seed">Another seed makes other people.</param>
    public static Holdings Make(TruePeople people, int size, int common, int namesakes, ulong seed)
    {
        var clerk = new Clerk(people);
        TruePerson[] ours = [.. Enumerable.Range(0, size).Select(i => people.Make(new Dice(seed, i)))];
        List<Entity> left = [], right = [];
        List<Writing> leftWriting = [], rightWriting = [];
        int[] truth = new int[size];
        Array.Fill(truth, -1);
        for (int i = 0; i < size; i++)
        {
            var dice = new Dice(seed + 1, i);
            leftWriting.Add(Choose(ours[i], dice, latin: 0.35));
            left.Add(clerk.Write($"a-{i}", ours[i], leftWriting[i], dice));
        }

        for (int j = 0; j < size; j++)
        {
            var dice = new Dice(seed + 2, j);
            // Namesakes of those in common, and of others, in equal shares.
            TruePerson person = j < common ? ours[j]
                : j < common + namesakes ? people.Namesake(ours[(common / 2) + j - common], dice)
                : people.Make(new Dice(seed + 3, j));
            if (j < common)
                truth[j] = j;
            rightWriting.Add(Choose(person, dice, latin: 0.55));
            right.Add(clerk.Write($"b-{j}", person, rightWriting[j], dice));
        }

        return new Holdings { Ours = left, Theirs = right, OurWriting = leftWriting, TheirWriting = rightWriting, Truth = truth };
    }

    private static Writing Choose(TruePerson person, Dice dice, double latin)
    {
        bool arabic = person.CanBe(Writing.Arabic), cyrillic = person.CanBe(Writing.Cyrillic);
        if (person.Style is NamingStyle.Western or NamingStyle.Iberian || (!arabic && !cyrillic) || dice.Chance(latin))
            return Writing.Latin;
        return !arabic ? Writing.Cyrillic : !cyrillic ? Writing.Arabic : dice.Chance(0.5) ? Writing.Arabic : Writing.Cyrillic;
    }
}
