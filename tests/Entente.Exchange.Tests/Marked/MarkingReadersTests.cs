using Entente.Exchange.Marked;
using Entente.Exchange.Tests.Stix;
using Entente.Records.Markings;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Marked;

public sealed class MarkingReadersTests
{
    [Fact]
    public void Those_who_may_read_are_those_whom_the_marking_allows()
    {
        string[] nodes = [Samples.Us, Samples.Ally, "node-third", "node-stranger"];
        var cases = from level in Gen.Elements<Tlp>([.. TlpText.All])
                    from anyone in Gen.Elements(true, false)
                    from named in Gen.SubListOf(nodes)
                    from from_ in Gen.Elements(nodes)
                    from to in Gen.Elements(nodes)
                    select (Marking: Samples.Marking with { Tlp = level, Audience = anyone ? Audience.Anyone : Audience.Of(named) }, From: from_, To: to);
        Prop.ForAll(cases.ToArbitrary(), one => one.Marking.ReadersAt(one.From).Admits(one.To) == one.Marking.Allows(one.From, one.To)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
