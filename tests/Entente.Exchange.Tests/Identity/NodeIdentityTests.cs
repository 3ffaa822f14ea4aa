using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Tests.Identity;

public sealed class NodeIdentityTests
{
    private static readonly DateTimeOffset Now = Nodes.Now;
    private static readonly Uri[] Addresses = [new("https://one.example:8443/"), new("https://[2001:db8::1]/")];

    [Fact]
    public void A_card_says_who_a_node_is()
    {
        using var key = NodeKey.Create();
        var node = NodeIdentity.Create(key, "Служба связи · الاتصال", Addresses, Now);
        var read = NodeIdentity.Parse(node.Card);
        Assert.Equal(NodeId.Of(key.PublicKey), read.Id);
        Assert.Equal("Служба связи · الاتصال", read.Name);
        Assert.Equal(Addresses, read.Addresses);
        Assert.Equal(key.PublicKey, read.CurrentKey);
        Assert.Equal(Now, read.IssuedAt);
        Assert.Empty(read.Rotations);
    }

    [Fact]
    public void The_id_stays_when_keys_rotate()
    {
        using var chain = new Chain(3);
        var read = NodeIdentity.Parse(chain.Last.Card);
        Assert.Equal(chain.Cards[0].Id, read.Id);
        Assert.Equal(chain.Keys[^1].PublicKey, read.CurrentKey);
        Assert.Equal(chain.Keys.Select(each => each.PublicKey), read.Keys.Select(each => each.Key));
        Assert.Equal([1, 2, 3], read.Rotations.Select(each => each.Number));
        Assert.Equal(Now.AddDays(2), read.Keys[1].RetiredAt);
        Assert.Null(read.Keys[^1].RetiredAt);
    }

    [Fact]
    public void Every_letter_of_a_card_counts()
    {
        using var chain = new Chain(0);
        Assert.All(Tamper.Everywhere(chain.Last.Card), text => Assert.True(Refuse.Noticed(() => NodeIdentity.Parse(text)), text));
    }

    [Fact]
    public void A_later_card_takes_the_place_of_an_earlier_one_and_not_the_other_way_round()
    {
        using var chain = new Chain(2);
        Assert.True(chain.Cards[2].Succeeds(chain.Cards[0]));
        Assert.True(chain.Cards[2].Succeeds(chain.Cards[2]));
        Assert.False(chain.Cards[1].Succeeds(chain.Cards[2]));
        var renewed = chain.Last.Renew(chain.Keys[^1], "New name", Addresses, Now.AddDays(9));
        Assert.True(NodeIdentity.Parse(renewed.Card).Succeeds(chain.Last));
        Assert.False(chain.Last.Succeeds(renewed));
        Assert.False(Nodes.Us.Identity.Succeeds(Nodes.Ally.Identity));
        // Also where the clock was set back in between.
        var back = renewed.Renew(chain.Keys[^1], "Newer name", Addresses, Now);
        Assert.True(back.Succeeds(renewed));
        Assert.False(renewed.Succeeds(back));
    }

    [Fact]
    public void Who_stole_an_old_key_can_write_a_card_of_its_own_but_not_one_that_succeeds()
    {
        using var chain = new Chain(2);
        using var thief = NodeKey.Create();
        var forged = chain.Cards[1].Rotate(chain.Keys[1], thief, Now.AddDays(50));
        Assert.Equal(chain.Last.Id, NodeIdentity.Parse(forged.Card).Id);
        Assert.False(forged.Succeeds(chain.Last));
        // A branch with more rotations does not either.
        using var more = NodeKey.Create();
        Assert.False(forged.Rotate(thief, more, Now.AddDays(60)).Succeeds(chain.Last));
    }

    [Fact]
    public void A_rotation_needs_both_keys()
    {
        using var old = NodeKey.Create();
        using var other = NodeKey.Create();
        using var next = NodeKey.Create();
        var node = NodeIdentity.Create(old, "Node", [], Now);
        Assert.Throws<ArgumentException>(() => node.Rotate(other, next, Now));
        Assert.Throws<ArgumentException>(() => node.Rotate(old, old, Now));
        Assert.Throws<ArgumentException>(() => node.Renew(other, "Node", [], Now));

        var good = KeyRotation.Make(node.Id, 1, old, next, Now, compromised: false);
        Assert.Equal(next.PublicKey, KeyRotation.Verify(good.Text, node.Id, 1, old.PublicKey).To);
        // Without the old key, without the new one, for another node, in another place, and with terms of which each signed others.
        var byOther = KeyRotation.Make(node.Id, 1, other, next, Now, compromised: false).Text;
        var toOther = KeyRotation.Make(node.Id, 1, old, other, Now, compromised: false).Text;
        var later = KeyRotation.Make(node.Id, 1, old, next, Now.AddDays(1), compromised: false).Text;
        Assert.All(
            [byOther, new KeyRotation.Signed(byOther.Old, good.Text.New), new KeyRotation.Signed(good.Text.Old, toOther.New), new KeyRotation.Signed(good.Text.Old, later.New),
                new KeyRotation.Signed(good.Text.Old, good.Text.Old), new KeyRotation.Signed(good.Text.New, good.Text.Old)],
            text => Assert.True(Refuse.Noticed(() => KeyRotation.Verify(text, node.Id, 1, old.PublicKey))));
        Refuse.Because(Refusal.Inconsistent, () => KeyRotation.Verify(good.Text, node.Id, 2, old.PublicKey));
        Refuse.Because(Refusal.Inconsistent, () => KeyRotation.Verify(good.Text, Nodes.Us.Id, 1, old.PublicKey));
    }

