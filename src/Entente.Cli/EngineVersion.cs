using System.Reflection;
using System.Security.Cryptography;
using Entente.Lists;
using Entente.Names;
using Entente.Records;
using Entente.Screening;

namespace Entente.Cli;

/// <summary>The version of this build, as results name it.</summary>
internal static class EngineVersion
{
    /// <summary>Such as <c>0.1.0</c>; without the commit, which the same source built elsewhere would not share.</summary>
    public static string Text { get; } = typeof(EngineVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// One word for exactly this program: it differs as soon as any of the code or tables that make an answer does.
    /// </summary>
    public static string Build { get; } = Convert.ToHexStringLower(SHA256.HashData(
        [.. new[] { typeof(EngineVersion), typeof(ListReader), typeof(Entity), typeof(NameTables), typeof(Screener) }
            .SelectMany(type => type.Module.ModuleVersionId.ToByteArray())]))[..16];
}
