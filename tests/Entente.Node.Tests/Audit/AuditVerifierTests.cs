using System.Text;
using Entente.Node.Audit;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Node.Tests.Audit;

public sealed class AuditVerifierTests
{
    [Fact]
    public async Task A_trail_as_it_was_written_is_whole()
    {
        var rows = Trails.Sample();
        var verdict = await Trails.VerifyAsync(rows, Trails.HeadOf(rows[4]), Trails.HeadOf(rows[^1]));
        Assert.True(verdict.Intact, Said(verdict));
        Assert.Equal((7, 1, 2), (verdict.Entries, verdict.First, verdict.Erased));
        Assert.Equal(2, verdict.Confirmed.Count);
        Assert.Equal(Trails.HeadOf(rows[^1]), verdict.Head);
    }

    [Fact]
    public async Task Any_bit_that_is_changed_in_any_column_of_any_entry_is_found_and_named()
    {
        var rows = Trails.Sample();
        var changes = 0;
        for (var at = 0; at < rows.Count; at++)
        {
            foreach (var (column, changed) in EachBit(rows[at]))
            {
                var tampered = rows.ToList();
                tampered[at] = changed;
                // A store gives them in the order of their numbers.
                tampered.Sort((a, b) => a.Seq.CompareTo(b.Seq));
                var verdict = await Trails.VerifyAsync(tampered);
                Assert.False(verdict.Intact, $"a bit of {column} of entry {at + 1} was changed, and nothing found");
                Assert.True(verdict.Faults.Any(fault => fault.Seq == changed.Seq && fault.Message.Contains($"entry {changed.Seq}", StringComparison.Ordinal)), $"{column} of entry {at + 1}: {Said(verdict)}");
                changes++;
            }
        }
        Assert.True(changes > 5000);
    }

    [Fact]
    public void Whatever_is_removed_swapped_repeated_or_put_in_is_found_and_named()
    {
        var rows = Trails.Sample();
        var spots = Gen.Choose(0, rows.Count - 1);
        var cases = from what in Gen.Choose(0, 4) from one in spots from other in spots where one != other select (what, one, other);
        Prop.ForAll(cases.ToArbitrary(), tampering =>
        {
            var (what, one, other) = tampering;
            var (tampered, named) = Tamper(rows, what, one, other);
            var verdict = Trails.VerifyAsync(tampered, Trails.HeadOf(rows[^1])).GetAwaiter().GetResult();
            return (!verdict.Intact && verdict.Faults.Any(fault => named.Any(seq => fault.Message.Contains($"{seq}", StringComparison.Ordinal)))).Label(Said(verdict));
        }).QuickCheckThrowOnFailure();
    }

    private static (List<AuditRow> Rows, long[] Named) Tamper(List<AuditRow> rows, int what, int one, int other)
    {
        var tampered = rows.ToList();
        switch (what)
        {
            case 0: // removed
                tampered.RemoveAt(one);
                return (tampered, [one + 1]);
            case 1: // swapped in place
                (tampered[one], tampered[other]) = (tampered[other], tampered[one]);
                return (tampered, [one + 1, other + 1]);
            case 2: // swapped, with their numbers put right
                (tampered[one], tampered[other]) = (tampered[other] with { Seq = one + 1 }, tampered[one] with { Seq = other + 1 });
                return (tampered, [one + 1, other + 1]);
            case 3: // repeated
                tampered.Insert(other, tampered[one]);
                return (tampered, [one + 1]);
            default: // a forged one put in, well hashed, and the others moved on
                var before = one == 0 ? (0, AuditChain.Origin) : (rows[one - 1].Seq, rows[one - 1].Hash);
                tampered.Insert(one, Trails.RowOf(AuditChain.Follow(before, DateTimeOffset.UnixEpoch, "account:1", AuditAction.SignedIn, "account:2", "{}")));
                return ([.. tampered.Select((row, at) => row with { Seq = at + 1 })], [one + 2]);
        }
    }

