using Entente.Names.Sound;

namespace Entente.Names.Tests;

/// <summary>What comparison takes for near is what an index finds by leaving out consonants.</summary>
public sealed class SkeletonTests
{
    private static readonly string[] Syllables = ["ba", "ch", "cu", "dj", "gha", "ji", "kh", "lo", "ma", "ni", "qa", "ro", "sh", "sa", "th", "vi", "za", "zh", "ى", "ج", "ذ", "ق", "م", "ر", "ж", "х", "дж", "в", "а"];

    [Fact]
    public void Words_are_near_where_their_skeletons_meet_with_a_consonant_left_out()
    {
        var dice = new Random(5);
        int near = 0, one = 0;
        for (int i = 0; i < 20_000; i++)
        {
            SpokenWord a = Word(dice), b = Word(dice);
            bool meets = Readings(a).Any(p => Readings(b).Any(q => Meet(p, q)));
            Assert.Equal(meets, Skeleton.AreNear(a, b));
            Assert.Equal(Skeleton.AreNear(a, b), Skeleton.AreNear(b, a));
            bool same = Readings(a).Intersect(Readings(b)).Any();
            Assert.Equal(same, Skeleton.AreOne(a, b));
            near += meets ? 1 : 0;
            one += same ? 1 : 0;
        }

        Assert.InRange(near, one + 100, 19_000);
        Assert.True(one > 100, $"{one} pairs with the same consonants");
    }

    private static SpokenWord Word(Random dice) =>
        SpokenWord.Of(string.Concat(Enumerable.Range(0, dice.Next(1, 6)).Select(_ => Syllables[dice.Next(Syllables.Length)])), SoundModel.Default);

    private static ulong[] Readings(SpokenWord word)
    {
        var readings = new ulong[2 * Skeleton.MaxVariants];
        return readings[..Skeleton.Readings(word, readings)];
    }

    private static bool Meet(ulong p, ulong q) =>
        p == q || Shorter(q).Contains(p) || Shorter(p).Contains(q) || (Skeleton.Length(p) > Skeleton.ShortestShortened && Shorter(p).Intersect(Shorter(q)).Any());

    private static IEnumerable<ulong> Shorter(ulong skeleton)
    {
        int length = Skeleton.Length(skeleton);
        return length < Skeleton.ShortestShortened ? [] : Enumerable.Range(0, length).Select(at => Skeleton.Without(skeleton, at));
    }
}
