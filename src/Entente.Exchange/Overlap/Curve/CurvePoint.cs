namespace Entente.Exchange.Overlap.Curve;

/// <summary>A point of P-256 that is not the point at infinity.</summary>
/// <param name="X">Its first coordinate.</param>
/// <param name="Y">Its second.</param>
internal readonly record struct CurvePoint(FieldElement X, FieldElement Y)
{
    /// <summary>Bytes of the uncompressed form.</summary>
    public const int Size = 1 + (2 * FieldElement.Size);

    /// <summary>Writes the uncompressed form of SEC 1: 4, x, y.</summary>
    public void Write(Span<byte> into)
    {
        into[0] = 4;
        X.Write(into[1..]);
        Y.Write(into[33..]);
    }
}
