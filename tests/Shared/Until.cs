namespace Entente.Tests;

/// <summary>Waits for something to come about, and fails where it does not.</summary>
internal static class Until
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="seconds">How long to be patient.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, int seconds = 60)
    {
        var until = DateTimeOffset.UtcNow.AddSeconds(seconds);
        while (!await condition())
        {
            Assert.True(DateTimeOffset.UtcNow < until, "It did not come about in time.");
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }
}
