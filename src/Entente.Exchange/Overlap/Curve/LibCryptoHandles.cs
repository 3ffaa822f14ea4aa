using System.Runtime.InteropServices;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>An EC_GROUP.</summary>
internal sealed class CurveGroup() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeGroup(handle);
        return true;
    }
}

/// <summary>An EC_POINT.</summary>
internal sealed class PointHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibCrypto.FreePoint(handle);
        return true;
    }
}

/// <summary>A BIGNUM, wiped when freed.</summary>
internal sealed class NumberHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeNumber(handle);
        return true;
    }
}

/// <summary>A BN_CTX: room for what is between.</summary>
internal sealed class ScratchHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeScratch(handle);
        return true;
    }
}
