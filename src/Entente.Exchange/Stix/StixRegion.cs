using System.Collections.Frozen;

namespace Entente.Exchange.Stix;

/// <summary>The region of the world in which a country lies, as STIX's vocabulary of regions has it.</summary>
/// <remarks>STIX 2.1, section 10.24 (region-ov), after the United Nations' standard M49. Codes are ISO 3166-1 alpha-2, and <c>xk</c> for Kosovo.</remarks>
internal static class StixRegion
{
    /// <summary>For what lies in no known country: the vocabulary is open.</summary>
    public const string Unknown = "unknown";

    private static readonly FrozenDictionary<string, string> Regions = new (string Region, string Countries)[]
    {
        ("northern-africa", "dz eg ly ma sd tn eh"),
        ("eastern-africa", "io bi km dj er et tf ke mg mw mu yt mz re rw sc so ss ug tz zm zw"),
        ("middle-africa", "ao cm cf td cg cd gq ga st"),
        ("southern-africa", "bw sz ls na za"),
        ("western-africa", "bj bf cv ci gm gh gn gw lr ml mr ne ng sh sn sl tg"),
        ("caribbean", "ai ag aw bs bb bq vg ky cu cw dm do gd gp ht jm mq ms pr bl kn lc mf vc sx tt tc vi"),
        ("central-america", "bz cr sv gt hn mx ni pa"),
        ("south-america", "ar bo bv br cl co ec fk gf gy py pe gs sr uy ve"),
        ("northern-america", "bm ca gl pm us"),
        ("antarctica", "aq"),
        ("central-asia", "kz kg tj tm uz"),
        ("eastern-asia", "cn hk mo kp jp mn kr tw"),
        ("south-eastern-asia", "bn kh id la my mm ph sg th tl vn"),
        ("southern-asia", "af bd bt in ir mv np pk lk"),
        ("western-asia", "am az bh cy ge iq il jo kw lb om qa sa ps sy tr ae ye"),
        ("eastern-europe", "by bg cz hu pl md ro ru sk ua"),
        ("northern-europe", "ax dk ee fo fi gg is ie im je lv lt no sj se gb"),
        ("southern-europe", "al ad ba hr gi gr va it mt me mk pt sm rs si es xk"),
        ("western-europe", "at be fr de li lu mc nl ch"),
        ("australia-new-zealand", "au cx cc hm nz nf"),
        ("melanesia", "fj nc pg sb vu"),
        ("micronesia", "gu ki mh fm nr mp pw um"),
        ("polynesia", "as ck pf nu pn ws tk to tv wf"),
    }.SelectMany(row => row.Countries.Split(' ').Select(country => KeyValuePair.Create(country, row.Region))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The region of a country.</summary>
    /// <param name="country">A code of two letters.</param>
    /// <returns>Null where the code is none.</returns>
    public static string? Find(string country) => Regions.GetValueOrDefault(country);
}
