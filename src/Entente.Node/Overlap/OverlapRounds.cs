using System.Buffers.Binary;
using System.Collections.Immutable;
using Entente.Exchange.Agreements;
using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;

namespace Entente.Node.Overlap;

/// <summary>The rounds of one run, from one side: which comes next, on what terms, and what is known at the end. For one thread at a time.</summary>
internal sealed class OverlapRounds : IDisposable
{
    private readonly OverlapRun _run;
    private readonly string _name;
    private readonly string _asker, _answerer, _agreement;
    private readonly List<OverlapCandidate> _candidates = [];
    private readonly List<string> _transcripts = [];
    private OverlapOutcome? _first;
    private SecondRound? _second;
    private OverlapSession? _session;

    /// <summary>Begins a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="time">Which time it is begun, from 1.</param>
    /// <param name="own">This node.</param>
    /// <param name="agreement">The agreement that allows it.</param>
    /// <param name="holding">What this node brings.</param>
    public OverlapRounds(OverlapRun run, int time, string own, Agreement agreement, Holding holding)
    {
        _run = run;
        // Each time has a name of its own, so that nothing of one fits another.
        _name = time == 1 ? run.Id : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{run.Id}+{time}");
        Time = time;
        (_asker, _answerer) = run.Side == OverlapSide.Asker ? (own, run.PartnerId) : (run.PartnerId, own);
        _agreement = Convert.ToHexStringLower(System.Buffers.Text.Base64Url.DecodeFromChars(agreement.Hash));
        Holding = holding;
    }

    /// <summary>Which time the run was begun, from 1.</summary>
    public int Time { get; }

    /// <summary>What this node brings.</summary>
    public Holding Holding { get; }

    /// <summary>The round: 1, 2 or 3; 0 before the first.</summary>
    public int Round { get; private set; }

    /// <summary>The part of the second round.</summary>
    public int Part { get; private set; }

    /// <summary>Whether nothing is left to be done.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The band of the partner's set in the first round.</summary>
    public int PartnerBand => _first?.PartnerBand ?? 0;

    /// <summary>What is in common: this node's entities, by their places in the holding. Empty where only their number is learnt.</summary>
    public ImmutableArray<int> Found { get; private set; } = [];

    /// <summary>How many are in common.</summary>
    public int Common { get; private set; }

    /// <summary>The hashes over all messages of all rounds.</summary>
    public string Transcript => string.Join(' ', _transcripts);

    /// <summary>The session of the present round.</summary>
    /// <param name="cancel">Ends the work early.</param>
    public OverlapSession Session(CancellationToken cancel)
    {
        if (_session is not null)
            return _session;
        if (Round == 0)
            Round = 1;
        var (input, largest) = Round switch
        {
            1 => (_run.Mode == OverlapMode.HowMany ? Holding.Counting() : Holding.FirstRound(), _run.LargestSet),
            2 => ((_second = SecondRound.Of(Holding, _run.Side, _first!, Part)).Input(), SecondRound.LargestSet(_first!)),
            _ => (SecondRound.Accepted(_candidates), SecondRound.LargestSetOfThird(_first!)),
        };
        return _session = OverlapSession.Start(new OverlapTerms
        {
            // Each part has terms of its own, so that nothing of one fits another.
            Run = Part == 0 ? _name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_name}.{Part}"),
            Round = Round,
            Mode = _run.Mode,
            Asker = _asker,
            Answerer = _answerer,
            Purpose = _run.Purpose,
            Agreement = _agreement,
            KeyScheme = EntityKeys.Scheme,
            LargestSet = largest,
        }, _run.Side, input, cancel);
    }

    /// <summary>Goes on to the next round, now that the present one is complete on this side.</summary>
    public void Advance()
    {
        var outcome = _session!.Outcome();
        _transcripts.Add(outcome.Transcript);
        _session.Dispose();
        _session = null;
        switch (Round)
        {
            case 1 when _run.Mode == OverlapMode.HowMany:
                _first = outcome;
                Common = outcome.OfPartner;
                IsDone = true;
                break;
            case 1:
                _first = outcome;
                (Round, Part) = (2, 0);
                break;
            case 2:
                _candidates.AddRange(_second!.Judge(outcome));
                if (Part + 1 < SecondRound.Parts(_first!))
                    Part++;
                else
                    (Round, Part) = (3, 0);
                break;
            default:
                Found = [.. SecondRound.Agreed(_candidates, outcome).Select(pair => pair.Entity).Distinct().Order()];
                Common = Found.Length;
                IsDone = true;
                break;
        }
    }

    public void Dispose() => _session?.Dispose();
}

/// <summary>Messages of a round as they travel together: each after its length, four bytes, the highest first.</summary>
internal static class OverlapFrames
{
    /// <summary>As many bytes as travel together, but for the last message.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Collects what a side has to say.</summary>
    /// <param name="session">The side.</param>
    /// <param name="first">Messages to go before.</param>
    public static byte[] Collect(OverlapSession session, params ReadOnlySpan<byte[]> first)
    {
        using var bytes = new MemoryStream();
        foreach (var message in first)
            Write(bytes, message);
        while (bytes.Length < MostBytes && session.TryGetNext(out var message))
            Write(bytes, message);
        return bytes.ToArray();
    }

    /// <summary>Takes messages apart.</summary>
    /// <param name="bytes">What came.</param>
    /// <exception cref="OverlapException">It does not hold whole messages.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = bytes.Length < 4 ? -1 : BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
            if (length < 1 || length > OverlapSession.LongestMessage || length > bytes.Length - 4)
                throw new OverlapException("What came does not hold whole messages.");
            yield return bytes.Slice(4, length);
            bytes = bytes[(4 + length)..];
        }
    }

    private static void Write(MemoryStream bytes, byte[] message)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        bytes.Write(length);
        bytes.Write(message);
    }
}
