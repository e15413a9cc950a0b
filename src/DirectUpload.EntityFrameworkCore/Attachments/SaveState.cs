using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Holds what happens with the uploads during one save.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="JoinsTransaction">Whether the application has begun the transaction, and commits it later.</param>
/// <param name="Behavior">The setting of the context, which is restored after the save.</param>
internal sealed record SaveState(AttachmentPlan Plan, bool JoinsTransaction, AutoTransactionBehavior Behavior)
{
    /// <summary>Gets or sets whether the save has sent a statement to the database.</summary>
    public bool HasWritten { get; set; }

    /// <summary>Gets whether another interceptor has prevented the entities from being written.</summary>
    public bool IsSuppressed => Plan.HasEntities && !HasWritten;

    /// <summary>Gets or sets whether the plan has run in the current transaction.</summary>
    public bool IsApplied { get; set; }

    /// <summary>Gets or sets whether a savepoint protects a transaction of the application.</summary>
    public bool HasSavepoint { get; set; }
}
