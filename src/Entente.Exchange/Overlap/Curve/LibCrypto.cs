using System.Reflection;
using System.Runtime.InteropServices;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>The functions of OpenSSL's libcrypto that multiply points; .NET itself needs the library on Linux.</summary>
/// <remarks>
/// All of them are public and not deprecated in OpenSSL 3. On x86-64 and ARM64 libcrypto multiplies points of P-256 by code of
/// its own for that curve, in a time that does not depend on the number multiplied by.
/// </remarks>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto";
    private const int P256 = 415;
    private const ulong Oldest = 0x30000000;

    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll"]
        : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
        : ["libcrypto.so.3", "libcrypto.so.4", "libcrypto.so"];

    private static readonly Lazy<CurveGroup> Curve = new(OpenCurve);

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, static (name, _, _) => name == Library ? Load() : 0);

    /// <summary>The curve.</summary>
    /// <exception cref="PlatformNotSupportedException">libcrypto of OpenSSL 3 is not there.</exception>
    public static CurveGroup Group => Curve.Value;

    private static nint Load()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out nint handle))
                return handle;
        }

        throw Missing();
    }

    private static CurveGroup OpenCurve()
    {
        try
        {
            if (Version() < Oldest)
                throw Missing();
            CurveGroup group = NewGroup(P256);
            return group.IsInvalid ? throw new PlatformNotSupportedException("This libcrypto knows no curve P-256 (prime256v1); finding an overlap needs it.") : group;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw Missing();
        }
    }

    private static PlatformNotSupportedException Missing() => new(
        $"Finding an overlap needs libcrypto of OpenSSL 3, which was not found as {string.Join(" or ", Names)}. Install OpenSSL 3 (on Debian and Ubuntu: the package libssl3).");

    [LibraryImport(Library, EntryPoint = "OpenSSL_version_num")]
    private static partial nuint NativeVersion();

    private static ulong Version() => NativeVersion();

    [LibraryImport(Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    private static partial CurveGroup NewGroup(int nid);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_free")]
    internal static partial void FreeGroup(nint group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_new")]
    internal static partial PointHandle NewPoint(CurveGroup group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_clear_free")]
    internal static partial void FreePoint(nint point);

    [LibraryImport(Library, EntryPoint = "BN_CTX_new")]
    internal static partial ScratchHandle NewScratch();

    [LibraryImport(Library, EntryPoint = "BN_CTX_free")]
    internal static partial void FreeScratch(nint scratch);

    [LibraryImport(Library, EntryPoint = "BN_secure_new")]
    internal static partial NumberHandle NewSecretNumber();

    [LibraryImport(Library, EntryPoint = "BN_new")]
    internal static partial NumberHandle NewNumber();

    [LibraryImport(Library, EntryPoint = "BN_clear_free")]
    internal static partial void FreeNumber(nint number);

    [LibraryImport(Library, EntryPoint = "BN_set_flags")]
    internal static partial void SetFlags(NumberHandle number, int flags);

    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    internal static unsafe partial nint Read(byte* bytes, int length, NumberHandle into);

    // The calls of the inner loop take bare pointers: their owner holds the handles for the whole of a batch.
    [LibraryImport(Library, EntryPoint = "BN_bn2binpad")]
    [SuppressGCTransition]
    internal static unsafe partial int Write(nint number, byte* into, int length);

    [LibraryImport(Library, EntryPoint = "EC_POINT_oct2point")]
    internal static unsafe partial int SetPoint(nint group, nint point, byte* bytes, nuint length, nint scratch);

    [LibraryImport(Library, EntryPoint = "EC_POINT_mul")]
    internal static partial int Multiply(nint group, nint result, nint zero, nint point, nint by, nint scratch);

    [LibraryImport(Library, EntryPoint = "EC_POINT_get_affine_coordinates")]
    internal static partial int GetCoordinates(nint group, nint point, nint x, nint y, nint scratch);
}
