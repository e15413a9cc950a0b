namespace DirectUpload.Confirmation;

/// <summary>How long what has ended is kept: the objects of what failed, so that it can be retried; the records of what is gone, so that clients and people can see why.</summary>
internal sealed record Retention(TimeSpan Failed, TimeSpan Records);
