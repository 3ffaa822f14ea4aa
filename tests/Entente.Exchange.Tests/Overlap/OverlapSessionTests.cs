using System.Buffers.Binary;
using Entente.Exchange.Overlap.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Overlap;

public sealed class OverlapSessionTests
{
    [Fact]
    public void What_two_sides_find_is_the_plain_intersection() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<ushort[]>(), ArbMap.Default.ArbFor<ushort[]>(),
            (left, right) =>
            {
                // Small numbers, so that sets meet.
                int[] ours = [.. left.Select(n => n % 60).Distinct()], theirs = [.. right.Select(n => n % 60).Distinct()];
                (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(), Runs.Keys(ours), Runs.Keys(theirs));
                int[] common = [.. ours.Intersect(theirs).Order()];
                return common.SequenceEqual(a.Common.Select(met => ours[met.Key]).Order())
                    && common.SequenceEqual(b.Common.Select(met => theirs[met.Key]).Order())
                    && a.Common.Select(met => (ours[met.Key], met.Link)).Order().SequenceEqual(b.Common.Select(met => (theirs[met.Key], met.Link)).Order());
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public void Sets_of_different_bands_meet_and_both_transcripts_are_one()
    {
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(), Runs.Keys(Enumerable.Range(0, 5000)), Runs.Keys(Enumerable.Range(4900, 300)));
        Assert.Equal(Enumerable.Range(4900, 100), a.Common.Select(met => met.Key).Order());
        Assert.Equal(Enumerable.Range(0, 100), b.Common.Select(met => met.Key).Order());
        Assert.Equal((1024, 6144), (a.PartnerBand, b.PartnerBand));
        Assert.Equal(a.Transcript, b.Transcript);
        Assert.Equal((100, 100, 100), (a.Keys, a.OfPartner, a.OfOurs));
    }

    [Fact]
    public void Each_side_is_told_the_notes_of_the_other_on_what_is_in_common()
    {
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(
            Runs.Terms(), Runs.Keys(Enumerable.Range(0, 50), n => (byte)(n + 1)), Runs.Keys(Enumerable.Range(40, 50), n => (byte)(n + 100)));
        Assert.All(a.Common, met => Assert.Equal((met.Key + 1, met.Key + 100), (met.Note, met.PartnerNote)));
        Assert.All(b.Common, met => Assert.Equal((met.Key + 140, met.Key + 41), (met.Note, met.PartnerNote)));
        Assert.Equal(10, a.Common.Length);
    }

