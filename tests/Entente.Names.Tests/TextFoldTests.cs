using Entente.Names.Scripts;
using Entente.Names.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Names.Tests;

public sealed class TextFoldTests
{
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
