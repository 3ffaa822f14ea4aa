namespace Entente.Tests;

/// <summary>Finds real data, which is never part of the repository.</summary>
internal static class RealData
{
    public static string File(string relative)
    {
        var path = Path.Combine(Root() ?? "", relative);
        Assert.SkipUnless(System.IO.File.Exists(path), "skipped: no real data");
        return path;
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable("ENTENTE_TEST_DATA") is { Length: > 0 } given)
            return given;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "Entente.slnx")))
                return Path.Combine(at.FullName, "..", "shared", "data");
        }
        return null;
    }
}
