using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>The secret number of one side of one round, and what is done with it, on all cores.</summary>
/// <remarks>A new one for each round: keys blinded twice by one number could be linked. Wiped when disposed. Safe for any number of threads until then.</remarks>
internal sealed class BlindingKey : IDisposable
{
    // Points that one core takes at a time: enough for one inversion to weigh nothing.
    private const int Block = 256;

    /// <summary>Bytes of a token. Among 2^44 pairs of different keys, two tokens are the same by a chance of 2^-84.</summary>
    public const int TokenSize = 16;

    // The order of the curve.
    private static readonly UInt128 OrderHigh = new(0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF), OrderLow = new(0xBCE6FAADA7179E84, 0xF3B9CAC2FC632551);

    private readonly byte[] _secret;

    private BlindingKey(byte[] secret) => _secret = secret;

    /// <summary>A new random key.</summary>
    public static BlindingKey Generate()
    {
        byte[] secret = new byte[FieldElement.Size];
        do
            RandomNumberGenerator.Fill(secret);
        while (!IsInRange(secret));
        return new BlindingKey(secret);
    }

    /// <summary>A key that was saved.</summary>
    /// <param name="secret">What <see cref="Secret"/> was; copied.</param>
    /// <exception cref="ArgumentException">Not 32 bytes, zero, or not below the order of the curve.</exception>
    public static BlindingKey Restore(ReadOnlySpan<byte> secret) => secret.Length == FieldElement.Size && IsInRange(secret)
        ? new BlindingKey(secret.ToArray())
        : throw new ArgumentException("Not a secret number of this curve.", nameof(secret));

    /// <summary>The number itself, to be saved where secrets are kept.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Hashes messages to the curve and multiplies the points.</summary>
    /// <param name="hash">The hashing.</param>
    /// <param name="prefix">What each message begins with.</param>
    /// <param name="messages">The rest of the messages, one behind the other.</param>
    /// <param name="length">Bytes of each.</param>
    /// <param name="x">Where the x of the products go, 32 bytes each.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public void Blind(HashToCurve hash, ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> messages, int length, Memory<byte> x, CancellationToken cancellation) =>
        InBlocks(messages.Length / length, (multiplier, start, count) =>
        {
            int whole = prefix.Length + length;
            byte[] texts = new byte[count * whole];
            for (int i = 0; i < count; i++)
            {
                prefix.Span.CopyTo(texts.AsSpan(i * whole));
                messages.Span.Slice((start + i) * length, length).CopyTo(texts.AsSpan((i * whole) + prefix.Length));
            }

            var points = new CurvePoint[count];
            hash.HashAll(texts, whole, points);
            multiplier.Multiply(points, x.Span.Slice(start * FieldElement.Size, count * FieldElement.Size));
        }, cancellation);

    /// <summary>Multiplies points of the other side.</summary>
    /// <param name="from">Their x, 32 bytes each.</param>
    /// <param name="x">Where the x of the products go, 32 bytes each.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The place of the first that is no x of the curve, for which nothing is to be used; -1 where all are.</returns>
    public int BlindAgain(ReadOnlyMemory<byte> from, Memory<byte> x, CancellationToken cancellation) =>
        BlindAgain(from, (start, products) => products.CopyTo(x.Span[(start * FieldElement.Size)..]), cancellation);

    /// <summary>Multiplies points of the other side and makes tokens of the products.</summary>
    /// <param name="from">Their x, 32 bytes each.</param>
    /// <param name="prefix">What is hashed before each x.</param>
    /// <param name="tokens">Where the tokens go, <see cref="TokenSize"/> bytes each.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>As <see cref="BlindAgain(ReadOnlyMemory{byte}, Memory{byte}, CancellationToken)"/>.</returns>
    public int Tokens(ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> prefix, Memory<byte> tokens, CancellationToken cancellation) =>
        BlindAgain(from, (start, products) =>
        {
            Span<byte> text = stackalloc byte[prefix.Length + FieldElement.Size], hash = stackalloc byte[SHA256.HashSizeInBytes];
            prefix.Span.CopyTo(text);
            for (int i = 0; i < products.Length / FieldElement.Size; i++)
            {
                products.Slice(i * FieldElement.Size, FieldElement.Size).CopyTo(text[prefix.Length..]);
                SHA256.HashData(text, hash);
                hash[..TokenSize].CopyTo(tokens.Span[((start + i) * TokenSize)..]);
            }
        }, cancellation);

    /// <summary>Random points that look like blinded ones: any x of the curve is as likely.</summary>
    public static void Random(Memory<byte> x, CancellationToken cancellation) =>
        Parallel.For(0, (x.Length / FieldElement.Size + Block - 1) / Block, Cores(cancellation), block =>
        {
            Span<byte> into = x.Span[(block * Block * FieldElement.Size)..Math.Min(x.Length, (block + 1) * Block * FieldElement.Size)];
            // A number is an x in one case of two.
            byte[] drawn = new byte[Block * FieldElement.Size];
            var points = new CurvePoint[Block];
            Span<bool> valid = stackalloc bool[Block];
            for (int at = 0; at < into.Length;)
            {
                RandomNumberGenerator.Fill(drawn);
                HashToCurve.LiftEach(drawn, points, valid);
                for (int i = 0; i < Block && at < into.Length; i++)
                {
                    if (!valid[i])
                        continue;
                    drawn.AsSpan(i * FieldElement.Size, FieldElement.Size).CopyTo(into[at..]);
                    at += FieldElement.Size;
                }
            }
        });

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    private delegate void Use(int start, ReadOnlySpan<byte> products);

    private int BlindAgain(ReadOnlyMemory<byte> from, Use use, CancellationToken cancellation)
    {
        int bad = int.MaxValue;
        InBlocks(from.Length / FieldElement.Size, (multiplier, start, count) =>
        {
            var points = new CurvePoint[count];
            int refused = HashToCurve.Lift(from.Span.Slice(start * FieldElement.Size, count * FieldElement.Size), points);
            if (refused >= 0)
            {
                Lower(ref bad, start + refused);
                return;
            }

            Span<byte> products = stackalloc byte[Block * FieldElement.Size];
            multiplier.Multiply(points, products);
            use(start, products[..(count * FieldElement.Size)]);
        }, cancellation);
        return bad == int.MaxValue ? -1 : bad;
    }

    private void InBlocks(int count, Action<Multiplier, int, int> work, CancellationToken cancellation) =>
        Parallel.For(0, (count + Block - 1) / Block, Cores(cancellation), () => new Multiplier(_secret),
            (block, _, multiplier) =>
            {
                work(multiplier, block * Block, Math.Min(Block, count - (block * Block)));
                return multiplier;
            },
            static multiplier => multiplier.Dispose());

    private static ParallelOptions Cores(CancellationToken cancellation) => new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };

    private static void Lower(ref int least, int value)
    {
        int known;
        while (value < (known = Volatile.Read(ref least)) && Interlocked.CompareExchange(ref least, value, known) != known)
        {
        }
    }

    private static bool IsInRange(ReadOnlySpan<byte> secret)
    {
        UInt128 high = BinaryPrimitives.ReadUInt128BigEndian(secret), low = BinaryPrimitives.ReadUInt128BigEndian(secret[16..]);
        return (high != 0 || low != 0) && (high < OrderHigh || (high == OrderHigh && low < OrderLow));
    }
}
