using System.Text;
using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Exchange.Release;
using Entente.Exchange.Signing;
using Entente.Exchange.Tests.Agreements;
using Entente.Records;
using Entente.Records.Markings;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Release;

public sealed class SignedRecordTests
{
    private static readonly DateTimeOffset Now = Nodes.Now;
    private static readonly StatementMark ForAlly = new(Tlp.Red, Audience.Of([Nodes.Ally.Id]));

    private static readonly Gen<RecordStatement> Statements =
        from property in Gen.Elements("name", "alias", "birthDate", "nationality", "notes", "idNumber")
        from value in Gen.Elements("Tamim al-Nahri", "تميم النهري", "Тамим ан-Нахри", "Émile \"le Grand\"", "1963", "a~b.c", "<b>&amp;</b>", "\U0001F600", "line\nbreak")
        from lang in Gen.Elements<string?>(null, "ara", "rus")
        from mark in Gen.Elements<StatementMark?>(null, ForAlly)
        select new RecordStatement(property, value) { Lang = lang, OriginalValue = lang is null ? null : value + " ", FirstSeen = "2024-01-01", Mark = mark };

    private static readonly Gen<RecordContent> Contents = Statements.ListOf().Select(each => Content([.. each]));

    private static RecordContent Content(params ReadOnlySpan<RecordStatement> statements) => new()
    {
        Id = "rec-1",
        Version = 1,
        Schema = "Person",
        Marking = Nodes.Marking(),
        Statements = [.. statements],
    };

    private static RecordContent Sample => Content(
        new RecordStatement("name", "Tamim al-Nahri"),
        new RecordStatement("name", "تميم النهري") { Lang = "ara" },
        new RecordStatement("birthDate", "1963") { OriginalValue = "approximately 1963" },
        new RecordStatement("passportNumber", "P0002311") { Mark = ForAlly });

    private static VerifiedRecord Verify(string text, NodeIdentity? originator = null, DateTimeOffset? now = null) =>
        SignedRecord.Parse(text).Verify(originator ?? Nodes.Us.Identity, now ?? Now);

