using System.Collections.Frozen;

namespace Entente.Names.Structure;

/// <summary>The small words that names are built with, in folded spelling.</summary>
internal static class Particles
{
    /// <summary>The Arabic article, also as it sounds before sun letters, and French spellings of it.</summary>
    public static readonly FrozenSet<string> Articles = Set(
        "al el ul ol il ال аль эль ал эл ель");

    /// <summary>The article assimilated to the next letter: an article only before that letter.</summary>
    public static readonly FrozenSet<string> AssimilatedArticles = Set(
        "ad ar as ash at az an ed er es esh ech et ez en ud ur us ush uz un ut od or os oz ou ош ад ар ас аш ат аз ан эд эр эс эш эт эз эн уд ур ус уз ун");

    /// <summary>'Son of' and its like, and the nobiliary particles of Europe.</summary>
    public static readonly FrozenSet<string> Filiation = Set(
        "bin ben ibn bint binti binte bn ibnu ould uld wuld wald walad oglu ogli uulu kyzy qizi kizi kyz zade bar van von der den ter ten de del della di da dos das du la le lo las los des af av zu zum y e i san santa " +
        "بن ابن بنت ولد اولد زاده бин бен ибн бинт бинти оглы углы улы кызы кизи заде ульд фон ван дер де ди да בן בת");

    /// <summary>'Father of', 'mother of': it makes a kunya with the next name.</summary>
    public static readonly FrozenSet<string> Kunya = Set(
        "abu abou abo aboo abi aba abul aboul umm oum um om ابو ابا ابي ام абу абул умм умму אבו");

    /// <summary>'Servant of': it makes one name with the next.</summary>
    public static readonly FrozenSet<string> Servant = Set(
        "abd abdul abdel abdal abdoul abdol abdool abdu abdur abder abdus abdes abdou abdi abad عبد عبدال абд абдул абдель абдуль абдал абдур абду абдул עבד");

    /// <summary>'of God', 'of the faith': it ends the name before it.</summary>
    public static readonly FrozenSet<string> Ending = Set(
        "allah ullah ollah oullah alah ulah lah din deen dine eddine uddin ud-din eddin adin aldin addin ddin eldin eldine eldeen aldine aldeen uldin eldinne الله الدين دين улла аллах алла уддин эддин дин оддин");

    /// <summary>'Servant of', also with two letters exchanged (adbul, abudl).</summary>
    public static bool IsServant(string folded) => Servant.Contains(folded) || folded is "adbul" or "abudl" or "badul" or "abdlu" or "adbel" or "abedl";

    /// <summary>Whether a word is an article, given the word after it.</summary>
    public static bool IsArticle(string folded, string? next) =>
        Articles.Contains(folded)
        || (next is not null && AssimilatedArticles.Contains(folded) && next.Length > 2 && folded.Length >= 2
            && (folded[^1] == next[0] || folded is "ou" or "ash" or "ush" or "esh" or "ech" or "ош" or "аш" or "эш"));

    /// <summary>Whether a word is a particle in some names: in others it may stand where it is a name.</summary>
    public static bool MayBe(string folded) => Articles.Contains(folded) || AssimilatedArticles.Contains(folded) || Filiation.Contains(folded);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
