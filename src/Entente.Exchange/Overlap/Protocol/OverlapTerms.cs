using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What both sides agreed on before a round of a run: the same on both, or nothing is exchanged.</summary>
/// <remarks>Its hash stands in the first message and goes into every hash and commitment of the round, so that nothing of one round fits another. Immutable.</remarks>
public sealed record OverlapTerms
{
    private const int LongestText = 256;

    /// <summary>The id of the run, the same on both sides and used once; 1 to 256 characters.</summary>
    public required string Run { get; init; }

    /// <summary>The round: 1 for keys, 2 for the finer features of what met, 3 for what both sides accept.</summary>
    public required int Round { get; init; }

    /// <summary>What is learnt.</summary>
    public required OverlapMode Mode { get; init; }

    /// <summary>The node that asked.</summary>
    public required string Asker { get; init; }

    /// <summary>The node that was asked.</summary>
    public required string Answerer { get; init; }

    /// <summary>The purpose, as the agreement names it.</summary>
    public required string Purpose { get; init; }

    /// <summary>The SHA-256 of the agreement that allows the run, in lower-case hexadecimal.</summary>
    public required string Agreement { get; init; }

    /// <summary>The way keys are made (<c>EntityKeys.Scheme</c>): keys made otherwise would not meet.</summary>
    public required int KeyScheme { get; init; }

    /// <summary>The most that either side may bring, in keys (or, where only their number is learnt, in entities): a band.</summary>
    public required int LargestSet { get; init; }

    /// <summary>Keys of one entity that are counted as one: only where just the number is learnt.</summary>
    internal int GroupSize => Mode == OverlapMode.HowMany ? OverlapInput.KeysOfEntity : 1;

    /// <summary>Whether each side tells a byte about every key in common.</summary>
    internal bool HasNotes => Mode == OverlapMode.Which && Round == 1;

    /// <summary>The hash of all of it.</summary>
    /// <returns>32 bytes.</returns>
    /// <exception cref="InvalidOperationException">Something is missing or out of range; the message says what.</exception>
    public byte[] Hash()
    {
        if (Round is < 1 or > 3)
            throw new InvalidOperationException($"A round is 1, 2 or 3, not {Round}.");
        if (Mode is not (OverlapMode.Which or OverlapMode.HowMany))
            throw new InvalidOperationException("The terms of a run say what is learnt: which, or how many.");
        if (!OverlapBands.IsBand(LargestSet) || (long)LargestSet * GroupSize > OverlapBands.Largest)
            throw new InvalidOperationException($"The largest set is a band of at most {OverlapBands.Largest / GroupSize}, not {LargestSet}.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "entente overlap terms 1", "");
        Append(hash, Run, nameof(Run));
        Append(hash, Asker, nameof(Asker));
        Append(hash, Answerer, nameof(Answerer));
        Append(hash, Purpose, nameof(Purpose));
        Append(hash, Agreement, nameof(Agreement));
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(numbers, Round);
        BinaryPrimitives.WriteInt32BigEndian(numbers[4..], (int)Mode);
        BinaryPrimitives.WriteInt32BigEndian(numbers[8..], KeyScheme);
        BinaryPrimitives.WriteInt32BigEndian(numbers[12..], LargestSet);
        hash.AppendData(numbers);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string text, string name)
    {
        if (text.Length is 0 or > LongestText)
            throw new InvalidOperationException($"The terms of a run need a {name} of 1 to {LongestText} characters.");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
