using Entente.Exchange.Signing;

namespace Entente.Exchange.Tests;

public sealed class PureRoomTests
{
    private static readonly string[] Known = [.. typeof(Jws).Assembly.GetReferencedAssemblies().Select(each => each.Name!)];

    [Fact]
    public void Exchange_knows_only_the_rooms_below_it() =>
        Assert.Empty(Known.Where(each => each.StartsWith("Entente.", StringComparison.Ordinal)).Except(["Entente.Names", "Entente.Records"]));

    [Fact]
    public void Exchange_opens_no_files_and_no_connections_and_knows_no_host() =>
        Assert.DoesNotContain(Known, each => each is "System.IO.FileSystem" or "System.Net.Http" or "System.Net.Sockets" or "System.Net.Security" or "System.Net.Primitives"
            || each.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || each.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
}
