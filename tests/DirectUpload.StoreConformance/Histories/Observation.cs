namespace DirectUpload.StoreConformance.Histories;

/// <summary>Describes one call and its result for one record: the contract as a model.</summary>
internal abstract record Observation
{
    /// <summary>Returns the possible states after the call, or none if <paramref name="before"/> cannot lead to the result.</summary>
    public abstract IEnumerable<RecordState?> Apply(RecordState? before);

    internal sealed record Added(RecordState New) : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) => before is null ? [New] : [];

        public override string ToString() => $"added {New}";
    }

    internal sealed record DuplicateId : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) => before is null ? [] : [before];

        public override string ToString() => "duplicate id";
    }

    internal sealed record Found(RecordState? Seen) : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) => before == Seen ? [before] : [];

        public override string ToString() => Seen is { } state ? $"found {state}" : "found nothing";
    }

    /// <param name="Version">The version that the update replaced.</param>
    /// <param name="New">The state that was stored.</param>
    internal sealed record Updated(long Version, RecordState New) : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) =>
            before?.Version == Version && New.Version == Version + 1 ? [New] : [];

        public override string ToString() => $"replaced v{Version} by {New}";
    }

    /// <param name="Version">The version that the update named, which was not the stored one.</param>
    internal sealed record Conflict(long Version) : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) => before?.Version == Version ? [] : [before];

        public override string ToString() => $"conflict on v{Version}";
    }

    internal sealed record Leased(DateTimeOffset Now, DateTimeOffset Until, RecordState New) : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) =>
            before is { } due && due.NextActionAt <= Now && New == due with { NextActionAt = Until, Version = due.Version + 1 }
                ? [New]
                : [];

        public override string ToString() => $"leased at {RecordState.FormatHours(Now)} until {RecordState.FormatHours(Until)}: {New}";
    }

    internal sealed record Deleted : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) => [null];

        public override string ToString() => "deleted";
    }

    /// <summary>Describes a purge, which does not return the purged records and may leave some for the next call.</summary>
    internal sealed record Purged(DateTimeOffset Now) : Observation
    {
        public override IEnumerable<RecordState?> Apply(RecordState? before) => before?.PurgeAt <= Now ? [before, null] : [before];

        public override string ToString() => $"purged at {RecordState.FormatHours(Now)}";
    }
}