    [Fact]
    public void A_record_comes_back_whole() => Prop.ForAll(Contents.ToArbitrary(), content =>
    {
        var signed = SignedRecord.Sign(Nodes.Us.Key, content, Now);
        var read = Verify(signed.Text);
        return read.Content.Statements.SequenceEqual(content.Statements) && read.Content with { Statements = content.Statements } == content
            && read.SignedAt == Now && read.Hash == signed.Hash && read.Originator == Nodes.Us.Id && read.Undisclosed >= 1
            && SignedRecord.Parse(signed.Text).ClaimedOriginator() == Nodes.Us.Id;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_withheld_leaves_the_rest_signed() => Prop.ForAll((from content in Contents from seed in Gen.Choose(0, int.MaxValue) select (content, seed)).ToArbitrary(), each =>
    {
        var signed = SignedRecord.Sign(Nodes.Us.Key, each.content, Now);
        var kept = new List<RecordStatement>();
        var at = 0;
        // A receiver that passes it on has the text only.
        var redacted = SignedRecord.Parse(signed.Text).Redact(statement =>
        {
            var keep = ((each.seed >> (at++ % 31)) & 1) == 0;
            if (keep)
                kept.Add(statement);
            return keep;
        });
        var read = Verify(redacted.Text);
        return read.Content.Statements.SequenceEqual(kept) && read.Hash == signed.Hash
            && read.Undisclosed + kept.Count == Verify(signed.Text).Undisclosed + each.content.Statements.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_withheld_is_not_in_the_text()
    {
        var redacted = SignedRecord.Sign(Nodes.Us.Key, Sample, Now).Redact(each => each.Mark is null);
        foreach (var part in redacted.Text.Split('~', '.'))
            Assert.DoesNotContain("P0002311", Encoding.UTF8.GetString(StrictBase64Url.Decode(part) ?? []), StringComparison.Ordinal);
        Assert.DoesNotContain("passportNumber", string.Concat(redacted.Text.Split('~', '.').Select(each => Encoding.UTF8.GetString(StrictBase64Url.Decode(each) ?? []))), StringComparison.Ordinal);
        Assert.DoesNotContain(Verify(redacted.Text).Content.Statements, each => each.Property == "passportNumber");
    }

    [Fact]
    public void A_partner_gets_the_statements_that_marking_and_agreement_let_it_have()
    {
        var agreement = Terms.Between(Nodes.Us, Nodes.Ally) with { HighestTlp = Tlp.Red };
        var signed = SignedRecord.Sign(Nodes.Us.Key, Sample, Now);
        SignedRecord For(string partner) => signed.Redact(each => ReleaseCheck.Discloses(Sample.Marking, each.Mark, agreement, Nodes.Us.Id, partner));
        Assert.Equal(4, Verify(For(Nodes.Ally.Id).Text).Content.Statements.Length);
        Assert.Equal(3, Verify(For(Nodes.Third.Id).Text).Content.Statements.Length);
    }

    [Fact]
    public void The_same_value_looks_different_each_time()
    {
        var one = SignedRecord.Sign(Nodes.Us.Key, Content(new RecordStatement("name", "A"), new RecordStatement("name", "A")), Now).Text.Split('~');
        Assert.NotEqual(one[1], one[2]);
        // 128 random bits: 22 letters of base64url.
        var salt = System.Text.Json.JsonSerializer.Deserialize<object[]>(StrictBase64Url.Decode(one[1])!)![0].ToString()!;
        Assert.Equal(16, StrictBase64Url.Decode(salt)!.Length);
    }

    [Fact]
    public void Digests_tell_the_number_of_statements_only_roughly()
    {
        int Digests(int statements) => Verify(SignedRecord.Sign(Nodes.Us.Key, Content([.. Enumerable.Range(0, statements).Select(i => new RecordStatement("alias", $"A{i}"))]), Now).Text).Undisclosed + statements;
        Assert.Equal([16, 16, 32, 32, 128, 160, 160, 384, 2048], new[] { 0, 15, 16, 31, 127, 128, 159, 320, 2000 }.Select(Digests));
    }

    [Fact]
    public void Every_letter_counts()
    {
        var text = SignedRecord.Sign(Nodes.Us.Key, Content(new RecordStatement("name", "Tamim al-Nahri"), new RecordStatement("birthDate", "1963")), Now).Text;
        var unnoticed = new List<string>();
        Parallel.ForEach(Tamper.Everywhere(text), new ParallelOptions { MaxDegreeOfParallelism = 2 }, altered =>
        {
            if (!Refuse.Noticed(() => Verify(altered)))
            {
                lock (unnoticed)
                    unnoticed.Add(altered);
            }
        });
        Assert.Empty(unnoticed);
    }

    [Fact]
    public void Disclosures_of_another_record_or_twice_are_refused()
    {
        var signed = SignedRecord.Sign(Nodes.Us.Key, Sample, Now).Text;
        var other = SignedRecord.Sign(Nodes.Us.Key, Sample, Now).Text.Split('~');
        Refuse.Because(Refusal.Inconsistent, () => Verify(signed + other[1] + "~"));
        Refuse.Because(Refusal.Inconsistent, () => Verify(signed + signed.Split('~')[1] + "~"));
        Refuse.Because(Refusal.Inconsistent, () => Verify(string.Join('~', [signed.Split('~')[0], .. other[1..]])));
    }

    [Fact]
    public void Only_its_originator_signs_a_record()
    {
        var text = SignedRecord.Sign(Nodes.Us.Key, Sample, Now).Text;
        Refuse.Because(Refusal.UnknownKey, () => Verify(text, Nodes.Ally.Identity));
        // A partner that signs under our name by its own key, and is asked for by its own.
        var forged = SignedRecord.Sign(Nodes.Ally.Key, Sample, Now).Text;
        Refuse.Because(Refusal.UnknownKey, () => Verify(forged));
        Refuse.Because(Refusal.WrongIssuer, () => Verify(forged, Nodes.Ally.Identity));
    }

    [Fact]
    public void A_record_ends_everywhere_without_a_message()
    {
        var text = SignedRecord.Sign(Nodes.Us.Key, Sample, Now).Text;
        var end = Sample.Marking.Expires;
        Assert.Equal("rec-1", Verify(text, now: end.AddSeconds(-1)).Content.Id);
        Refuse.Because(Refusal.Expired, () => Verify(text, now: end));
        Assert.Throws<ArgumentException>(() => SignedRecord.Sign(Nodes.Us.Key, Sample, end));
    }

    [Fact]
    public void A_clock_an_hour_off_stops_nothing_and_one_years_off_is_noticed()
    {
        var text = SignedRecord.Sign(Nodes.Us.Key, Sample, Now).Text;
        Assert.Equal("rec-1", Verify(text, now: Now.AddHours(-1)).Content.Id);
        Refuse.Because(Refusal.FromTheFuture, () => Verify(text, now: Now.AddYears(-1)));
    }

    [Fact]
    public void Records_outlive_a_rotation_and_not_a_stolen_key()
    {
        using var old = NodeKey.Create();
        using var next = NodeKey.Create();
        var us = new TestNode(old, NodeIdentity.Create(old, "Node", [], Now.AddDays(-1)));
        var content = Sample with { Marking = Nodes.Marking(us) };
        var text = SignedRecord.Sign(old, content, Now).Text;
        var rotated = us.Identity.Rotate(old, next, Now.AddDays(1));
        Assert.Equal("rec-1", Verify(text, rotated, Now.AddDays(2)).Content.Id);
        Assert.Equal("rec-1", Verify(SignedRecord.Sign(next, content, Now.AddDays(2)).Text, rotated, Now.AddDays(2)).Content.Id);
        Refuse.Because(Refusal.RetiredKey, () => Verify(SignedRecord.Sign(old, content, Now.AddDays(1).AddSeconds(1)).Text, rotated, Now.AddDays(2)));
        Refuse.Because(Refusal.RetiredKey, () => Verify(text, us.Identity.Rotate(old, next, Now.AddDays(1), compromised: true), Now.AddDays(2)));
    }

    [Fact]
    public void An_amendment_follows_from_the_version_before()
    {
        var first = SignedRecord.Sign(Nodes.Us.Key, Sample, Now);
        var second = SignedRecord.Sign(Nodes.Us.Key, Sample with { Version = 2, Previous = first.Hash }, Now.AddDays(1));
        var held = Verify(first.Redact(each => each.Property == "name").Text);
        Assert.True(Verify(second.Text).Follows(held));
        Assert.False(held.Follows(held));
        Assert.False(Verify(SignedRecord.Sign(Nodes.Us.Key, Sample with { Version = 2, Previous = second.Hash }, Now).Text).Follows(held));
        Assert.False(Verify(SignedRecord.Sign(Nodes.Us.Key, Sample with { Version = 3, Previous = first.Hash }, Now).Text).Follows(held));
        Assert.False(Verify(SignedRecord.Sign(Nodes.Us.Key, Sample with { Id = "rec-2", Version = 2, Previous = first.Hash }, Now).Text).Follows(held));
        // Nor does somebody else's record of the same id.
        Assert.False(Verify(SignedRecord.Sign(Nodes.Ally.Key, Sample with { Version = 2, Previous = first.Hash, Marking = Nodes.Marking(Nodes.Ally) }, Now).Text, Nodes.Ally.Identity).Follows(held));
    }

    [Fact]
    public void An_entity_goes_in_and_comes_out()
    {
        var entity = new EntityBuilder("rec-7", "Person", "ours") { Caption = "The Engineer" }
            .Add("name", "Tamim al-Nahri").Add("name", "تميم النهري", lang: "ara").Add("birthDate", "1963", originalValue: "approximately 1963").Build();
        var content = RecordContent.Of(entity, Nodes.Marking(), markOf: statement => statement.Property == "birthDate" ? ForAlly : null);
        var read = Verify(SignedRecord.Sign(Nodes.Us.Key, content, Now).Text);
        var back = read.Content.ToEntity("partner");
        Assert.Equal("rec-7", back.Id);
        Assert.Equal(["Tamim al-Nahri", "تميم النهري"], back.Get("name"));
        Assert.Equal(entity.Statements.Select(each => each with { Dataset = "partner" }), back.Statements);
        Assert.Equal(["partner"], back.Datasets);
        Assert.Equal(ForAlly, read.Content.Statements.Single(each => each.Property == "birthDate").Mark);
        // A caption that was given would tell a name that is withheld.
        Assert.Equal("Tamim al-Nahri", back.Caption);
        Assert.Equal("Person", Verify(SignedRecord.Sign(Nodes.Us.Key, content, Now).Redact(_ => false).Text).Content.ToEntity("partner").Caption);
    }

    [Fact]
    public void What_is_no_record_is_not_signed_and_the_fault_is_named()
    {
        Assert.Null(Sample.Fault());
        (RecordContent Content, string Name)[] faults =
        [
            (Sample with { Id = " " }, "id"), (Sample with { Id = "a\nb" }, "id"), (Sample with { Version = 0 }, "version"), (Sample with { Schema = "Thing" }, "schema"), (Sample with { Schema = "Unicorn" }, "schema"),
            (Sample with { Version = 2 }, "previous"), (Sample with { Previous = new string('A', 43) }, "previous"), (Sample with { Version = 2, Previous = "abc" }, "previous"),
            (Sample with { Statements = default }, "statements"), (Sample with { Statements = [new RecordStatement("", "x")] }, "statements"), (Sample with { Statements = [new RecordStatement("name", " x")] }, "statements"),
            (Sample with { Statements = [.. Enumerable.Repeat(new RecordStatement("name", "x"), RecordContent.MaxStatements + 1)] }, "statements"),
            (Sample with { Schema = "Vessel" }, "marking.category"), (Sample with { Marking = Sample.Marking with { LegalBasis = "" } }, "marking.legalBasis"),
        ];
        Assert.All(faults, each =>
        {
            Assert.StartsWith(each.Name + ":", each.Content.Fault(), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => SignedRecord.Sign(Nodes.Us.Key, each.Content, Now));
        });
        Assert.Throws<ArgumentException>(() => SignedRecord.Sign(Nodes.Us.Key, Content(new RecordStatement("notes", new string('x', 200_000))), Now));
    }

    // A partner's program may be anything: what it signs is checked as if a stranger had sent it.
    [Theory]
    [InlineData("\"_sd_alg\":\"sha-256\"", "\"_sd_alg\":\"md5\"", Refusal.WrongAlgorithm)]
    [InlineData("\"_sd_alg\":\"sha-256\",", "", Refusal.Malformed)]
    [InlineData("\"version\":1", "\"version\":0", Refusal.Malformed)]
    [InlineData("\"version\":1", "\"version\":1,\"version\":2", Refusal.Malformed)]
    [InlineData("\"version\":1", "\"version\":1,\"obligations\":[\"destroy after reading\"]", Refusal.Malformed)]
    [InlineData("\"version\":1", "\"version\":\"1\"", Refusal.Malformed)]
    [InlineData("\"schema\":\"Person\"", "\"schema\":\"Vessel\"", Refusal.Malformed)]
    [InlineData("\"schema\":\"Person\"", "\"schema\":null", Refusal.Malformed)]
    [InlineData("\"tlp\":\"TLP:AMBER\"", "\"tlp\":\"TLP:NONE\"", Refusal.Malformed)]
    [InlineData("\"tlp\":\"TLP:AMBER\",", "", Refusal.Malformed)]
    [InlineData("\"expires\":\"2027", "\"expires\":\"2037", Refusal.Inconsistent)]
    [InlineData("\"originator\":\"node-", "\"originator\":\"mode-", Refusal.Inconsistent)]
    [InlineData("\"statements\":[", "\"statements\":[null,", Refusal.Malformed)]
    [InlineData("\"statements\":[", "\"statements\":[{\"...\":\"short\"},", Refusal.Inconsistent)]
    [InlineData("\"statements\":[", "\"statements\":[{\"...\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},{\"...\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},", Refusal.Inconsistent)]
    [InlineData("\"iat\":", "\"iat\":9", Refusal.FromTheFuture)]
    public void A_signed_text_that_contradicts_itself_is_refused(string was, string becomes, Refusal reason)
    {
        var json = Encoding.UTF8.GetString(Jws.ClaimedPayload(SignedRecord.Sign(Nodes.Us.Key, Content(), Now).Text.TrimEnd('~'), MessageType.Record));
        Assert.Contains(was, json, StringComparison.Ordinal);
        var text = Jws.Sign(Nodes.Us.Key, MessageType.Record, Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal))) + "~";
        Refuse.Because(reason, () => Verify(text));
    }

    [Theory]
    [InlineData("""["salt",{"property":"name","value":"A","weight":3}]""")]
    [InlineData("""["salt",{"property":"name"}]""")]
    [InlineData("""["salt",{"property":"name","value":null}]""")]
    [InlineData("""["salt",{"property":"name","value":" "}]""")]
    [InlineData("""["salt",{"property":"name","value":"A","mark":{"tlp":"TLP:PURPLE","audience":"anyone"}}]""")]
    [InlineData("""["salt","name","A"]""")]
    public void A_disclosure_that_is_no_statement_is_refused(string disclosure)
    {
        var hidden = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(disclosure));
        var json = Encoding.UTF8.GetString(Jws.ClaimedPayload(SignedRecord.Sign(Nodes.Us.Key, Content(), Now).Text.TrimEnd('~'), MessageType.Record))
            .Replace("\"statements\":[", $$"""
                "statements":[{"...":"{{SdJwt.DigestOf(hidden)}}"},
                """.Trim(), StringComparison.Ordinal);
        Refuse.Because(Refusal.Malformed, () => Verify($"{Jws.Sign(Nodes.Us.Key, MessageType.Record, Encoding.UTF8.GetBytes(json))}~{hidden}~"));
    }

    [Fact]
    public void Another_kind_of_message_is_no_record()
    {
        var payload = Jws.ClaimedPayload(SignedRecord.Sign(Nodes.Us.Key, Content(), Now).Text.TrimEnd('~'), MessageType.Record);
        Refuse.Because(Refusal.WrongKind, () => SignedRecord.Parse(Jws.Sign(Nodes.Us.Key, MessageType.Card, payload) + "~"));
    }

    [Fact]
    public void An_empty_record_is_a_record() => Assert.Empty(Verify(SignedRecord.Sign(Nodes.Us.Key, Content(), Now).Text).Content.Statements);
}
