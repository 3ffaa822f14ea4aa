using System.Text;
using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Exchange.Signing;
using Entente.Exchange.Tests.Agreements;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests;

/// <summary>Whatever a partner signs or sends is taken or refused: nothing else comes out of a reader, whatever goes in.</summary>
public sealed class HostilePayloadTests
{
    private const string Hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static readonly DateTimeOffset Now = Nodes.Now;

    // Pieces that break readers: other types, nothing, ends of ranges, halves of characters, depth.
    private static readonly string[] Pieces =
    [
        "null", "[]", "{}", "[null]", "0", "-1", "1e400", "99999999999999999999", "9223372036854775807", "-62135596801", "2147483648", "0.5", "true", "\"\"", "\" \"", "\"\\ud800\"", "\"\\u0000\"",
        "\"9999-12-31T23:59:59.9999999+00:00\"", "\"0001-01-01T00:00:00+14:00\"", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "\"anyone\"", "\uFFFD", "//", ",", "}", "{", "",
    ];

    private static readonly (string Name, string Text, Action<string> Read, MessageType? Type, NodeKey Key)[] Readers = MakeReaders();

    public static TheoryData<int> All => [.. Enumerable.Range(0, Readers.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_signed_by_a_known_key_is_taken_or_refused(int index)
    {
        var (name, text, read, type, key) = Readers[index];
        read(text);
        // The payload of a signed text, signed anew; what is not signed is altered as it is.
        var json = type is null ? text : Encoding.UTF8.GetString(Jws.ClaimedPayload(text.TrimEnd('~'), type));
        var edits =
            from at in Gen.Choose(0, json.Length)
            from length in Gen.Choose(0, 40)
            from piece in Gen.Elements(Pieces)
            select (At: at, Length: Math.Min(length, json.Length - at), Piece: piece);
        // Whole values too: cutting at random seldom leaves JSON.
        var values =
            from value in Gen.Elements(ValuesOf(json))
            from piece in Gen.Elements(Pieces)
            select (value.At, value.Length, Piece: piece);
        Prop.ForAll(Gen.OneOf(edits, values, values).ToArbitrary(), edit =>
        {
            var altered = json.Remove(edit.At, edit.Length).Insert(edit.At, edit.Piece);
            var sent = type is null ? altered : Jws.Sign(key, type, Encoding.UTF8.GetBytes(altered)) + (type == MessageType.Record ? "~" : "");
            try
            {
                read(sent);
            }
            catch (RefusedException)
            {
                return true;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithName(name));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_not_signed_at_all_is_refused(int index) => Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Where(each => each is not null).ToArbitrary(), text =>
        Refuse.Noticed(() => Readers[index].Read(text))).QuickCheckThrowOnFailure();

    private static (string, string, Action<string>, MessageType?, NodeKey)[] MakeReaders()
    {
        var marking = Nodes.Marking();
        var record = SignedRecord.Sign(Nodes.Us.Key, new RecordContent { Id = "rec-1", Version = 2, Schema = "Person", Marking = marking, Statements = [], Previous = Hash }, Now);
        var next = NodeKey.Create();
        var rotated = Nodes.Us.Identity.Rotate(Nodes.Us.Key, next, Now);
        return
        [
            ("card", rotated.Card, text => NodeIdentity.Parse(text), MessageType.Card, next),
            ("rotation", rotated.Rotations[0].Text.Old, text => KeyRotation.Verify(new KeyRotation.Signed(text, Jws.Sign(next, MessageType.Rotation, Jws.ClaimedPayload(text, MessageType.Rotation))), Nodes.Us.Id, 1, Nodes.Us.Key.PublicKey), MessageType.Rotation, Nodes.Us.Key),
            ("agreement", SignedAgreement.Sign(Nodes.Us.Key, Terms.Between(Nodes.Us, Nodes.Ally)), text => SignedAgreement.ReadProposal(text, Nodes.Us.Identity, Now), MessageType.Agreement, Nodes.Us.Key),
            ("record", record.Text, text => SignedRecord.Parse(text).Verify(Nodes.Us.Identity, Now).Content.ToEntity("partner"), MessageType.Record, Nodes.Us.Key),
            ("recall", RecallNotice.Sign(Nodes.Us.Key, Nodes.Us.Id, "rec-1", 1, Hash, "why", Now).Text, text => RecallNotice.Verify(text, Nodes.Us.Identity, Now), MessageType.Recall, Nodes.Us.Key),
            ("tightening", TightenNotice.Sign(Nodes.Us.Key, "rec-1", 1, Hash, marking, marking, Now).Text, text => TightenNotice.Verify(text, Nodes.Us.Identity, Now).Apply(marking), MessageType.Tighten, Nodes.Us.Key),
            ("receipt", Receipt.Sign(Nodes.Us.Key, Nodes.Us.Id, Nodes.Ally.Id, "rec-1", 1, Hash, ReceiptOutcome.Refused, "why", Now).Text, text => Receipt.Verify(text, Nodes.Us.Identity, Nodes.Ally.Id, Now), MessageType.Receipt, Nodes.Us.Key),
            ("page", Encoding.UTF8.GetString(EventPage.Of(0, [new(1, ExchangeEventKind.Released, "rec-1", 1, "a.b.c~")], more: false).ToBytes()), text => EventPage.Parse(Encoding.UTF8.GetBytes(text), 0), null, Nodes.Us.Key),
            ("batch", Encoding.UTF8.GetString(new ReceiptBatch(["a"], [new OnwardReceipt("node", "b")], ["c"]).ToBytes()), text => ReceiptBatch.Parse(Encoding.UTF8.GetBytes(text)), null, Nodes.Us.Key),
        ];
    }

    // Where each value of a JSON text stands.
    private static (int At, int Length)[] ValuesOf(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Assert.Equal(json.Length, bytes.Length); // all ASCII: places in bytes are places in letters
        var found = new List<(int, int)>();
        var reader = new System.Text.Json.Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is System.Text.Json.JsonTokenType.PropertyName or System.Text.Json.JsonTokenType.EndArray or System.Text.Json.JsonTokenType.EndObject)
                continue;
            var start = (int)reader.TokenStartIndex;
            var whole = reader;
            whole.Skip();
            found.Add((start, (int)whole.BytesConsumed - start));
        }
        return [.. found];
    }
}
