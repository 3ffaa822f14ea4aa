using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Lists.Tests.UnitedNations;

/// <summary>A list is read whole or refused with its place: never a crash, a hang or a part passed off as the whole.</summary>
public sealed class UnBadInputTests
{
    private static readonly string Valid = UnXml.List(UnXml.Person, "<ENTITY><FIRST_NAME>RIVER FERRY (RF)</FIRST_NAME><REFERENCE_NUMBER>FXe.001</REFERENCE_NUMBER><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>نهر (River; Nahr)</ALIAS_NAME></ENTITY_ALIAS></ENTITY>");

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Valid);
        var end = Valid.LastIndexOf('>');
        for (var length = 1; length < Encoding.UTF8.GetByteCount(Valid.AsSpan(0, end)); length++)
            Assert.Throws<ListFormatException>(() => UnXml.Read(bytes[..length]));
    }

    [Fact]
    public void A_cut_off_download_is_called_one()
    {
        var error = UnXml.Refused(Valid[..^40]);
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("list.xml, line ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Column);
    }

    [Fact]
    public void An_entity_bomb_and_an_outside_entity_are_refused_unopened()
    {
        const string Bomb = """
            <?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
            <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&c;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
            """;
        const string Outside = """
            <!DOCTYPE CONSOLIDATED_LIST [<!ENTITY x SYSTEM "file:///etc/hostname">]>
            <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&x;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
            """;
        Assert.All([Bomb, Outside], xml => Assert.Contains("DTD", UnXml.Refused(xml).Message, StringComparison.Ordinal));
        Assert.Contains("not well-formed", UnXml.Refused(Valid.Replace("Ferryman", "&ferryman;", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_of_the_encoding_are_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Valid);
        bytes[Valid.IndexOf("TAMIM", StringComparison.Ordinal)] = 0xFF;
        var error = Assert.Throws<ListFormatException>(() => UnXml.Read(bytes));
        Assert.Contains("encoding", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<CONSOLIDATED_LIST/>", "neither <INDIVIDUALS> nor <ENTITIES>")]
    [InlineData("<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES></ENTITIES></CONSOLIDATED_LIST>", "no entries")]
    [InlineData("<CONSOLIDATED_LIST><OTHER><INDIVIDUAL/></OTHER></CONSOLIDATED_LIST>", "neither")]
    public void A_list_without_entries_is_refused_since_it_would_clear_everyone(string xml, string expected) =>
        Assert.Contains(expected, UnXml.Refused(xml).Message, StringComparison.Ordinal);

    [Fact]
    public void A_reference_that_is_missing_or_stands_twice_is_refused_with_its_line()
    {
        var missing = UnXml.Refused(UnXml.List(UnXml.Person + "\n<INDIVIDUAL><FIRST_NAME>X</FIRST_NAME><REFERENCE_NUMBER> </REFERENCE_NUMBER></INDIVIDUAL>"));
        Assert.Contains("no REFERENCE_NUMBER", missing.Message, StringComparison.Ordinal);
        Assert.Equal(11, missing.Line);

        var twice = UnXml.Refused(UnXml.List(UnXml.Person + "\n" + UnXml.Person));
        Assert.Contains("FXi.001 stands twice; first in line 3", twice.Message, StringComparison.Ordinal);
        Assert.Equal(11, twice.Line);
    }

    [Fact]
    public void Damage_after_the_list_is_damage_too() =>
        Assert.Contains("not well-formed", UnXml.Refused(Valid + "<CONSOLIDATED_LIST/>").Message, StringComparison.Ordinal);

    [Fact]
    public void Each_limit_is_enforced_and_says_so()
    {
        string Refused(string xml, ListLimits limits) => UnXml.Refused(xml, limits).Message;
        Assert.Contains("longer than 100 characters", Refused(UnXml.OnePerson($"<COMMENTS1>{new string('x', 101)}</COMMENTS1>"), new() { MaxValueLength = 100 }), StringComparison.Ordinal);
        Assert.Contains("longer than 10,000 characters", Refused(UnXml.OnePerson($"<COMMENTS1>{new string('x', 10_001)}</COMMENTS1>"), new() { MaxValueLength = 10_000 }), StringComparison.Ordinal);
        Assert.Equal(10_000, UnXml.Read(UnXml.OnePerson($"<COMMENTS1>{new string('x', 10_000)}</COMMENTS1>"), new() { MaxValueLength = 10_000 }).Entities[0].Get("notes")[0].Length);
        Assert.Contains("more than 3 entities", Refused(Valid, new() { MaxEntities = 3 }), StringComparison.Ordinal);
        Assert.Contains("larger than 500 bytes", Refused(Valid, new() { MaxBytes = 500 }), StringComparison.Ordinal);
        Assert.Contains("more than 8 elements", Refused(Valid, new() { MaxElementsPerRecord = 8 }), StringComparison.Ordinal);
        Assert.Contains("nested", Refused(UnXml.OnePerson(string.Concat(Enumerable.Repeat("<A>", 1000)) + string.Concat(Enumerable.Repeat("</A>", 1000))), ListLimits.Default), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>")]
    [InlineData("<CONSOLIDATED_LIST x='")]
    [InlineData("<CONSOLIDATED_LIST><")]
    [InlineData("<!--")]
    [InlineData("<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME><![CDATA[")]
    [InlineData("{\"id\":\"")]
    public void A_line_of_gigabytes_is_refused_while_the_memory_is_still_free(string start)
    {
        var limits = new ListLimits { MaxValueLength = 64 * 1024 };
        using var endless = new EndlessStream(Encoding.UTF8.GetBytes(start));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ListFormatException>(() => ListReader.Read(endless, "bomb", limits));
        Assert.Contains("longer than", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.BytesRead, 0, 8 * 1024 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void Random_damage_gives_a_list_or_a_plain_refusal()
    {
        var valid = Encoding.UTF8.GetBytes(Valid);
        var damaged =
            from count in Gen.Choose(1, 6)
            from edits in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, valid.Length - 1), Gen.Zip(Gen.Choose(0, 3), ArbMap.Default.GeneratorFor<byte>())), count)
            select edits.Aggregate(valid, Edit);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(damaged.ToArbitrary(), IsListOrRefusal));
    }

    [Fact]
    public void Random_bytes_give_a_plain_refusal() =>
        Prop.ForAll<byte[]>(bytes => IsListOrRefusal(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_text_in_any_field_is_read_or_refused()
    {
        var fields = Gen.Elements("NAME_ORIGINAL_SCRIPT", "GENDER", "COMMENTS1", "LISTED_ON", "TITLE", "NATIONALITY", "DESIGNATION", "LAST_DAY_UPDATED");
        var nested = Gen.Elements(
            "INDIVIDUAL_ALIAS/ALIAS_NAME", "INDIVIDUAL_ALIAS/NOTE", "INDIVIDUAL_ALIAS/QUALITY", "INDIVIDUAL_ALIAS/DATE_OF_BIRTH",
            "INDIVIDUAL_DATE_OF_BIRTH/NOTE", "INDIVIDUAL_DATE_OF_BIRTH/YEAR", "INDIVIDUAL_DATE_OF_BIRTH/FROM_YEAR", "INDIVIDUAL_DATE_OF_BIRTH/DATE",
            "INDIVIDUAL_DOCUMENT/NUMBER", "INDIVIDUAL_DOCUMENT/NOTE", "INDIVIDUAL_ADDRESS/COUNTRY", "INDIVIDUAL_ADDRESS/NOTE", "INDIVIDUAL_PLACE_OF_BIRTH/COUNTRY");
        var pieces = Gen.OneOf(
            Gen.Elements("(", ")", ";", ",", " b) ", " a) ", "born in ", "DOB: ", "1963", "12 Mar. 1970", "in Arabic: ", "نهر", "Нахр", "“", "”", "/", " / ", "no. ", "A 0139", "-", "(original script)", "previously listed as", "Yemen", " "),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => new string([.. s.Get.Where(System.Xml.XmlConvert.IsXmlChar)])));
        var people =
            from path in Gen.OneOf(fields, nested)
            from text in Gen.ListOf(pieces)
            select path.Split('/').Reverse().Aggregate(System.Security.SecurityElement.Escape(string.Concat(text))!, (inner, name) => $"<{name}>{inner}</{name}>");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(people.ToArbitrary(),
            person => UnXml.Read(UnXml.OnePerson(person)).Entities[0].Get("name").Contains("TAMIM")));
    }

    private static byte[] Edit(byte[] bytes, (int At, (int Kind, byte Value) What) edit)
    {
        var at = Math.Min(edit.At, bytes.Length - 1);
        return edit.What.Kind switch
        {
            0 => [.. bytes[..at], edit.What.Value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length - 1, at + 1 + edit.What.Value)..]],
            2 => [.. bytes[..at], edit.What.Value, .. bytes[at..]],
            _ => [.. bytes[..at], .. bytes[Math.Max(0, at - edit.What.Value)..]],
        };
    }

    private static bool IsListOrRefusal(byte[] bytes)
    {
        try
        {
            return UnXml.Read(bytes).Entities.Length > 0;
        }
        catch (ListFormatException refusal)
        {
            return refusal.Message.Length is > 10 and < 600 && !refusal.Message.Any(char.IsControl);
        }
    }
}
