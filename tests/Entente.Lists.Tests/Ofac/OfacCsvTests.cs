using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Lists.Tests.Ofac;

public sealed class OfacCsvTests
{
    [Fact]
    public void The_three_files_make_the_same_person_as_the_XML()
    {
        var csv = OfacSamples.ReadCsv();
        var xml = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person + OfacSamples.Company + OfacSamples.Ship));
        foreach (var id in (string[])["us-ofac-90001", "us-ofac-90003"])
        {
            var (one, other) = (csv.Get(id), xml.Get(id));
            foreach (var property in (string[])["name", "alias", "weakAlias", "previousName", "firstName", "lastName", "birthDate", "birthPlace", "birthCountry",
                "nationality", "citizenship", "gender", "title", "passportNumber", "idNumber", "program", "country", "address", "addressEntity", "imoNumber", "callSign", "flag", "pastFlags", "tonnage", "owner"])
            {
                Assert.Equal(other.Get(property).Order(), one.Get(property).Order());
            }
        }
        // The entities that hang on it are the same ones too.
        string[] Hanging(ListFile list) => [.. list.Entities.Where(e => e.Id.StartsWith("us-ofac-90001-", StringComparison.Ordinal)).Select(e => e.Id).Order(StringComparer.Ordinal)];
        Assert.Equal(Hanging(xml), Hanging(csv));
        Assert.Equal("1999-05-06", csv.Of("Passport", "holder", "us-ofac-90001").Single().Get("startDate")[0]);
        Assert.Empty(csv.Warnings);
    }

    [Fact]
    public void Remarks_are_taken_apart_and_what_is_no_fact_stays_a_note()
    {
        var list = OfacSamples.ReadCsv();
        var person = list.Get("us-ofac-90001");
        Assert.Equal(["Minister of Ferries", "Commander of the Night Ferry"], person.Get("position"));
        Assert.Equal(["rows badly"], person.Get("notes"));
        var company = list.Get("us-ofac-90002");
        Assert.Equal(["4411"], company.Get("taxNumber"));
        Assert.Equal(["1990-03"], company.Get("incorporationDate"));
        Assert.Equal(["www.ferry.example"], company.Get("website"));
        Assert.Equal(["all offices worldwide"], company.Get("notes"));
        var ship = list.Get("us-ofac-90003");
        Assert.Equal(["123456789"], ship.Get("mmsi"));
        Assert.Equal(["Linked To: NOBODY CORP."], ship.Get("notes"));
        var plane = list.Get("us-ofac-90004");
        Assert.Equal("Airplane", plane.Schema);
        Assert.Equal(["42"], plane.Get("serialNumber"));
        Assert.Equal(["YE-NHR"], plane.Get("registrationNumber"));
        Assert.Equal(["us-ofac-90002"], plane.Get("operator"));
    }

    [Fact]
    public void Addresses_are_joined_and_quotes_are_kept()
    {
        var list = OfacSamples.ReadCsv();
        var address = list.Of("Address", "remarks", "by appointment").Single();
        Assert.Equal(["2 \"Blue\" Quay, Aden 12345, Yemen"], address.Get("full"));
        Assert.Equal(("Aden", "12345", "ye"), (address.Get("city")[0], address.Get("postalCode")[0], address.Get("country")[0]));
    }

    [Fact]
    public void Rows_without_a_parent_are_left_out_with_one_warning_for_each_file()
    {
        var list = OfacSamples.ReadCsv(
            alt: OfacSamples.AltCsv + "77,1,\"aka\",\"NOBODY\",-0- \n78,2,\"aka\",\"NO ONE\",-0- \n",
            add: OfacSamples.AddCsv + "77,1,-0- ,\"Nowhere\",\"Yemen\",-0- \n");
        Assert.Equal(["77", "77"], list.Warnings.Select(w => w.Reference));
        Assert.Contains("2 rows of alt.csv", list.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("1 rows of add.csv", list.Warnings[1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(list.Entities, e => e.Statements.Any(s => s.Value is "NOBODY" or "NO ONE"));
    }

    [Fact]
    public void Alone_the_entries_are_read_and_what_is_missing_is_said()
    {
        var alone = OfacSamples.Read(OfacSamples.Csv(OfacSamples.SdnCsv), "sdn.csv");
        Assert.Equal(4, alone.Entities.Count(e => e.Target == true));
        Assert.Equal(["aliases", "addresses"], alone.Warnings.Select(w => w.Message.Contains("aliases", StringComparison.Ordinal) ? "aliases" : w.Message.Contains("addresses", StringComparison.Ordinal) ? "addresses" : w.Message));
        Assert.Contains(OfacSamples.ReadCsv(alt: null).Warnings, w => w.Message.StartsWith("alt.csv does not lie beside", StringComparison.Ordinal));
    }

    [Fact]
    public void The_consolidated_files_and_capital_letters_are_found()
    {
        var entries = OfacSamples.Csv(OfacSamples.SdnCsv.Replace("SDGT", "NS-PLC", StringComparison.Ordinal));
        var list = OfacSamples.ReadFolder("CONS_PRIM.CSV", ("CONS_PRIM.CSV", entries), ("cons_alt.csv", OfacSamples.Csv(OfacSamples.AltCsv)), ("CONS_ADD.CSV", OfacSamples.Csv(OfacSamples.AddCsv)));
        Assert.Empty(list.Warnings);
        Assert.Equal("us-ofac-cons", list.Metadata.Dataset);
        Assert.Contains("Tameem EL NAHRI", list.Get("us-ofac-90001").Get("alias"));
    }

    [Theory]
    [InlineData(960)] // cut between the label and the space behind it
    [InlineData(959)] // cut behind the space
    [InlineData(957)] // cut inside the value
    public void Remarks_that_the_publisher_cut_off_are_completed_or_not_believed(int padding)
    {
        var whole = $"{new string('x', padding)}; Passport A1234567 (Yemen); nationality Oman.";
        var row = $"5,\"NAHRI, Salim\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{whole[..1000]}\"\n";
        var cut = OfacSamples.ReadCsv(row, "5,1,\"aka\",\"A\",-0- \n", "5,1,-0- ,\"Aden\",\"Yemen\",-0- \n");
        Assert.Empty(cut.Get("us-ofac-5").Get("nationality"));
        Assert.Equal(["A1234567"], cut.Get("us-ofac-5").Get("passportNumber"));
        Assert.Contains("sdn_comments.csv", Assert.Single(cut.Warnings).Message, StringComparison.Ordinal);

        var complete = OfacSamples.ReadFolder("sdn.csv", ("sdn.csv", OfacSamples.Csv(row)), ("sdn_comments.csv", OfacSamples.Csv($"5,\"{whole[1000..]}\"\n")));
        Assert.Equal(["om"], complete.Get("us-ofac-5").Get("nationality"));
        Assert.DoesNotContain(complete.Warnings, w => w.Message.Contains("cut off", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OfacSamples.AltCsv)]
    [InlineData(OfacSamples.AddCsv)]
    public void A_part_alone_is_refused_and_the_right_file_named(string part)
    {
        var error = OfacSamples.Refused(OfacSamples.Csv(part), "alt.csv");
        Assert.Contains("Give sdn.csv", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alt.csv")]
    [InlineData("add.csv")]
    [InlineData("sdn.csv")]
    public void A_file_without_its_end_mark_was_cut_off_and_is_refused(string cut)
    {
        (string Name, byte[] Bytes)[] files =
        [
            ("sdn.csv", OfacSamples.Csv(OfacSamples.SdnCsv, cut != "sdn.csv")),
            ("alt.csv", OfacSamples.Csv(OfacSamples.AltCsv, cut != "alt.csv")),
            ("add.csv", OfacSamples.Csv(OfacSamples.AddCsv, cut != "add.csv")),
        ];
        var error = Assert.Throws<ListFormatException>(() => OfacSamples.ReadFolder("sdn.csv", files));
        Assert.Contains("no end mark", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(cut, error.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6,\"X\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n", "11 fields instead of 12")]
    [InlineData("x,\"X\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n", "does not begin with the number")]
    [InlineData("90001,\"X\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n", "stands twice")]
    [InlineData("6,\"X", "never closed")]
    [InlineData("6,X\u001A\n", "inside a row")]
    [InlineData("\u001Amore", "behind the end mark")]
    [InlineData("6,\"\u00E9\"\n", "not UTF-8")]
    public void A_damaged_row_is_refused_with_its_line(string row, string expected)
    {
        var bytes = OfacSamples.Csv(OfacSamples.SdnCsv).SkipLast(1).Concat(Latin(row)).Append((byte)0x1A).ToArray();
        var error = OfacSamples.Refused(bytes, "sdn.csv");
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Line);
    }

    [Fact]
    public void Limits_hold_for_the_files_beside_it_too()
    {
        var folder = Directory.CreateTempSubdirectory("entente-ofac-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "sdn.csv"), OfacSamples.Csv(OfacSamples.SdnCsv));
            File.WriteAllBytes(Path.Combine(folder.FullName, "alt.csv"), OfacSamples.Csv($"90001,1,\"aka\",\"{new string('x', 3000)}\",-0- \n"));
            var error = Assert.Throws<ListFormatException>(() => ListReader.Read(Path.Combine(folder.FullName, "sdn.csv"), new ListLimits { MaxValueLength = 2000 }));
            Assert.Contains("longer than 2,000 characters", error.Message, StringComparison.Ordinal);
            error = Assert.Throws<ListFormatException>(() => ListReader.Read(Path.Combine(folder.FullName, "sdn.csv"), new ListLimits { MaxBytes = 2500 }));
            Assert.Equal("alt.csv", error.File);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Any_remarks_are_read_without_losing_the_person()
    {
        var pieces = Gen.OneOf(
            Gen.Elements("DOB ", "circa ", "1960", " to ", "; ", "alt. ", "Passport ", "A123", " (Yemen)", "(", ")", "'", "a.k.a. '", "Linked To: ", "issued ", "expires ",
                "05 May 2010", "Digital Currency Address - ", "XBT ", "nationality ", "Tax ID No. ", "#", ".", "Registration Number", "نهر", "POB ", ", ", "-", "IMO "),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => new string([.. s.Get.Where(c => c >= ' ' && c != '"' && !char.IsSurrogate(c))])));
        var remarks = Gen.ListOf(pieces).Select(parts => string.Concat(parts));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(remarks.ToArbitrary(), text =>
            OfacSamples.Read(OfacSamples.Csv($"5,\"NAHRI, Salim\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{text.ReplaceLineEndings(" ")}\"\n"), "sdn.csv")
                .Get("us-ofac-5").Get("name").Contains("Salim NAHRI")));
    }

    // Latin-1, so that a test can name a byte that is no UTF-8.
    private static byte[] Latin(string row) => Encoding.Latin1.GetBytes(row);
}
