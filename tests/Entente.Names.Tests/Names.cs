using Entente.Names.Comparison;
using Entente.Names.Structure;

namespace Entente.Names.Tests;

/// <summary>Short words for the tests of comparison.</summary>
internal static class Names
{
    public static double Person(string a, string b) => Score(a, b, NameKind.Person);

    public static double Organisation(string a, string b) => Score(a, b, NameKind.Organisation);

    public static double Score(string a, string b, NameKind kind) =>
        NameReadings.Of(a, kind).SelectMany(_ => NameReadings.Of(b, kind), (x, y) => ScoreScale.ToScore(NameComparison.Explain(Name.Parse(x, kind), Name.Parse(y, kind)).Bits)).Max();
}
