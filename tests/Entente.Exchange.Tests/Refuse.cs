using Entente.Exchange.Signing;

namespace Entente.Exchange.Tests;

/// <summary>Asks that something is refused, and why.</summary>
internal static class Refuse
{
    public static void Because(Refusal reason, Action act) => Assert.Equal(reason, Assert.Throws<RefusedException>(act).Reason);

    public static bool Noticed(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (RefusedException)
        {
            return true;
        }
    }
}
