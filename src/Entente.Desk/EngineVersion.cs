using System.Reflection;
using System.Security.Cryptography;
using Entente.Lists;
using Entente.Names;
using Entente.Records;
using Entente.Screening;

namespace Entente.Desk;

/// <summary>The version of this build, as results name it.</summary>
public static class EngineVersion
{
    /// <summary>Such as <c>0.1.0</c>; without the commit, which the same source built elsewhere would not share.</summary>
    public static string Text { get; } = typeof(EngineVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// One word for exactly this engine: it differs as soon as any of the code or tables that make an answer does. The command line and
    /// the node of one build have the same.
    /// </summary>
    public static string Build { get; } = Convert.ToHexStringLower(SHA256.HashData(
        [.. new[] { typeof(EngineVersion), typeof(ListReader), typeof(Entity), typeof(NameTables), typeof(Screener) }
            .SelectMany(type => type.Module.ModuleVersionId.ToByteArray())]))[..16];
}
