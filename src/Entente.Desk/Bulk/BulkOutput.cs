using System.Collections.Immutable;
using System.Text.Json;

namespace Entente.Desk.Bulk;

/// <summary>
/// Where the answers of a bulk run go, and what an interrupted run leaves for the next: <c>NAME.part</c> with the
/// answers, and <c>NAME.part.job</c>, written once, with all that they depend on. How far the run came is not noted
/// anywhere: the answers say it themselves, and so can never disagree with a note about them.
/// </summary>
public sealed class BulkOutput : IDisposable
{
    /// <summary>The most work that a loss of power can cost.</summary>
    private static readonly TimeSpan SyncPace = TimeSpan.FromSeconds(2);

    private readonly PartFile _file;
    private readonly TimeProvider _time;
    private long _synced;

    private BulkOutput(PartFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
        BasisPath = file.Part is null ? null : file.Part + ".job";
        HasAnswers = BasisPath is not null && file.Stream.Length > 0;
        file.Keep = HasAnswers;
        _synced = time.GetTimestamp();
    }

    /// <summary>The file that is written until the result is whole; null on standard output or a device, which no other run can go on with.</summary>
    public string? Part => _file.Part;

    /// <summary>Where it is kept what the answers depend on; null as <see cref="Part"/>.</summary>
    public string? BasisPath { get; }

    /// <summary>Whether an earlier run left answers. Nothing is done with them before <see cref="Begin"/> or <see cref="Resume"/>.</summary>
    public bool HasAnswers { get; }

    /// <summary>Whether the earlier run said what its answers depend on: one from a pipe cannot, and nobody can ever go on with what it left.</summary>
    public bool HasBasis => BasisPath is not null && File.Exists(BasisPath);

    /// <summary>What an earlier run has answered; nothing unless this run resumes it.</summary>
    public AnsweredRows Before { get; private set; }

    /// <summary>Whether another run can go on with what this one writes.</summary>
    public bool CanResume { get; private set; }

    /// <summary>Whether answers are kept when this is disposed.</summary>
    public bool IsKept => _file.Keep;

    /// <summary>Opens the output, and keeps other runs from it. Nothing is changed yet.</summary>
    /// <param name="path">The file; <c>-</c> is standard output.</param>
    /// <param name="standardOutput">Written to when the path is <c>-</c>.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The output, to go on with <see cref="Begin"/> or <see cref="Resume"/>.</returns>
    /// <exception cref="DeskException">It cannot be written.</exception>
    public static BulkOutput Open(string path, Stream standardOutput, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new BulkOutput(PartFile.Open(path, standardOutput), time);
    }

    /// <summary>Begins with an empty output; what an earlier run left is thrown away.</summary>
    /// <param name="basis">What the answers will depend on; null when no later run could tell.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Begin(BulkBasis? basis)
    {
        if (BasisPath is null)
            return;
        File.Delete(BasisPath);
        Take(default, basis);
    }

    /// <summary>Takes up the answers that an earlier run left.</summary>
    /// <param name="basis">What the answers of this run depend on.</param>
    /// <param name="stop">Ends the reading of earlier answers.</param>
    /// <returns>What stands against it: see <see cref="BulkBasis.Differences"/>. Then nothing is changed; empty when they were taken up.</returns>
    /// <exception cref="JsonException">What the earlier answers depend on cannot be read. Nothing is changed.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public ImmutableArray<string> Resume(BulkBasis basis, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(basis);
        if (BasisPath is null || !HasAnswers)
            throw new InvalidOperationException("There is nothing to resume.");
        if (BulkBasis.Load(BasisPath).Differences(basis) is { IsEmpty: false } differences)
            return differences;
        Take(AnsweredRows.Read(_file.Stream, stop), basis);
        return [];
    }

    /// <summary>Writes answers, and now and then has them put on the disk.</summary>
    /// <param name="answers">Whole lines.</param>
    /// <param name="stop">Ends the wait for a reader of standard output.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> answers, CancellationToken stop)
    {
        await _file.Stream.WriteAsync(answers, stop).ConfigureAwait(false);
        _file.Keep = CanResume;
        if (BasisPath is null || _time.GetElapsedTime(_synced) < SyncPace)
            return;
        _file.Sync();
        _synced = _time.GetTimestamp();
    }

    /// <summary>Has what was written put on the disk, as far as that goes; what could not be written is screened again.</summary>
    public void TrySync()
    {
        try
        {
            _file.Sync();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Says that what was written must not be gone on with.</summary>
    public void Discard()
    {
        CanResume = false;
        _file.Keep = false;
    }

    /// <summary>Says that the output is whole, and puts it in its place.</summary>
    /// <exception cref="IOException">The last bytes could not be written, or the file not be renamed.</exception>
    public void Complete()
    {
        _file.Complete();
        // In this order: killed in between, a basis without answers remains, which does no harm.
        if (BasisPath is not null)
            File.Delete(BasisPath);
    }

    /// <summary>Leaves what a later run can go on with, and nothing else.</summary>
    public void Dispose()
    {
        var isKept = _file.Keep;
        _file.Dispose();
        if (!isKept && BasisPath is not null)
            File.Delete(BasisPath);
    }

    private void Take(AnsweredRows before, BulkBasis? basis)
    {
        Before = before;
        _file.Stream.SetLength(before.Bytes);
        _file.Stream.Position = before.Bytes;
        // The basis before the first answer, so that no answer is ever without it.
        if (before.Rows == 0)
            basis?.Save(BasisPath!); // asked by whoever calls this
        CanResume = basis is not null;
        _file.Keep = before.Rows > 0;
    }
}
