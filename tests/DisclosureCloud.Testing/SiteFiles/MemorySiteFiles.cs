using System.Text.RegularExpressions;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>A site in memory that a test can break at every file.</summary>
public sealed partial class MemorySiteFiles : ISiteFiles
{
    private readonly Lock changing = new();
    private readonly SortedDictionary<string, byte[]> published = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> staged = new(StringComparer.Ordinal);
    private Journal? journal;

    /// <summary>Runs before a file is staged; if it throws, it was not.</summary>
    public Action<string>? BeforeStage { get; set; }

    /// <summary>Runs before what is to be done is durable; if it throws, the site stays as it was.</summary>
    public Action? BeforeJournal { get; set; }

    /// <summary>Runs before a file is put or removed; if it throws, recovery has to finish.</summary>
    public Action<string>? BeforeChange { get; set; }

    /// <summary>Runs after all was done; if it throws, it was done but is reported as failed.</summary>
    public Action? AfterApply { get; set; }

    /// <summary>How many files were put or removed, for "a second publish writes nothing".</summary>
    public int Changes { get; private set; }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        Check(path);
        lock (changing)
        {
            return Task.FromResult(published.TryGetValue(path, out byte[]? bytes) ? bytes.ToArray() : null);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        lock (changing)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. published.Keys]);
        }
    }

    public Task StageAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Check(path);
        cancellationToken.ThrowIfCancellationRequested();
        BeforeStage?.Invoke(path);
        lock (changing)
        {
            RefuseBeforeRecovery();
            return staged.TryAdd(path, bytes.ToArray())
                ? Task.CompletedTask
                : throw new InvalidOperationException($"'{path}' is staged already.");
        }
    }

    public Task ApplyAsync(IReadOnlyList<string> puts, IReadOnlyList<string> removals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (changing)
        {
            RefuseBeforeRecovery();
            string[] paths = [.. puts, .. removals];
            Array.ForEach(paths, Check);
            if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Length)
            {
                throw new ArgumentException("A path is to be put or removed more than once.", nameof(puts));
            }

            if (puts.FirstOrDefault(path => !staged.ContainsKey(path)) is { } missing)
            {
                throw new InvalidOperationException($"'{missing}' was not staged.");
            }

            BeforeJournal?.Invoke();
            journal = new Journal([.. puts], [.. removals]);
            RollForward();
            AfterApply?.Invoke();
            return Task.CompletedTask;
        }
    }

    public Task RecoverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (changing)
        {
            RollForward();
            return Task.CompletedTask;
        }
    }

    private void RollForward()
    {
        foreach (string path in journal?.Puts.SkipLast(1) ?? [])
        {
            Put(path);
        }

        foreach (string path in journal?.Removals ?? [])
        {
            BeforeChange?.Invoke(path);
            Changes += published.Remove(path) ? 1 : 0;
        }

        foreach (string path in journal?.Puts.TakeLast(1) ?? [])
        {
            Put(path);
        }

        journal = null;
        staged.Clear();
    }

    private void Put(string path)
    {
        BeforeChange?.Invoke(path);
        if (staged.Remove(path, out byte[]? bytes))
        {
            published[path] = bytes;
            Changes++;
        }
    }

    private void RefuseBeforeRecovery()
    {
        if (journal is not null)
        {
            throw new InvalidOperationException("A publish was cut off. Recover first.");
        }
    }

    /// <summary>Written otherwise than the product's check on purpose: the contract suite compares the two.</summary>
    private static void Check(string path)
    {
        if (path is null || !Form.IsMatch(path))
        {
            throw new ArgumentException($"No path of the site: '{path}'.", nameof(path));
        }
    }

    [GeneratedRegex(@"\A(?!\.{1,2}(/|\z))[^/\\:\p{Cc}]+(/(?!\.{1,2}(/|\z))[^/\\:\p{Cc}]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form { get; }

    private sealed record Journal(string[] Puts, string[] Removals);
}