    [Fact]
    public void Only_the_number_is_learnt_and_entities_count_once()
    {
        // Entity n has keys 3n and 3n+1; on the other side 3n+1 and 3n+2. The tenth is there twice.
        OverlapInput ours = OverlapInput.HowMany(Enumerable.Range(0, 200).Append(10).Select(n => (IReadOnlyList<OverlapKey>)[Runs.Key(3 * n), Runs.Key((3 * n) + 1)]));
        OverlapInput theirs = OverlapInput.HowMany(Enumerable.Range(150, 300).Select(n => (IReadOnlyList<OverlapKey>)[Runs.Key((3 * n) + 1), Runs.Key((3 * n) + 2)]));
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(OverlapMode.HowMany), ours, theirs);
        Assert.Equal((50, 50, 50), (a.OfPartner, a.OfOurs, a.Keys));
        Assert.Equal((50, 50, 50), (b.OfPartner, b.OfOurs, b.Keys));
        Assert.Empty(a.Common);
        Assert.Empty(b.Common);
    }

    [Fact]
    public void Entities_that_meet_by_several_keys_count_once()
    {
        OverlapInput ours = OverlapInput.HowMany([[Runs.Key(1), Runs.Key(2), Runs.Key(3)], [Runs.Key(4)]]);
        OverlapInput theirs = OverlapInput.HowMany([[Runs.Key(1)], [Runs.Key(2)], [Runs.Key(9)]]);
        (OverlapOutcome a, OverlapOutcome b) = Runs.Run(Runs.Terms(OverlapMode.HowMany), ours, theirs);
        // Two entities of the partner are in ours; of ours, one is in the partner's.
        Assert.Equal((2, 1), (a.OfPartner, a.OfOurs));
        Assert.Equal((1, 2), (b.OfPartner, b.OfOurs));
    }

    [Fact]
    public void Answers_for_a_number_alone_come_in_an_order_that_tells_nothing()
    {
        OverlapTerms terms = Runs.Terms(OverlapMode.HowMany);
        OverlapInput keys = OverlapInput.HowMany(Enumerable.Range(0, 100).Select(n => (IReadOnlyList<OverlapKey>)[Runs.Key(n)]));
        using OverlapSession a = Runs.Start(terms, OverlapSide.Asker, keys), b = Runs.Start(terms, OverlapSide.Answerer, keys);
        var answers = new List<byte[]>();
        Runs.Talk(a, b, message =>
        {
            if (message[3] == 4)
                answers.AddRange(message[20..].Chunk(16));
            return message;
        });
        Assert.Equal(4096, answers.Count);
        Assert.Equal(answers.Select(Convert.ToHexString).Order(StringComparer.Ordinal), answers.Select(Convert.ToHexString));
    }

    [Theory]
    [InlineData(0, 1024)]
    [InlineData(1, 1024)]
    [InlineData(1025, 1536)]
    [InlineData(1537, 2048)]
    [InlineData(1_000_000, 1_048_576)]
    [InlineData(4_194_304, 4_194_304)]
    [InlineData(3_145_729, 4_194_304)]
    public void A_set_shows_its_band_alone(int count, int band)
    {
        Assert.Equal(band, OverlapBands.Of(count));
        Assert.True(OverlapBands.IsBand(band));
        Assert.Equal(0, band % OverlapSession.Turns);
    }

    [Fact]
    public void Sets_of_one_band_send_messages_of_the_same_sizes()
    {
        Assert.Equal(Sizes(0), Sizes(1024));

        static List<int> Sizes(int count)
        {
            using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys(Enumerable.Range(0, count)));
            using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys(Enumerable.Range(5000, 10)));
            var sizes = new List<int>();
            Runs.Talk(a, b, message =>
            {
                sizes.Add(message.Length);
                return message;
            });
            return sizes;
        }
    }

    [Fact]
    public void Neither_side_is_more_than_a_turn_ahead()
    {
        using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys(Enumerable.Range(0, 10)));
        using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys(Enumerable.Range(0, 10)));
        int given = 0, got = 0;
        while (!a.IsComplete || !b.IsComplete)
        {
            // Each says all it may before the other is heard.
            given += All(a, b);
            Assert.InRange(given - got, 0, 1);
            got += All(b, a);
            Assert.InRange(given - got, 0, 1);
        }

        Assert.Equal((OverlapSession.Turns, OverlapSession.Turns), (given, got));

        static int All(OverlapSession from, OverlapSession to)
        {
            var said = new List<byte[]>();
            while (from.TryGetNext(out byte[] message))
                said.Add(message);
            said.ForEach(message => to.Take(message));
            return said.Count(message => message[3] == 4);
        }
    }

    [Fact]
    public void Terms_that_differ_in_anything_exchange_nothing()
    {
        OverlapTerms terms = Runs.Terms();
        OverlapTerms[] others =
        [
            terms with { Run = "run-2" }, terms with { Purpose = "another" }, terms with { Agreement = new string('1', 64) }, terms with { KeyScheme = 2 },
            terms with { LargestSet = 8192 }, terms with { Asker = "node-c" }, terms with { Round = 2 },
        ];
        foreach (OverlapTerms other in others)
        {
            using OverlapSession a = Runs.Start(terms, OverlapSide.Asker, Runs.Keys([1]));
            using OverlapSession b = Runs.Start(other, OverlapSide.Answerer, Runs.Keys([1]));
            Assert.True(a.TryGetNext(out byte[] message));
            Assert.Throws<OverlapException>(() => b.Take(message));
        }
    }

    [Fact]
    public void Nothing_but_the_commitment_is_said_before_the_other_side_committed()
    {
        using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys([1]));
        Assert.True(a.TryGetNext(out byte[] first));
        Assert.Equal(1, first[3]);
        Assert.False(a.TryGetNext(out _));
    }

    [Fact]
    public void The_terms_bound_the_sets_of_both_sides()
    {
        Assert.Throws<ArgumentException>(() => Runs.Start(Runs.Terms() with { LargestSet = 1024 }, OverlapSide.Asker, Runs.Keys(Enumerable.Range(0, 1025))));
        Refused("the terms allow bands up to 16384", 1, message => BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(20 + 32), 24576));
        Refused("the terms allow bands", 1, message => BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(20 + 32), 1025));
        Refused("the terms allow bands", 1, message => BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(20 + 32), -1024));
        Assert.Throws<InvalidOperationException>(() => (Runs.Terms() with { LargestSet = 1000 }).Hash());
    }

    [Fact]
    public void Altered_messages_end_the_run()
    {
        Refused("committed to another set", 1, message => message[^1] ^= 1);
        Refused("committed to another set", 3, message => message[^1] ^= 1);
        Refused("no point of the curve", 2, message => message.AsSpan(message.Length - 32).Fill(0xFF));
        Refused("out of order or comes twice", 2, message => message.AsSpan(20, 32).CopyTo(message.AsSpan(52)));
        Refused("no message of an overlap run", 2, message => message[0] = 0);
        Refused("of version 2", 2, message => message[2] = 2);
        Refused("other terms", 2, message => message[5] ^= 1);
        Refused("says a length", 2, message => message[19] ^= 1);
        Refused("it was the turn of Points", 2, message => message[3] = 4);
        Refused("found different things in common", 5, message => message[25] ^= 1);
        Refused("found different things in common", 4, message => message.AsSpan(20).Clear());
        Refused("more than there are", 5, message => message[^1] = 200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(19)]
    public void A_message_cut_short_ends_the_run(int length)
    {
        using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys([1]));
        Assert.Throws<OverlapException>(() => b.Take(new byte[length]));
    }

    [Fact]
    public void A_run_that_ended_says_nothing_more()
    {
        using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys([1]));
        Assert.Throws<OverlapException>(() => b.Take(new byte[40]));
        Assert.Throws<InvalidOperationException>(() => b.TryGetNext(out _));
        Assert.Throws<InvalidOperationException>(() => b.Save(new MemoryStream()));
    }

    [Fact]
    public void Noise_of_any_kind_is_refused_and_nothing_worse()
    {
        var random = new Random(23);
        OverlapTerms terms = Runs.Terms();
        byte[] hash = terms.Hash();
        for (int i = 0; i < 60; i++)
        {
            using OverlapSession b = Runs.Start(terms, OverlapSide.Answerer, Runs.Keys([]));
            byte[] body = new byte[random.Next(200)];
            random.NextBytes(body);
            byte[] message = OverlapMessage.Make((OverlapMessageKind)random.Next(9), hash, random.Next(2), body);
            try
            {
                OverlapReceipt receipt = b.Take(message);
                Assert.Equal(OverlapReceipt.Missing, receipt);
            }
            catch (OverlapException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void A_mirrored_set_is_refused()
    {
        using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys([1]));
        byte[] opening = [];
        byte[] Mirror() => a.TryGetNext(out byte[] message) ? message : opening;
        byte[] commitment = Mirror();
        a.Take(commitment);
        a.Take(Mirror());
        Assert.Contains("committed to another set", Assert.Throws<OverlapException>(() => a.Take(Mirror())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_cut_at_any_message_both_go_on()
    {
        OverlapTerms terms = Runs.Terms();
        OverlapInput ours = Runs.Keys(Enumerable.Range(0, 5000)), theirs = Runs.Keys(Enumerable.Range(4000, 2000));
        var random = new Random(29);
        OverlapSession a = Runs.Start(terms, OverlapSide.Asker, ours), b = Runs.Start(terms, OverlapSide.Answerer, theirs);
        byte[] savedA = Save(a), savedB = Save(b);
        int cuts = 0;
        while (!a.IsComplete || !b.IsComplete)
        {
            // Messages get lost, and now and then a side falls back to what it had saved.
            Lossy(a, b, random);
            Lossy(b, a, random);
            if (random.Next(6) == 0)
                savedA = Save(a);
            if (random.Next(9) == 0)
                savedB = Save(b);
            if (random.Next(8) == 0)
            {
                cuts++;
                a = Restored(a, terms, savedA);
                Reconnect(a, b);
            }
            else if (random.Next(12) == 0)
            {
                cuts++;
                b = Restored(b, terms, savedB);
                Reconnect(a, b);
            }
        }

        Assert.True(cuts > 5);
        Assert.Equal(Enumerable.Range(4000, 1000), a.Outcome().Common.Select(met => met.Key).Order());
        Assert.Equal(a.Outcome().Transcript, b.Outcome().Transcript);
        (a, b) = (Restored(a, terms, Save(a)), Restored(b, terms, Save(b)));
        Assert.Equal(a.Outcome().Transcript, b.Outcome().Transcript);
        Assert.Equal(Enumerable.Range(0, 1000), b.Outcome().Common.Select(met => met.Key).Order());
        a.Dispose();
        b.Dispose();
    }

    [Fact]
    public void Repeated_messages_change_nothing_and_missing_ones_are_told()
    {
        using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys([1]));
        using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys([1]));
        Assert.True(a.TryGetNext(out byte[] first));
        Assert.Equal(OverlapReceipt.Taken, b.Take(first));
        Assert.Equal(OverlapReceipt.Repeated, b.Take(first));
        Assert.True(b.TryGetNext(out byte[] theirs));
        a.Take(theirs);
        Assert.True(a.TryGetNext(out _));
        Assert.True(a.TryGetNext(out byte[] third));
        Assert.Equal(OverlapReceipt.Missing, b.Take(third));
        a.Take(b.Resume());
        Runs.Talk(a, b);
        Assert.Single(b.Outcome().Common);
    }

    [Fact]
    public void A_saved_session_that_is_damaged_or_of_other_terms_is_refused()
    {
        using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys([1]));
        byte[] saved = Save(a);
        Assert.Throws<InvalidDataException>(() => OverlapSession.Restore(Runs.Terms(run: "run-2"), new MemoryStream(saved)));
        foreach (int length in new[] { 0, 10, 40, 100, saved.Length / 2, saved.Length - 1 })
            Assert.Throws<InvalidDataException>(() => OverlapSession.Restore(Runs.Terms(), new MemoryStream(saved, 0, length)));
    }

    [Fact]
    public void Keys_of_different_spaces_never_meet()
    {
        (OverlapOutcome a, _) = Runs.Run(
            Runs.Terms(round: 2), OverlapInput.Which([OverlapKey.Of("imo", "9074729"), OverlapKey.Of("a", "bc")]), OverlapInput.Which([OverlapKey.Of("passport", "9074729"), OverlapKey.Of("ab", "c")]));
        Assert.Equal(0, a.Keys);
        Assert.Throws<ArgumentException>(() => OverlapInput.Which([Runs.Key(1), Runs.Key(1)]));
    }

    [Fact]
    public void The_same_keys_look_different_in_every_run()
    {
        var seen = new HashSet<string>();
        for (int run = 0; run < 2; run++)
        {
            // The same terms by mistake: the secret is new all the same.
            using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys(Enumerable.Range(0, 1024)));
            using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys([]));
            Runs.Talk(a, b, message =>
            {
                if (message[3] == 2)
                    Assert.All(message[20..].Chunk(32), point => Assert.True(seen.Add(Convert.ToHexString(point))));
                return message;
            });
        }

        Assert.Equal(2048, seen.Count);
    }

    private static void Refused(string because, byte kind, Action<byte[]> alter)
    {
        using OverlapSession a = Runs.Start(Runs.Terms(), OverlapSide.Asker, Runs.Keys(Enumerable.Range(0, 100)));
        using OverlapSession b = Runs.Start(Runs.Terms(), OverlapSide.Answerer, Runs.Keys(Enumerable.Range(50, 100)));
        OverlapException e = Assert.Throws<OverlapException>(() => Runs.Talk(a, b, message =>
        {
            if (message[3] == kind)
                alter(message);
            return message;
        }));
        Assert.Contains(because, e.Message, StringComparison.Ordinal);
    }

    private static byte[] Save(OverlapSession session)
    {
        using var stream = new MemoryStream();
        session.Save(stream);
        return stream.ToArray();
    }

    private static OverlapSession Restored(OverlapSession lost, OverlapTerms terms, byte[] saved)
    {
        lost.Dispose();
        return OverlapSession.Restore(terms, new MemoryStream(saved));
    }

    private static void Reconnect(OverlapSession a, OverlapSession b)
    {
        byte[] fromA = a.Resume(), fromB = b.Resume();
        a.Take(fromB);
        b.Take(fromA);
    }

    private static void Lossy(OverlapSession from, OverlapSession to, Random random)
    {
        if (from.TryGetNext(out byte[] message) && random.Next(10) == 0)
            Reconnect(from, to);
        else if (message.Length > 0 && to.Take(message) == OverlapReceipt.Missing)
            Reconnect(from, to);
    }
}
