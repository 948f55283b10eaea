using System.Runtime.CompilerServices;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Keeps complaints: encrypted in one store, what reads them in another.</summary>
/// <remarks>
/// The complaint is a file, and each change of its state another, created once: of two who change it at once, the one whose file is there was
/// first. Each has a key of its own, which is put before it. The keys lie under the complaint's id, and say when it came; that is the place of
/// its files, in which a listing has the newest first. So there is no index to keep, and none to lose.
/// </remarks>
internal sealed class ComplaintVault(IPassingFiles files, SealKeys keys, ISaltSource salts)
{
    /// <summary>Once more is enough where somebody else changed it between the two reads; a second time means that a key is missing.</summary>
    private const int AttemptsMax = 3;

    /// <summary>Keeps a complaint. After a crash on the way nobody finds it, or it is whole.</summary>
    public async Task PutAsync(ComplaintId id, DateTimeOffset receivedAt, Complaint complaint, CancellationToken cancellationToken)
    {
        byte[] file = ComplaintFiles.Write(complaint);
        if (!await PutAsync(ComplaintKey.Of(id, receivedAt, 0, receivedAt, closes: false, file, salts), file, cancellationToken))
        {
            throw new InvalidOperationException($"There is a complaint {id} already: two codes cannot be the same by chance.");
        }
    }

    /// <summary>Keeps the next change of a complaint's state; false where somebody else was first.</summary>
    public Task<bool> PutAsync(FoundComplaint complaint, ComplaintChange change, CancellationToken cancellationToken)
    {
        byte[] file = ComplaintFiles.Write(change);
        var key = ComplaintKey.Of(complaint.Id, complaint.ReceivedAt, complaint.Changes + 1, change.At, change.Reply.State.Closes(), file, salts);
        return PutAsync(key, file, cancellationToken);
    }

    /// <summary>A complaint as it stands; null where there is none, or it was forgotten.</summary>
    /// <exception cref="InvalidDataException">A part of it was lost or altered.</exception>
    public async Task<FoundComplaint?> FindAsync(ComplaintId id, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            // The keys before the files: they say where those lie. What was written between the two is found by reading both once more.
            ComplaintKey[] kept = await KeysOfAsync(id, cancellationToken);
            if (kept.FirstOrDefault(key => key.Number == 0) is not { } first)
            {
                return null;
            }

            var place = ComplaintPlace.Of(first.ReceivedAt, id);
            (ComplaintKey? Key, byte[]? File) said = await ReadAsync(place, 0, kept, cancellationToken);
            if (said.File is null)
            {
                return null; // Its key was put, and whoever did it died.
            }

            (int changes, (ComplaintKey? Key, byte[]? File) last) = await ReadLastAsync(place, kept, cancellationToken);
            if (said.Key is { } own && (changes == 0 || last.Key is not null))
            {
                return new FoundComplaint(
                    id,
                    first.ReceivedAt,
                    ComplaintFiles.ReadComplaint(SealedFile.Open(own.Seal, said.File)),
                    changes,
                    changes == 0 ? null : ComplaintFiles.ReadChange(SealedFile.Open(last.Key!.Seal, last.File)));
            }
        }

