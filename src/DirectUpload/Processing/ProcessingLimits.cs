namespace DirectUpload.Processing;

/// <summary>How long a lease holds unless it is renewed, how many attempts an upload gets, and how long one processor may work on it.</summary>
internal sealed record ProcessingLimits(TimeSpan Lease, int MaxAttempts, TimeSpan Timeout);
