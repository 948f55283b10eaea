namespace DisclosureCloud.Transparency;

/// <summary>What a witness makes of a request.</summary>
public enum WitnessDecision
{
    /// <summary>Remember the checkpoint, then cosign it.</summary>
    Cosign = 0,

    /// <summary>The checkpoint is of a log that the witness does not know: 404.</summary>
    UnknownOrigin,

    /// <summary>No known key of the log signed it, or a signature is not what it says: 403.</summary>
    NotSigned,

    /// <summary>The old size is above the checkpoint's: 400.</summary>
    OldSizeAboveNew,

    /// <summary>The old size is not that of the checkpoint cosigned last: 409, with that size.</summary>
    OtherOldSize,

    /// <summary>The tree is as large as the one cosigned last, and is another: 409. The log signed both, which no honest log does.</summary>
    OtherRoot,

    /// <summary>The proof does not lead from the checkpoint cosigned last to this one: 422.</summary>
    ProofFails,
}

/// <summary>When a witness cosigns: in the order of the checks of C2SP tlog-witness, "add-checkpoint".</summary>
public static class WitnessRule
{
    /// <param name="origin">The log that the witness knows.</param>
    /// <param name="keys">The keys of that log.</param>
    /// <param name="newest">The head that the witness cosigned last; <see cref="TreeHead.Empty"/> where it never did.</param>
    public static WitnessDecision Decide(string origin, IReadOnlyCollection<INoteVerifier> keys, TreeHead newest, AddCheckpointRequest request)
    {
        ArgumentNullException.ThrowIfNull(newest);
        ArgumentNullException.ThrowIfNull(request);
        TreeHead head = request.Checkpoint.Head;
        return request.Checkpoint.Origin != origin ? WitnessDecision.UnknownOrigin
            : !IsSigned(request.Note, keys) ? WitnessDecision.NotSigned
            : request.OldSize > head.Size ? WitnessDecision.OldSizeAboveNew
            : request.OldSize != newest.Size ? WitnessDecision.OtherOldSize
            : head.Size == newest.Size && head.Root != newest.Root ? WitnessDecision.OtherRoot
            : !IsConsistent(newest, head, request.Proof) ? WitnessDecision.ProofFails
            : WitnessDecision.Cosign;
    }

    private static bool IsSigned(SignedNote note, IReadOnlyCollection<INoteVerifier> keys)
    {
        try
        {
            return note.Verify(keys).Count > 0;
        }
        catch (NotVerifiedException)
        {
            return false;
        }
    }

    private static bool IsConsistent(TreeHead older, TreeHead newer, ConsistencyProof proof)
    {
        try
        {
            proof.Verify(older, newer);
            return true;
        }
        catch (NotVerifiedException)
        {
            return false;
        }
    }
}
