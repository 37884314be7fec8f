namespace Moderato.Privacy;

/// <summary>
/// Erases authors, piece by piece, so that none takes long. A piece is done, then written down, then the next one is handed over; a message
/// that comes twice finds its piece done, and hands the next one over again in case nobody did. At last everything is looked at a second
/// time, after longer than any function runs: one that was at work on a comment of theirs meanwhile may have written something back.
/// </summary>
public sealed class Erasures(IErasureStore store, TimeProvider time)
{
    /// <summary>Twice as long as host.json lets a function run.</summary>
    public static readonly TimeSpan BeforeSecondLook = TimeSpan.FromMinutes(10);

    private const int Looks = 2;
    private const int MaxConflicts = 8;

    /// <summary>Asks for an erasure. The message comes first: stopped between the two, whoever takes it writes the receipt.</summary>
    public async Task<Erasure> AskAsync(ErasureMessage message, CancellationToken cancellationToken)
    {
        await store.EnqueueAsync(message, TimeSpan.Zero, cancellationToken);
        return (await store.AddAsync(message.ToReceipt(), cancellationToken)).Erasure;
    }

    /// <summary>Does the piece that a message stands for.</summary>
    /// <returns>The receipt, if this message finished the erasure.</returns>
    public async Task<Erasure?> DoAsync(ErasureMessage message, CancellationToken cancellationToken)
    {
        var standing = await store.AddAsync(message.ToReceipt(), cancellationToken);
        var erasure = standing.Erasure;
        if (erasure.State != ErasureState.Running || message.Step > erasure.Step || message.Step < erasure.Step - 1)
            return null;
        if (message.Step == erasure.Step - 1)
        {
            await HandOverAsync(message, erasure, cancellationToken);
            return null;
        }

        var piece = await store.EraseAsync(message.ToSubject(), erasure.Phase, erasure.Look == Looks, erasure.Cursor, cancellationToken);
        var next = After(erasure, piece);
        if (!await store.ReplaceAsync(standing, next, cancellationToken))
            return null; // another message of the same piece was faster, and goes on
        if (next.State != ErasureState.Running)
            return next;
        await HandOverAsync(message, next, cancellationToken);
        return null;
    }

    /// <summary>Says in the receipt that it failed every try.</summary>
    public async Task FailAsync(ErasureMessage message, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            var standing = await store.AddAsync(message.ToReceipt(), cancellationToken);
            if (standing.Erasure.State != ErasureState.Running || await store.ReplaceAsync(standing, standing.Erasure with { State = ErasureState.Failed, FinishedAt = time.GetUtcNow() }, cancellationToken))
                return;
        }
        throw new InvalidOperationException($"An erasure's receipt changed {MaxConflicts} times while it was written.");
    }

    private Task HandOverAsync(ErasureMessage message, Erasure erasure, CancellationToken cancellationToken)
    {
        var beginsSecondLook = erasure is { Look: Looks, Phase: ErasurePhase.Comments, Cursor: null };
        return store.EnqueueAsync(message with { Step = erasure.Step }, beginsSecondLook ? BeforeSecondLook : TimeSpan.Zero, cancellationToken);
    }

    private Erasure After(Erasure erasure, ErasedPiece piece)
    {
        var next = erasure with
        {
            Step = erasure.Step + 1,
            Cursor = piece.Next,
            Erased = erasure.Erased.Concat(piece.Erased).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Sum(e => e.Value)),
        };
        if (piece.Next is not null)
            return next;
        if (erasure.Phase < ErasurePhase.Unreadable)
            return next with { Phase = erasure.Phase + 1 };
        return erasure.Look < Looks
            ? next with { Look = erasure.Look + 1, Phase = ErasurePhase.Comments }
            : next with { State = ErasureState.Done, FinishedAt = time.GetUtcNow() };
    }
}
