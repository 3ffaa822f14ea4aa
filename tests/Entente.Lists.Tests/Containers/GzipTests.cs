using System.IO.Compression;
using Entente.Lists.Tests.UnitedNations;

namespace Entente.Lists.Tests.Containers;

public sealed class GzipTests
{
    private static readonly string Ftm = string.Concat(Enumerable.Range(1, 400).Select(i =>
        $$"""{"id":"x-{{i}}","schema":"Person","properties":{"name":["Tamim {{i * 7919}}"]},"datasets":["fiction"],"target":true}""" + "\n"));

    private static ListFile Read(byte[] bytes, ListLimits? limits = null) => ListReader.Read(new MemoryStream(bytes), "list.gz", limits);

    private static string Refused(byte[] bytes, ListLimits? limits = null)
    {
        var message = Assert.Throws<ListFormatException>(() => Read(bytes, limits)).Message;
        Assert.StartsWith("list.gz", message, StringComparison.Ordinal);
        return message;
    }

    [Fact]
    public void A_packed_list_is_read_as_the_list()
    {
        Assert.Equal("un-sc", Read(Packing.Gzip(UnXml.List(UnXml.Person))).Metadata.Dataset);
        Assert.Equal(400, Read(Packing.Gzip(Ftm)).Entities.Length);
        Assert.Equal(400, Read([.. Packing.Gzip(Ftm[..1000]), .. Packing.Gzip(Ftm[1000..])]).Entities.Length);
        Assert.Equal(400, ListReader.Read(new DribblingStream(Packing.Gzip(Ftm)), "list.gz").Entities.Length);
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void A_packed_list_that_is_cut_off_anywhere_is_refused(CompressionLevel level)
    {
        // The lines before the cut are a good list of their own: only the packing can tell.
        var packed = Packing.Gzip(Ftm, level);
        for (var cut = 1; cut < packed.Length - 2; cut += cut < 64 || packed.Length - cut < 64 ? 1 : 37)
        {
            var message = Refused(packed[..^cut]);
            Assert.True(message.Contains("cut off", StringComparison.Ordinal), $"cut {cut}: {message}");
        }
    }

    [Fact]
    public void Packed_bytes_that_were_changed_are_refused()
    {
        var packed = Packing.Gzip(Ftm);
        packed[^6] ^= 1; // in the checksum
        Assert.Contains("damaged", Refused(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_behind_the_packed_list_is_not_passed_over() =>
        Assert.Contains("damaged", Refused([.. Packing.Gzip(Ftm), .. "and more"u8]), StringComparison.Ordinal);

    [Fact]
    public void The_unpacked_bytes_count()
    {
        var limits = new ListLimits { MaxBytes = 10_000 };
        var packed = Packing.Gzip(Ftm);
        Assert.InRange(packed.Length, 1, 9_999);
        Assert.Contains("larger than 10,000 bytes", Refused(packed, limits), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_stops_long_before_the_limit_of_size()
    {
        var bomb = Packing.Gzip(Packing.Bomb(Ftm), CompressionLevel.Optimal);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than 200 times its size", Refused(bomb), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Packed_files_inside_packed_files_are_refused()
    {
        Assert.Contains("packed file in its turn", Refused(Packing.Gzip(Packing.Gzip(Ftm))), StringComparison.Ordinal);
        Assert.Contains("packed file in its turn", Refused(Packing.Gzip(Packing.Zip(("a.json", Packing.Utf8(Ftm))))), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_packed_is_nothing() => Assert.Contains("empty", Refused(Packing.Gzip("")), StringComparison.Ordinal);
}
