using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage;

/// <summary>Writes to one database: what several callers want at once becomes one transaction; each is answered after its COMMIT.</summary>
/// <remarks>
/// <para>A flush to the disk is what a write costs, and it costs the same for one commit as for a hundred.</para>
/// <para>A caller that gives up while waiting for its turn gets <see cref="OperationCanceledException"/>, and nothing was done. Once its
/// turn has come the token is looked at no more: the caller learns what became of its write, never "cancelled" for what was written.</para>
/// <para>If a transaction fails, every caller in it gets the exception. Whether it was done is then unknown, as after any failed
/// write.</para>
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Enough that the flush no longer matters beside the rows, and few enough that other processes get their turn.</summary>
    private const int BatchMax = 128;

    /// <summary>How many may wait before a caller has to wait to wait: what the memory bears, eight batches.</summary>
    private const int QueueMax = 8 * BatchMax;

    private readonly Channel<Write> queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly SqliteFile file;
    private readonly Task running;
    private SqliteConnection? connection;
    private long transactions;

    public SqliteWriter(SqliteFile file)
    {
        this.file = file;
        running = Task.Run(RunAsync);
    }

    /// <summary>How many transactions there were, for tests.</summary>
    public long Transactions => Interlocked.Read(ref transactions);

    /// <summary>For tests: runs before each COMMIT; if it throws, the write was not done.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>For tests: runs after each COMMIT; if it throws, the write was done but is reported as failed.</summary>
    public Action? AfterCommit { get; set; }

    /// <param name="work">What to do within the transaction; it may run beside others' work, never at the same time.</param>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
        try
        {
            await queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The store was closed; nothing was written.", closed);
        }

        return await write.Answered;
    }

    /// <summary>Finishes what is waiting, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await running;
        connection?.Dispose();
        connection = null;
    }

    private async Task RunAsync()
    {
        var batch = new List<Write>(BatchMax);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchMax && queue.Reader.TryRead(out Write? write))
            {
                if (write.TakesItsTurn())
                {
                    batch.Add(write);
                }
            }

            if (batch.Count > 0)
            {
                WriteBatch(batch);
            }
        }
    }

    private void WriteBatch(List<Write> batch)
    {
        try
        {
            connection ??= file.OpenWriter();
            using (SqliteTransaction transaction = connection.BeginTransaction(deferred: false))
            {
                batch.ForEach(write => write.Do(connection));
                BeforeCommit?.Invoke();
                transaction.Commit();
            }

            Interlocked.Increment(ref transactions);
            AfterCommit?.Invoke();
        }
        catch (Exception exception) // The boundary between the callers and this task: each gets the exception, and the next batch runs.
        {
            // After a failed COMMIT or a full disk, what state the connection is in is anyone's guess: the next batch opens another.
            connection?.Dispose();
            connection = null;
            batch.ForEach(write => write.Fail(exception));
            return;
        }

        batch.ForEach(write => write.Answer());
    }

    private abstract class Write
    {
        /// <summary>False where its caller has given up; the caller then has been told.</summary>
        public abstract bool TakesItsTurn();

        public abstract void Do(SqliteConnection connection);

        public abstract void Answer();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) : Write
    {
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Answered => answer.Task;

        public override bool TakesItsTurn() =>
            !cancellationToken.IsCancellationRequested || !answer.TrySetCanceled(cancellationToken);

        public override void Do(SqliteConnection connection) => result = work(connection);

        public override void Answer() => answer.SetResult(result!);

        public override void Fail(Exception exception) => answer.SetException(exception);
    }
}