    [Fact]
    public async Task An_end_that_was_cut_off_shows_against_a_head()
    {
        var rows = Trails.Sample();
        var head = Trails.HeadOf(rows[^1]);
        Assert.True((await Trails.VerifyAsync(rows[..5])).FaultCount > 0); // what was erased is not explained any more
        rows = [.. rows.Where(row => row.Payload is not null).Take(1)];
        Assert.True((await Trails.VerifyAsync(rows)).Intact);
        var verdict = await Trails.VerifyAsync(rows, head);
        Assert.Equal(AuditFaultKind.CutOff, Assert.Single(verdict.Faults).Kind);
        Assert.Contains("ends at entry 1, but entry 7 was known to exist", verdict.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trail_that_was_written_anew_shows_against_a_head()
    {
        var head = Trails.HeadOf(Trails.Sample()[^1]);
        var forged = Trails.Sample(); // other salts, other hashes
        Assert.True((await Trails.VerifyAsync(forged)).Intact);
        Assert.Equal(AuditFaultKind.Rewritten, Assert.Single((await Trails.VerifyAsync(forged, head)).Faults).Kind);
    }

    [Theory]
    [InlineData("""{"entries":"2"}""")]
    [InlineData("""{"entries":"2,5-7"}""")]
    [InlineData("""{"entries":""}""")]
    [InlineData("""{"entries":7}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task What_was_erased_without_an_entry_that_says_so_is_found(string said)
    {
        var rows = new List<AuditRow>();
        Trails.Add(rows, AuditAction.SignedIn, "account:1", "{}");
        Trails.Add(rows, AuditAction.ScreeningMade, "screening:1", "{}");
        Trails.Add(rows, AuditAction.ScreeningMade, "screening:2", "{}");
        Trails.Add(rows, AuditAction.PersonalDataErased, "retention:screenings", said);
        rows[2] = rows[2] with { Payload = null, Salt = null };
        var fault = Assert.Single((await Trails.VerifyAsync(rows)).Faults);
        Assert.Equal((3, AuditFaultKind.PayloadChanged), (fault.Seq, fault.Kind));
    }

    [Fact]
    public async Task A_claim_to_have_erased_everything_ever_costs_no_memory()
    {
        var rows = new List<AuditRow>();
        Trails.Add(rows, AuditAction.PersonalDataErased, "retention:screenings", $$"""{"entries":"1-{{long.MaxValue}}"}""");
        Assert.True((await Trails.VerifyAsync(rows)).Intact);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("1", "1")]
    [InlineData("1,2,3", "1-3")]
    [InlineData("1,3,4,9", "1,3-4,9")]
    public void Numbers_are_written_as_ranges_and_read_back(string numbers, string ranges)
    {
        long[] given = [.. numbers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        Assert.Equal(ranges, NumberRanges.Write(given));
        Assert.Equal(given, NumberRanges.Read(ranges).SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First + 1)).Select(n => (long)n)));
    }

    private static IEnumerable<(string Column, AuditRow Row)> EachBit(AuditRow row)
    {
        for (var bit = 0; bit < 64; bit++)
        {
            yield return ("Seq", row with { Seq = row.Seq ^ (1L << bit) });
            yield return ("At", row with { At = row.At ^ (1L << bit) });
        }
        foreach (var text in EachBit(row.Actor))
            yield return ("Actor", row with { Actor = text });
        foreach (var text in EachBit(row.Action))
            yield return ("Action", row with { Action = text });
        foreach (var text in EachBit(row.About))
            yield return ("About", row with { About = text });
        foreach (var text in EachBit(row.Payload ?? ""))
            yield return ("Payload", row with { Payload = text });
        foreach (var bytes in EachBit(row.Salt ?? []))
            yield return ("Salt", row with { Salt = bytes });
        foreach (var bytes in EachBit(row.PayloadDigest))
            yield return ("PayloadDigest", row with { PayloadDigest = bytes });
        foreach (var bytes in EachBit(row.PreviousHash))
            yield return ("PreviousHash", row with { PreviousHash = bytes });
        foreach (var bytes in EachBit(row.Hash))
            yield return ("Hash", row with { Hash = bytes });
    }

    /// <summary>Each bit of the text as it is stored; those that leave no text are found by whoever reads the store.</summary>
    private static IEnumerable<string> EachBit(string text)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        foreach (var bytes in EachBit(Encoding.UTF8.GetBytes(text)))
        {
            string? changed = null;
            try
            {
                changed = strict.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                // See StoredTrailTests.
            }
            if (changed is not null)
                yield return changed;
        }
    }

    private static IEnumerable<byte[]> EachBit(byte[] bytes)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return changed;
        }
    }

    private static string Said(AuditVerdict verdict) => string.Join("; ", verdict.Faults.Select(fault => fault.Message));
}
