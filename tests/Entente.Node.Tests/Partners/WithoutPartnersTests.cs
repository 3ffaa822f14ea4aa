using System.Net;
using Entente.Node.Access;

namespace Entente.Node.Tests.Partners;

/// <summary>A node that has no partner port says so, and does not break.</summary>
public sealed class WithoutPartnersTests
{
    [Fact]
    public async Task What_needs_a_key_of_ones_own_is_refused_with_what_to_do()
    {
        await using var node = await TestNode.StartAsync();
        var analyst = await node.ClientForAsync(Role.Analyst);
        var (status, detail) = await analyst.RefusedAsync("/api/records", new
        {
            schema = "Person",
            properties = new { name = new[] { "Tamim al-Nahri" } },
            marking = new { tlp = "TLP:AMBER", legalBasis = "S/RES/2253 (2015)", purpose = "counter-terrorism", category = "suspect", grade = "B2", expires = DateTimeOffset.UtcNow.AddMonths(6) },
        });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("--partners", detail, StringComparison.Ordinal);
    }
}
