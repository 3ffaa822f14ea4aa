using Entente.Names.Comparison;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Names.Tests;

public sealed class SoundEvidenceTests
{
    private const float Rounding = 1e-3f;

    private static readonly Gen<(float Rarity, float Likeness, bool SameScript)> Cases =
        from rarity in Gen.Choose(30, 140)
        from likeness in Gen.Choose((int)(100 * SoundEvidence.LeastLikeness), 120)
        from sameScript in Gen.Elements(false, true)
        select (rarity / 10f, likeness / 100f, sameScript);

    [Fact]
    public void The_less_like_the_more_is_lost_and_never_less_than_nothing() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            float loss = SoundEvidence.Loss(c.Rarity, c.Likeness, c.SameScript, sameConsonants: true);
            return loss >= -Rounding && SoundEvidence.Loss(c.Rarity, c.Likeness - 0.05f, c.SameScript, sameConsonants: true) >= loss - Rounding;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rare_name_loses_more_than_a_common_one_and_stays_the_weightier() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            float common = SoundEvidence.Loss(c.Rarity, c.Likeness, c.SameScript, sameConsonants: true), rare = SoundEvidence.Loss(c.Rarity + 1, c.Likeness, c.SameScript, sameConsonants: true);
            return rare >= common - Rounding && c.Rarity + 1 - rare >= c.Rarity - common - Rounding;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_consonant_loses_more() =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
            SoundEvidence.Loss(c.Rarity, c.Likeness, c.SameScript, sameConsonants: false) > SoundEvidence.Loss(c.Rarity, c.Likeness, c.SameScript, sameConsonants: true)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_sounds_the_same_loses_nothing(bool sameScript) =>
        Assert.Equal(0, SoundEvidence.Loss(9, 1, sameScript, sameConsonants: true), Rounding);
}
