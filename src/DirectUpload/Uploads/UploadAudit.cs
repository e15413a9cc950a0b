namespace DirectUpload.Uploads;

/// <summary>Who asked for an upload, from where, and when each step was taken.</summary>
public sealed record UploadAudit
{
    private const int FirstKept = 8;
    private const int NewestKept = 24;

    /// <summary>Who acted, as the host names its callers; null when anonymous.</summary>
    public string? Actor { get; init; }

    /// <summary>The address that the request came from, as the host saw it.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>The client's User-Agent, at most 512 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The statuses that the upload took, with their times, oldest first: the first 8 and the newest 24 at most.</summary>
    public IReadOnlyList<UploadTransition> Transitions { get; init; } = [];

    // Each step has a time of its own, later than the one before, even where clocks stand still or differ: so it can be named by it.
    internal UploadAudit With(UploadStatus status, DateTimeOffset now)
    {
        var last = Transitions.Count == 0 ? DateTimeOffset.MinValue : Transitions[^1].At;
        return With(new UploadTransition(status, now > last ? now : last.AddTicks(1)));
    }

    // A storage that is down for days is tried again and again; the record must not grow with that. Terminal steps stay: the write token's lifetime begins with them.
    private UploadAudit With(UploadTransition taken)
    {
        if (Transitions.Count < FirstKept + NewestKept)
            return this with { Transitions = [.. Transitions, taken] };
        var dropped = FirstKept;
        while (dropped < Transitions.Count - 1 && Transitions[dropped].Status.IsSettled())
            dropped++;
        return this with { Transitions = [.. Transitions.Take(dropped), .. Transitions.Skip(dropped + 1), taken] };
    }
}

/// <summary>One step of an upload's life.</summary>
/// <param name="Status">The status that was taken.</param>
/// <param name="At">When, in UTC.</param>
public sealed record UploadTransition(UploadStatus Status, DateTimeOffset At);
