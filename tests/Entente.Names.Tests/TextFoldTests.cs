using System.Globalization;
using System.Text;
using Entente.Names.Scripts;
using Entente.Names.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Names.Tests;

public sealed class TextFoldTests
{
    private static readonly Gen<string> LettersAndMarks =
        from letters in Gen.ListOf(Gen.OneOf(Gen.Choose('a', 'z'), Gen.Choose(0xC0, 0x24F), Gen.Choose(0x300, 0x36F), Gen.Choose(0x1E00, 0x1EFF)))
        select "z" + new string([.. letters.Select(c => (char)c)]).Normalize(NormalizationForm.FormC);

    private static string Fold(string text) => string.Join(' ', TextFold.Words(text).Select(w => w.Folded));

    [Theory]
    [InlineData("José ÁLVAREZ", "jose alvarez")]
    [InlineData("Łukasz Øvergård Weiß", "lukasz overgard weiss")]
    [InlineData("İSMAİL ışık", "ismail isik")]
    [InlineData("ＯＭＡＲ　ｆｕｌｌｗｉｄｔｈ", "omar fullwidth")]
    [InlineData("BIN<LADEN<<USAMA<<<<<<", "bin laden usama")]
    [InlineData("‘Abd al-Rahman Sa’d", "abd al rahman sad")]
    [InlineData("Kahina O'Neil ʿUmar ʾAḥmad", "kahina oneil umar ahmad")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("محـــمد", "محمد")]
    [InlineData("أحمد إبراهيم آدم ٱسم", "احمد ابراهيم ادم اسم")]
    [InlineData("کریم گلی", "كريم گلي")]
    [InlineData("Ёлкин Ялта", "йолкин йалта")]
    [InlineData("Ќирил Љубо", "кирил лубо")]
    [InlineData("يوم ١٢ و ۳۴", "يوم 12 و 34")]
    [InlineData("m0hammed", "mohammed")]
    public void Spelling_that_carries_no_name_is_folded_away(string text, string folded) => Assert.Equal(folded, Fold(text));

    [Theory]
    [InlineData("Cаrl", "carl")]
    [InlineData("Мосkва", "москва")]
    public void Letters_borrowed_from_another_script_are_read_in_that_of_the_text(string text, string folded) => Assert.Equal(folded, Fold(text));

    [Fact]
    public void Direction_marks_and_zero_width_joiners_leave_no_trace() =>
        Assert.Equal("محمد علي", Fold("\u200Fم\u200Dحم\u200Cد\u202B علي\u2069"));

    [Theory]
    [InlineData("\uD800")]
    [InlineData("a\uDC00b")]
    [InlineData("\u0000\u0007\u001B[31m")]
    [InlineData("")]
    [InlineData("😀 🕊")]
    public void Broken_or_wordless_text_is_no_error(string text) => _ = TextFold.Words(text);

    [Fact]
    public void Letters_that_are_taken_as_they_are_are_normal_and_none_is_joined_to_another()
    {
        char[] clean = [.. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(TextFold.IsClean)];
        Assert.All(clean, c => Assert.True(c.ToString().IsNormalized(NormalizationForm.FormKC), $"U+{(int)c:X4}"));
        // What composes with the letter before it is a mark, or a vowel of Hangul.
        Assert.All(clean, c => Assert.False(CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format, $"U+{(int)c:X4}"));
        foreach (char c in clean)
            Assert.Equal(c + "" + clean[^1], (c + "" + clean[^1]).Normalize(NormalizationForm.FormKC));
    }

    [Fact]
    public void A_letter_is_folded_in_a_word_as_it_is_alone() =>
        Prop.ForAll(LettersAndMarks.ToArbitrary(), text => Fold(text) == Fold(text.Normalize(NormalizationForm.FormD))).QuickCheckThrowOnFailure();

    [Fact]
    public void Folding_what_is_folded_changes_nothing() =>
        Prop.ForAll<string>(text =>
        {
            string once = Fold(text ?? "");
            return Fold(once) == once;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Γιώργος Παπαδόπουλος")]
    [InlineData("გიორგი მარგველაშვილი")]
    [InlineData("Հայկ Գրիգորյան")]
    [InlineData("अमित शर्मा")]
    [InlineData("สมชาย ใจดี")]
    [InlineData("王小明")]
    [InlineData("김영철")]
    [InlineData("やまだ たろう")]
    public void Other_scripts_become_Latin_words(string text)
    {
        List<RawWord> words = TextFold.Words(text);
        Assert.NotEmpty(words);
        Assert.All(words, w => Assert.Equal(Script.Latin, w.Script));
        Assert.All(words, w => Assert.All(w.Folded, c => Assert.True(char.IsAsciiLetterLower(c))));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_of_the_machine_does_not_matter(string culture)
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
            Assert.Equal("imam ilyas iqbal", Fold("IMAM ILYAS IQBAL"));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
