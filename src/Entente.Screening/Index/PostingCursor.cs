namespace Entente.Screening.Index;

/// <summary>A place in the wordings of one class of sizes that agree with one part of a query.</summary>
internal struct PostingCursor
{
    /// <summary>The wordings, ascending.</summary>
    public Posting[] Postings;

    /// <summary>The place.</summary>
    public int At;

    /// <summary>The part of the query as a bit, and more of <see cref="WeightBound"/>.</summary>
    public ulong Mask;

    /// <summary>The wording at the place; more than any at the end.</summary>
    public readonly int Wording => At < Postings.Length ? Postings[At].Wording : int.MaxValue;

    /// <summary>Adds what the wording at the place has in common with the query.</summary>
    public readonly void Add(ref float bits, ref ulong mask)
    {
        bits += Postings[At].Bits;
        mask |= Mask;
    }

    /// <summary>Goes forward to a wording, or to the next after it, in steps that double.</summary>
    public void Seek(int wording)
    {
        int step = 1;
        while (At + step < Postings.Length && Postings[At + step].Wording < wording)
        {
            At += step;
            step *= 2;
        }

        int beyond = Math.Min(Postings.Length, At + step);
        while (At < beyond)
        {
            int middle = (At + beyond) / 2;
            if (Postings[middle].Wording < wording)
                At = middle + 1;
            else
                beyond = middle;
        }
    }
}
