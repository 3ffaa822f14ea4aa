namespace Entente.Scale.MadeUp;

/// <summary>Given names of two syllables, as Chinese and Korean parents put them together: a table of whole names would be far too short.</summary>
internal static class Syllables
{
    private static readonly (string Sign, string Latin)[] Chinese =
    [
        ("伟", "wei"), ("芳", "fang"), ("娜", "na"), ("敏", "min"), ("静", "jing"), ("丽", "li"), ("强", "qiang"), ("磊", "lei"), ("军", "jun"), ("洋", "yang"),
        ("勇", "yong"), ("艳", "yan"), ("杰", "jie"), ("娟", "juan"), ("涛", "tao"), ("明", "ming"), ("超", "chao"), ("秀", "xiu"), ("霞", "xia"), ("平", "ping"),
        ("刚", "gang"), ("桂", "gui"), ("英", "ying"), ("华", "hua"), ("文", "wen"), ("建", "jian"), ("国", "guo"), ("志", "zhi"), ("玉", "yu"), ("红", "hong"),
        ("海", "hai"), ("春", "chun"), ("金", "jin"), ("小", "xiao"), ("新", "xin"), ("德", "de"), ("天", "tian"), ("子", "zi"), ("思", "si"), ("佳", "jia"),
        ("浩", "hao"), ("怡", "yi"), ("泽", "ze"), ("博", "bo"), ("瑞", "rui"), ("雪", "xue"), ("梅", "mei"), ("兰", "lan"), ("云", "yun"), ("飞", "fei"),
        ("龙", "long"), ("峰", "feng"), ("斌", "bin"), ("辉", "hui"), ("鹏", "peng"), ("亮", "liang"), ("林", "lin"), ("山", "shan"), ("荣", "rong"), ("生", "sheng"),
    ];

    private static readonly (string Sign, string Latin)[] Korean =
    [
        ("민", "min"), ("준", "jun"), ("서", "seo"), ("지", "ji"), ("현", "hyun"), ("우", "woo"), ("영", "young"), ("수", "soo"), ("진", "jin"), ("호", "ho"),
        ("성", "sung"), ("경", "kyung"), ("은", "eun"), ("미", "mi"), ("정", "jung"), ("혜", "hye"), ("연", "yeon"), ("상", "sang"), ("재", "jae"), ("태", "tae"),
        ("동", "dong"), ("철", "chul"), ("승", "seung"), ("훈", "hoon"), ("희", "hee"), ("선", "sun"), ("주", "joo"), ("용", "yong"), ("석", "seok"), ("광", "kwang"),
        ("기", "ki"), ("남", "nam"), ("옥", "ok"), ("숙", "sook"), ("자", "ja"), ("윤", "yoon"), ("하", "ha"), ("원", "won"), ("규", "kyu"), ("학", "hak"),
    ];

    /// <summary>A given name of a country, or null where given names are not made so.</summary>
    public static NamePart? Given(string country, Dice dice) => country switch
    {
        "cn" or "tw" => Pair(Chinese, "", dice),
        "kr" => Pair(Korean, "-", dice),
        _ => null,
    };

    private static NamePart Pair((string Sign, string Latin)[] syllables, string between, Dice dice)
    {
        (string Sign, string Latin) first = dice.Any(syllables), second = dice.Any(syllables);
        return new NamePart(Spellings.Capital(first.Latin) + between + second.Latin, first.Sign + second.Sign);
    }
}
