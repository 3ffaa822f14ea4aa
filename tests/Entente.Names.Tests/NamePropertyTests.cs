using System.Diagnostics;
using Entente.Names.Comparison;
using Entente.Names.Structure;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Names.Tests;

public sealed class NamePropertyTests
{
    private static readonly string[] Parts =
    [
        "Mohammed", "محمد", "Мухаммед", "al-", "bin", "Abd", "al-Rahman", "الرحمن", "Kim", "김", "O'Neil", "SMITH,", "(Vanya)", "J.", "Dr", "-", "لـ", "Иванович", "李", "7", "&", "LLC", "Банк", "،", "ʿ", "\u200F", "шейх", "Saif", "Din", "Ullah",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
        Gen.Elements(Parts).ListOf().Select(p => string.Join(' ', p)),
        Gen.Elements(Parts).ListOf().Select(p => string.Concat(p)));

    private static readonly Gen<(string A, string B, NameKind Kind)> Pairs =
        from a in Text
        from b in Text
        from kind in Gen.Elements(NameKind.Person, NameKind.Organisation, NameKind.Thing)
        select (a, b, kind);

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(800);

    [Fact]
    public void Any_two_texts_compare_without_error_within_bounds_and_alike_both_ways() =>
        Check.One(Runs, Prop.ForAll(Pairs.ToArbitrary(), pair =>
        {
            Name a = Name.Parse(pair.A, pair.Kind), b = Name.Parse(pair.B, pair.Kind);
            double there = ScoreScale.ToScore(NameComparison.Explain(a, b).Bits), back = ScoreScale.ToScore(NameComparison.Explain(b, a).Bits);
            Assert.InRange(there, 0, 1);
            Assert.Equal(there, back, 1e-3);
        }));

    [Fact]
    public void The_evidence_adds_up_to_the_weight() =>
        Check.One(Runs, Prop.ForAll(Pairs.ToArbitrary(), pair =>
        {
            (float bits, IReadOnlyList<NameEvidence> evidence) = NameComparison.Explain(Name.Parse(pair.A, pair.Kind), Name.Parse(pair.B, pair.Kind));
            if (!float.IsNegativeInfinity(bits))
                Assert.Equal(bits, evidence.Sum(e => e.Bits), 1e-3);
            else
                Assert.Empty(evidence);
        }));

    [Fact]
    public void A_name_of_two_words_matches_itself() =>
        Check.One(Runs, Prop.ForAll(Pairs.ToArbitrary(), pair =>
        {
            Name name = Name.Parse(pair.A, NameKind.Person);
            if (name.Tokens.Count(t => t.Part.Role == TokenRole.Word) >= 2)
                Assert.True(ScoreScale.ToScore(NameComparison.Explain(name, name).Bits) >= 0.7, pair.A);
        }));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("7")]
    [InlineData("12345 678")]
    [InlineData("😀 🕊")]
    [InlineData("- , ; ( )")]
    [InlineData("\u0000\u001B")]
    public void What_holds_no_word_is_not_comparable(string text)
    {
        Name name = Name.Parse(text, NameKind.Person);
        Assert.False(name.IsComparable);
        Assert.Equal(0, ScoreScale.ToScore(NameComparison.Explain(name, Name.Parse("Omar Farouk", NameKind.Person)).Bits));
    }

    [Theory]
    [InlineData(NameKind.Person)]
    [InlineData(NameKind.Organisation)]
    public void Endless_names_are_cut_not_hung_on(NameKind kind)
    {
        Name letters = Name.Parse(new string('a', 10_000), kind), words = Name.Parse(string.Concat(Enumerable.Repeat("Mohammed al-Rahman ", 5_000)), kind);
        Stopwatch watch = Stopwatch.StartNew();
        _ = NameComparison.Explain(letters, words);
        _ = NameComparison.Explain(words, words);
        // Generous: a machine under load needs a second, a hang needs minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Score_and_weight_turn_into_each_other()
    {
        Assert.Equal(0.70, ScoreScale.ToScore(ScoreScale.MatchBits), 3);
        foreach (double score in new[] { 0.01, 0.3, 0.5, 0.7, 0.95 })
            Assert.Equal(score, ScoreScale.ToScore(ScoreScale.ToBits(score)), 9);
        Assert.Equal(0, ScoreScale.ToScore(double.NegativeInfinity));
        Assert.Equal(0, ScoreScale.ToScore(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreScale.ToBits(1));
    }
}
