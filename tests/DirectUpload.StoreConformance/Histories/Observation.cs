namespace DirectUpload.StoreConformance.Histories;

/// <summary>One verb and its answer, as far as they are about one record. This is the contract as a model.</summary>
internal abstract record Observation
{
    /// <summary>The states that the record may have after the verb, when it had <paramref name="before"/>; none when the answer can't be from there.</summary>
    public abstract IEnumerable<State?> After(State? before);

    internal sealed record Added(State New) : Observation
    {
        public override IEnumerable<State?> After(State? before) => before is null ? [New] : [];

        public override string ToString() => $"added {New}";
    }

    internal sealed record Taken : Observation
    {
        public override IEnumerable<State?> After(State? before) => before is null ? [] : [before];

        public override string ToString() => "found the id taken";
    }

    internal sealed record Found(State? Seen) : Observation
    {
        public override IEnumerable<State?> After(State? before) => before == Seen ? [before] : [];

        public override string ToString() => Seen is { } state ? $"found {state}" : "found nothing";
    }

    /// <param name="Version">The version that was to be replaced.</param>
    /// <param name="New">What was stored.</param>
    internal sealed record Updated(long Version, State New) : Observation
    {
        public override IEnumerable<State?> After(State? before) => before?.Version == Version && New.Version == Version + 1 ? [New] : [];

        public override string ToString() => $"replaced v{Version} by {New}";
    }

    /// <param name="Version">The version that was to be replaced, and was not the stored one.</param>
    internal sealed record Lost(long Version) : Observation
    {
        public override IEnumerable<State?> After(State? before) => before?.Version == Version ? [] : [before];

        public override string ToString() => $"was refused to replace v{Version}";
    }

    internal sealed record Claimed(DateTimeOffset Now, DateTimeOffset Until, State New) : Observation
    {
        public override IEnumerable<State?> After(State? before) =>
            before is { } due && due.DueAt <= Now && New == due with { DueAt = Until, Version = due.Version + 1 } ? [New] : [];

        public override string ToString() => $"claimed at {State.Hours(Now)} until {State.Hours(Until)}: {New}";
    }

    internal sealed record Deleted : Observation
    {
        public override IEnumerable<State?> After(State? before) => [null];

        public override string ToString() => "deleted";
    }

    /// <summary>The verb does not say which records went, and may leave some to the next call.</summary>
    internal sealed record Retired(DateTimeOffset Now) : Observation
    {
        public override IEnumerable<State?> After(State? before) => before?.RetireAt <= Now ? [before, null] : [before];

        public override string ToString() => $"retired what may vanish at {State.Hours(Now)}";
    }
}
