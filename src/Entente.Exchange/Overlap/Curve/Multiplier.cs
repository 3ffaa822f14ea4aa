using System.Security.Cryptography;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>Multiplies points by one secret number, on one thread at a time.</summary>
/// <remarks>Measured on OpenSSL 3.0: EC_POINT_mul with the affine x takes less time than EVP_PKEY_derive for the same point, and no key object for each point.</remarks>
internal sealed class Multiplier : IDisposable
{
    private const int ConstantTime = 0x04;

    private readonly CurveGroup _group = LibCrypto.Group;
    private readonly PointHandle _point, _product;
    private readonly NumberHandle _by, _x;
    private readonly ScratchHandle _scratch = LibCrypto.NewScratch();

    /// <summary>A multiplier.</summary>
    /// <param name="secret">The number, 32 bytes, from 1 to the order of the curve less 1.</param>
    public unsafe Multiplier(ReadOnlySpan<byte> secret)
    {
        (_point, _product, _by, _x) = (LibCrypto.NewPoint(_group), LibCrypto.NewPoint(_group), LibCrypto.NewSecretNumber(), LibCrypto.NewNumber());
        if (_point.IsInvalid || _product.IsInvalid || _by.IsInvalid || _x.IsInvalid || _scratch.IsInvalid)
            throw new InsufficientMemoryException("libcrypto has no memory left.");
        fixed (byte* bytes = secret)
        {
            if (LibCrypto.Read(bytes, secret.Length, _by) == 0)
                throw new CryptographicException("libcrypto did not take the secret number.");
        }

        LibCrypto.SetFlags(_by, ConstantTime);
    }

    /// <summary>Multiplies points and keeps their x.</summary>
    /// <param name="points">The points.</param>
    /// <param name="x">Where the x go, 32 bytes each.</param>
    /// <exception cref="CryptographicException">libcrypto refused a point: not one of the curve.</exception>
    public unsafe void Multiply(ReadOnlySpan<CurvePoint> points, Span<byte> x)
    {
        if (x.Length < points.Length * FieldElement.Size)
            throw new ArgumentException("There is no room for all products.", nameof(x));
        nint group = _group.DangerousGetHandle(), point = _point.DangerousGetHandle(), product = _product.DangerousGetHandle();
        nint by = _by.DangerousGetHandle(), number = _x.DangerousGetHandle(), scratch = _scratch.DangerousGetHandle();
        byte* form = stackalloc byte[CurvePoint.Size];
        fixed (byte* into = x)
        {
            for (int i = 0; i < points.Length; i++)
            {
                points[i].Write(new Span<byte>(form, CurvePoint.Size));
                bool done = LibCrypto.SetPoint(group, point, form, CurvePoint.Size, scratch) == 1
                    && LibCrypto.Multiply(group, product, 0, point, by, scratch) == 1
                    && LibCrypto.GetCoordinates(group, product, number, 0, scratch) == 1
                    && LibCrypto.Write(number, into + (i * FieldElement.Size), FieldElement.Size) == FieldElement.Size;
                if (!done)
                    throw new CryptographicException("libcrypto did not multiply a point: it is not one of the curve.");
            }
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _point.Dispose();
        _product.Dispose();
        _by.Dispose();
        _x.Dispose();
        _scratch.Dispose();
    }
}
