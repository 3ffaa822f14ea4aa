using System.Text.Json.Nodes;

namespace Entente.Bench.Peers.Contenders;

/// <summary>A listed entity that resembles the query, in the contender's own scale.</summary>
internal readonly record struct Hit(string EntityId, double Score);

/// <summary>One that screens names against a list it has loaded.</summary>
internal abstract class Contender : IDisposable
{
    public abstract string Name { get; }

    /// <summary>How it is set up, in a line.</summary>
    public abstract string Setup { get; }

    /// <summary>The thresholds that its users commonly set.</summary>
    public abstract IReadOnlyList<Threshold> Usual { get; }

    /// <summary>What it holds for the list, in lines for people.</summary>
    public abstract IReadOnlyList<(string What, string Value)> Memory { get; }

    /// <summary>The same for a machine, in bytes.</summary>
    public abstract JsonObject MemoryJson { get; }

    /// <summary>How many of the queries it is given, to end in reasonable time; 0 is all.</summary>
    /// <param name="schema">What is asked for.</param>
    public virtual int Sample(string schema) => 0;

    /// <summary>Whether it is faster where only good hits are wanted.</summary>
    public virtual bool IsFasterAbove => false;

    /// <summary>Makes it leave out hits below the threshold, where it gets faster by that.</summary>
    public virtual void Aim(Threshold threshold)
    {
    }

    /// <summary>Makes it find low hits as well, so that any threshold can be judged afterwards.</summary>
    public virtual void AimLow()
    {
    }

    /// <summary>The best hits, each entity once.</summary>
    /// <param name="schema">Person, or another for all the rest.</param>
    /// <param name="name">The name as it comes.</param>
    /// <param name="limit">Most hits.</param>
    public abstract IReadOnlyList<Hit> Search(string schema, string name, int limit);

    public virtual void Dispose()
    {
    }
}