    [Fact]
    public void A_card_whose_chain_is_broken_is_refused()
    {
        using var chain = new Chain(2);
        using var thief = NodeKey.Create();
        var real = chain.Last.Rotations.Select(each => each.Text).ToArray();
        // Signed by the thief's own key, with the rotations of somebody else, or some of them, or the id of somebody else.
        Assert.All<object[]>([[real], [real[..1]], [real[1..]], [Array.Empty<KeyRotation.Signed>()]], rotations =>
            Assert.True(Refuse.Noticed(() => NodeIdentity.Parse(Card(thief, chain.Last.Id, (KeyRotation.Signed[])rotations[0])))));
        // Signed by the real current key, but without one rotation.
        Refuse.Because(Refusal.Inconsistent, () => NodeIdentity.Parse(Card(chain.Keys[^1], chain.Last.Id, real[1..])));
        Refuse.Because(Refusal.Inconsistent, () => NodeIdentity.Parse(Card(chain.Keys[^1], chain.Last.Id, [])));
        Assert.Equal(chain.Last.Id, NodeIdentity.Parse(Card(chain.Keys[^1], chain.Last.Id, real)).Id);
    }

    [Theory]
    [InlineData("", "https://a.example/")]
    [InlineData("two\nlines", "https://a.example/")]
    [InlineData("Node", "http://a.example/")]
    [InlineData("Node", "https://user:secret@a.example/")]
    [InlineData("Node", "file:///etc/passwd")]
    public void A_card_holds_a_name_and_https_addresses(string name, string address)
    {
        Assert.Throws<ArgumentException>(() => NodeIdentity.Create(Nodes.Us.Key, name, [new Uri(address)], Now));
        Refuse.Because(Refusal.Malformed, () => NodeIdentity.Parse(Card(Nodes.Us.Key, Nodes.Us.Id, [], name, address)));
    }

    [Theory]
    [InlineData("""{"id":"$","name":"N","addresses":[null],"key":"#","rotations":[],"iat":1}""")]
    [InlineData("""{"id":"$","name":"N","addresses":[],"key":"#","rotations":[null],"iat":1}""")]
    [InlineData("""{"id":"$","name":"N","addresses":[],"key":"#","rotations":null,"iat":1}""")]
    [InlineData("""{"id":"$","name":"N","addresses":[],"key":"#","rotations":[]}""")]
    [InlineData("""{"id":"$","name":"N","addresses":[],"key":"#","rotations":[],"iat":99999999999999}""")]
    [InlineData("""{"id":"$","name":"N","addresses":[],"key":"#","rotations":[],"iat":1,"admin":true}""")]
    [InlineData("""{"id":"$","name":"N","name":"M","addresses":[],"key":"#","rotations":[],"iat":1}""")]
    [InlineData("""{"id":"$","name":"\ud800","addresses":[],"key":"#","rotations":[],"iat":1}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    public void A_card_that_is_not_wholly_understood_is_refused(string json)
    {
        var text = json.Replace("$", Nodes.Us.Id, StringComparison.Ordinal).Replace("#", Nodes.Us.Key.PublicKey.ToText(), StringComparison.Ordinal);
        Refuse.Because(Refusal.Malformed, () => NodeIdentity.Parse(Jws.Sign(Nodes.Us.Key, MessageType.Card, System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void A_retired_key_counts_for_what_it_signed_before_and_a_compromised_one_for_nothing()
    {
        using var old = NodeKey.Create();
        using var next = NodeKey.Create();
        var node = NodeIdentity.Create(old, "Node", [], Now);
        var retired = node.Rotate(old, next, Now.AddDays(1)).Keys[0];
        Assert.True(retired.Covers(Now));
        Assert.True(retired.Covers(Now.AddDays(1)));
        Assert.False(retired.Covers(Now.AddDays(1).AddSeconds(1)));
        Assert.False(NodeIdentity.Parse(node.Rotate(old, next, Now.AddDays(1), compromised: true).Card).Keys[0].Covers(Now));
    }

    private static string Card(NodeKey key, string id, KeyRotation.Signed[] rotations, string name = "Node", string address = "https://a.example/") =>
        Jws.Sign(key, MessageType.Card, StrictJson.Write(new { id, name, addresses = new[] { address }, key = key.PublicKey.ToText(), rotations, iat = Now.ToUnixTimeSeconds() }));

    /// <summary>A node that rotated its key some times, a day apart.</summary>
    private sealed class Chain : IDisposable
    {
        public Chain(int rotations)
        {
            Keys.Add(NodeKey.Create());
            Cards.Add(NodeIdentity.Create(Keys[0], "Node", Addresses, Now));
            for (var i = 1; i <= rotations; i++)
            {
                Keys.Add(NodeKey.Create());
                Cards.Add(Last.Rotate(Keys[^2], Keys[^1], Now.AddDays(i)));
            }
        }

        public List<NodeKey> Keys { get; } = [];

        public List<NodeIdentity> Cards { get; } = [];

        public NodeIdentity Last => Cards[^1];

        public void Dispose() => Keys.ForEach(each => each.Dispose());
    }
}
