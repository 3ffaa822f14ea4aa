using System.Reflection;

namespace Entente.Cli;

/// <summary>The version of this build, as results name it.</summary>
internal static class EngineVersion
{
    /// <summary>Such as <c>0.1.0</c>; without the commit, which the same source built elsewhere would not share.</summary>
    public static string Text { get; } = typeof(EngineVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