        throw new InvalidDataException($"A file of complaint {id} is there, and its key is not: a store was lost.");
    }

    /// <summary>Where complaints are, the newest first. Some may be none any more, or not yet.</summary>
    public async IAsyncEnumerable<ComplaintPlace> ListAsync(ComplaintCursor? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string prefix in after is null ? [""] : ComplaintPlace.PrefixesFrom(after.Moment))
        {
            await foreach (string path in files.ListAsync(prefix, cancellationToken))
            {
                if (ComplaintPlace.OfPath(path) is { } place && after?.IsPast(place) != true)
                {
                    yield return place;
                }
            }
        }
    }

    /// <summary>What was kept of complaints before a moment, the oldest first. One may come several times.</summary>
    public async IAsyncEnumerable<ComplaintKey> ReadPutBeforeAsync(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (KeptKey kept in keys.ReadPutBeforeAsync(moment, cancellationToken))
        {
            if (ComplaintKey.IsOne(kept))
            {
                yield return ComplaintKey.Read(kept);
            }
        }
    }

    /// <summary>True where the file was written for which a key was put: somebody else may have been faster, or whoever put it may have died.</summary>
    /// <remarks>A file that is of no key was damaged since, and is taken for the one that was written: nobody reads it, and its time runs all the same.</remarks>
    public async Task<bool> IsStoredAsync(ComplaintKey key, CancellationToken cancellationToken)
    {
        if (await files.ReadRangeAsync(ComplaintPlace.Of(key.ReceivedAt, key.Id).Path(key.Number), 0, SealedFile.PrefixLength, cancellationToken) is not { } prefix)
        {
            return false;
        }

        Commitment? stored = SealedFile.IsOne(prefix) ? SealedFile.CommitmentOf(prefix) : null;
        return stored == key.Seal.Commitment
            || !(await KeysOfAsync(key.Id, cancellationToken)).Any(other => other.Number == key.Number && other.Seal.Commitment == stored);
    }

    /// <summary>Destroys the keys of complaints, and then their files. Doing it again is always right.</summary>
    /// <remarks>
    /// The keys of the complaints themselves go first, all at once, since to forget rewrites a store: from then on nobody finds one that lacks
    /// its later changes alone. Files whose deleting was cut off are noise, and go with <see cref="RemoveReceivedBeforeAsync"/>.
    /// </remarks>
    public async Task ForgetAsync(IReadOnlyCollection<ComplaintId> ids, CancellationToken cancellationToken)
    {
        var all = new List<(KeptKey Kept, ComplaintKey Key)>();
        foreach (ComplaintId id in ids)
        {
            all.AddRange((await keys.GetAsync(id.Value, cancellationToken)).Select(kept => (kept, ComplaintKey.Read(kept))));
        }

        await keys.ForgetAsync([.. all.Where(one => one.Key.Number == 0).Select(one => one.Kept.Key)], cancellationToken);
        await keys.ForgetAsync([.. all.Where(one => one.Key.Number > 0).Select(one => one.Kept.Key)], cancellationToken);
        foreach (IGrouping<ComplaintId, ComplaintKey> complaint in all.Select(one => one.Key).GroupBy(key => key.Id))
        {
            // Also those whose keys went before: whoever destroyed these died before this line.
            var place = ComplaintPlace.Of(complaint.First().ReceivedAt, complaint.Key);
            for (int number = complaint.Max(key => key.Number); number >= 0; number--)
            {
                await files.DeleteAsync(place.Path(number), cancellationToken);
            }
        }
    }

    /// <summary>Deletes the files of complaints that came before a moment, whether or not there is a key for them.</summary>
    public async Task RemoveReceivedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        string last = ComplaintPlace.MomentOf(moment);
        foreach (string prefix in ComplaintPlace.PrefixesFrom(last))
        {
            await foreach (string path in files.ListAsync(prefix, cancellationToken))
            {
                if (string.CompareOrdinal(path, $"{last[..ComplaintPlace.FolderLength]}/{last}~") > 0)
                {
                    await files.DeleteAsync(path, cancellationToken);
                }
            }
        }
    }

    private async Task<bool> PutAsync(ComplaintKey key, byte[] file, CancellationToken cancellationToken)
    {
        await keys.PutAsync(key.Id.Value, key.Write(), cancellationToken);
        if (await files.PutAsync(ComplaintPlace.Of(key.ReceivedAt, key.Id).Path(key.Number), SealedFile.Seal(key.Seal, file, salts), cancellationToken) != PutOutcome.Conflict)
        {
            return true;
        }

        KeptKey[] own = [.. (await keys.GetAsync(key.Id.Value, cancellationToken)).Where(kept => ComplaintKey.Read(kept).Seal.Commitment == key.Seal.Commitment)];
        await keys.ForgetAsync([.. own.Select(kept => kept.Key)], cancellationToken);
        return false;
    }

    private async Task<ComplaintKey[]> KeysOfAsync(ComplaintId id, CancellationToken cancellationToken) =>
        [.. (await keys.GetAsync(id.Value, cancellationToken)).Where(ComplaintKey.IsOne).Select(ComplaintKey.Read)];

    // A key without its file is of somebody who died or was slower: the change before it is the last one. A file without its key was written
    // since the keys were read, or its key was lost: what is said then is not that nothing was answered.
    private async Task<(int Number, (ComplaintKey? Key, byte[]? File) Last)> ReadLastAsync(ComplaintPlace place, ComplaintKey[] kept, CancellationToken cancellationToken)
    {
        for (int number = kept.Max(key => key.Number) + 1; number > 0; number--)
        {
            (ComplaintKey? Key, byte[]? File) read = await ReadAsync(place, number, kept, cancellationToken);
            if (read.File is not null)
            {
                return (number, read);
            }
        }

        return (0, default);
    }

    private async Task<(ComplaintKey? Key, byte[]? File)> ReadAsync(ComplaintPlace place, int number, ComplaintKey[] kept, CancellationToken cancellationToken)
    {
        byte[]? file = await files.ReadAsync(place.Path(number), cancellationToken);
        if (file is not null && !SealedFile.IsOne(file))
        {
            throw new InvalidDataException($"What is stored of file {number} of complaint {place.Id} is no sealed file, or not all of it.");
        }

        Commitment? stored = file is null ? null : SealedFile.CommitmentOf(file);
        return (kept.FirstOrDefault(key => key.Number == number && key.Seal.Commitment == stored), file);
    }
}
