namespace DirectUpload.Processing;

/// <summary>How long a claim holds unless it is renewed, and how many attempts an upload gets.</summary>
internal sealed record ProcessingLimits(TimeSpan Lease, int MaxAttempts);
