using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Entente.Lists.Tests.UnitedNations;

namespace Entente.Lists.Tests.Containers;

public sealed class ZipTests
{
    private const string Ftm = """{"id":"x-1","schema":"Person","properties":{"name":["Tamim"]},"datasets":["fiction"],"target":true}""" + "\n";

    private static ListFile Read(byte[] bytes, ListLimits? limits = null) => ListReader.Read(new DribblingStream(bytes, 1000), "lists.zip", limits);

    private static string Refused(byte[] bytes, ListLimits? limits = null)
    {
        var error = Assert.Throws<ListFormatException>(() => Read(bytes, limits));
        Assert.StartsWith("lists.zip", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        return error.Message;
    }

    [Fact]
    public void The_one_list_inside_is_read_and_named()
    {
        Assert.Equal("un-sc", Read(Packing.Zip(("consolidated.xml", Packing.Utf8(UnXml.List(UnXml.Person))))).Metadata.Dataset);
        var list = Read(Packing.Zip(("data/", []), ("data/список.json", Packing.Utf8(Ftm)), ("__MACOSX/data/._list.json", [1, 2, 3]), ("data/.DS_Store", [0])));
        Assert.Equal(("fiction", "список.json"), (list.Metadata.Dataset, list.Metadata.Title));
        Assert.StartsWith("lists.zip/inner.json, line 2: ", Refused(Packing.Zip(("inner.json", Packing.Utf8(Ftm + "{")))), StringComparison.Ordinal);
        Assert.Equal("Tamim", Read(Packing.Zip(CompressionLevel.NoCompression, ("a.csv", Packing.Utf8("name\nTamim\n")))).Entities[0].Caption);
    }

    [Fact]
    public void Several_files_are_refused_and_named()
    {
        var message = Refused(Packing.Zip([.. Enumerable.Range(1, 9).Select(i => ($"part\n{i}.json", Packing.Utf8(Ftm)))]));
        Assert.Contains("several files", message, StringComparison.Ordinal);
        Assert.Contains("part?1.json, part?2.json", message, StringComparison.Ordinal);
        Assert.Contains("and 4 more", message, StringComparison.Ordinal);
        Assert.Contains("no file", Refused(Packing.Zip(("folder/", []))), StringComparison.Ordinal);
        Assert.Contains("no file", Refused(Packing.Zip()), StringComparison.Ordinal);
        Assert.Contains("workbook", Refused(Packing.Zip(("[Content_Types].xml", []), ("xl/workbook.xml", []))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_inside_is_refused()
    {
        var inner = Packing.Zip(("a.json", Packing.Utf8(Ftm)));
        Assert.Contains("lists.zip/b.zip: the packed file holds a packed file", Refused(Packing.Zip(("b.zip", inner))), StringComparison.Ordinal);
        Assert.Contains("packed file", Refused(Packing.Zip(("a.json.gz", Packing.Gzip(Ftm)))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_cut_off_anywhere_is_refused()
    {
        var packed = Packing.Zip(("a.json", Packing.Utf8(Ftm)));
        for (var cut = 1; cut < packed.Length - 4; cut++)
            Assert.Contains("cut off", Refused(packed[..^cut]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_the_archive_understates_does_not_cut_the_list_short()
    {
        var packed = Packing.Zip(CompressionLevel.NoCompression, ("a.json", Packing.Utf8(Ftm + Ftm.Replace("x-1", "x-2", StringComparison.Ordinal))));
        Assert.Equal(2, Read(packed).Entities.Length);
        // The directory alone counts: both its lengths say one line.
        var directory = packed.AsSpan().LastIndexOf("PK\x1\x2"u8);
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(directory + 20), Ftm.Length);
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(directory + 24), Ftm.Length);
        Assert.Contains("damaged", Refused(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_bytes_that_were_changed_are_refused()
    {
        var packed = Packing.Zip(CompressionLevel.NoCompression, ("a.json", Packing.Utf8(Ftm)));
        packed[packed.AsSpan().IndexOf("Tamim"u8)] = (byte)'W';
        Assert.Contains("damaged", Refused(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_list_is_refused_as_such()
    {
        var packed = Packing.Zip(("a.json", Packing.Utf8(Ftm)));
        // General purpose bit 0, in the file's header and in the directory.
        packed[6] |= 1;
        packed[packed.AsSpan().LastIndexOf("PK\x1\x2"u8) + 8] |= 1;
        Assert.Contains("lists.zip/a.json: the file is encrypted", Refused(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_hold_for_what_is_packed_and_for_what_comes_out()
    {
        var bomb = Packing.Zip(("a.json", Packing.Bomb(Ftm)));
        Assert.Contains("more than 200 times its size", Refused(bomb), StringComparison.Ordinal);
        Assert.Contains("larger than 10,000 bytes", Refused(bomb, new() { MaxBytes = 10_000 }), StringComparison.Ordinal);
        Assert.Contains("larger than 1,000,000 bytes", Refused(bomb, new() { MaxBytes = 1_000_000 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_end_is_refused_unread()
    {
        var many = Packing.Zip(CompressionLevel.NoCompression, [.. Enumerable.Range(0, 20_000).Select(i => ($"{i}.json", Array.Empty<byte>()))]);
        Assert.Contains("too many files", Refused(many), StringComparison.Ordinal);

        // A small figure in the end record does not help: then directory and end do not meet.
        BinaryPrimitives.WriteInt32LittleEndian(many.AsSpan(many.AsSpan().LastIndexOf("PK\x5\x6"u8) + 12), 46);
        Assert.Contains("damaged", Refused(many), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_archive_goes_through_a_file_that_is_gone_afterwards()
    {
        var rows = new StringBuilder("id,name,notes\n");
        var random = new Random(7);
        var noise = new byte[48 << 10];
        for (var i = 0; i < 800; i++)
        {
            random.NextBytes(noise);
            rows.Append(i).Append(",Tamim ").Append(i).Append(',').Append(Convert.ToBase64String(noise)).Append('\n');
        }
        var packed = Packing.Zip(CompressionLevel.NoCompression, ("a.csv", Packing.Utf8(rows.ToString())));
        Assert.True(packed.Length > 33 << 20);
        Assert.Equal(800, ListReader.Read(new MemoryStream(packed), "lists.zip").Entities.Count(e => e.Schema == "Person"));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"entente-{Environment.ProcessId}-*"));
    }
}
