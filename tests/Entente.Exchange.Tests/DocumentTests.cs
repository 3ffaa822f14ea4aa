using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Entente.Exchange.Agreements;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Exchange.Signing;
using Entente.Exchange.Tests.Agreements;

namespace Entente.Exchange.Tests;

/// <summary>What <c>docs/exchange.md</c> says of kinds, rules and bounds is so.</summary>
public sealed class DocumentTests
{
    private static readonly string Text = File.ReadAllText(Document());

    [Theory]
    [InlineData(nameof(MessageType.Card))]
    [InlineData(nameof(MessageType.Rotation))]
    [InlineData(nameof(MessageType.Agreement))]
    [InlineData(nameof(MessageType.Record))]
    [InlineData(nameof(MessageType.Recall))]
    [InlineData(nameof(MessageType.Tighten))]
    [InlineData(nameof(MessageType.Receipt))]
    public void A_kind_stands_there_with_its_bound(string name)
    {
        var type = (MessageType)typeof(MessageType).GetProperty(name, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var row = Assert.Single(Text.Split('\n'), line => line.StartsWith($"| `{type.Name}` |", StringComparison.Ordinal));
        Assert.EndsWith($"| {type.MaxLength.ToString("N0", CultureInfo.InvariantCulture)} |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_stands_there()
    {
        var agreement = Terms.Between(Nodes.Us, Nodes.Ally);
        var verdict = ReleaseCheck.Explain(Nodes.Marking(), false, false, agreement, AgreementState.InForce, Nodes.Us.Id, Nodes.Ally.Id, Nodes.Now);
        Assert.Equal(10, verdict.Rules.Length);
        Assert.All(verdict.Rules, rule => Assert.Contains($"`{rule.Code}`", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Bounds_stand_there()
    {
        Assert.Contains($"more than {RecordContent.MaxStatements.ToString("N0", CultureInfo.InvariantCulture)} statements", Text, StringComparison.Ordinal);
        Assert.Contains($"{SdJwt.MaxLength.ToString("N0", CultureInfo.InvariantCulture)} characters in all", Text, StringComparison.Ordinal);
        Assert.Contains($"up to {EventPage.MaxEvents.ToString("N0", CultureInfo.InvariantCulture)} events and {EventPage.MaxBytes / 1024 / 1024} MiB", Text, StringComparison.Ordinal);
    }

    private static string Document([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/exchange.md"));
}
