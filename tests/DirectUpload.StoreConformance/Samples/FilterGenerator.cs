namespace DirectUpload.StoreConformance.Samples;

/// <summary>Generates records with few different values, and filters that match some of them.</summary>
internal static class FilterGenerator
{
    private static readonly UploadStatus[] Statuses =
        [UploadStatus.Requested, UploadStatus.Processing, UploadStatus.Ready, UploadStatus.Deleted];
    private static readonly string?[] Owners = ["ada", "bob", null];

    private static readonly UploadAssociation?[] Associations =
        [null, new("user", "42"), new("user", "42", "avatar"), new("user", "42", "cover"), new("user", "4", "avatar"), new("album", "42")];

    private static readonly UploadDecision[][] Decisions =
        [
            [], [new("moderation", SampleRecords.Start)], [new("scan", SampleRecords.Start)],
            [new("moderation", DecidedAt: SampleRecords.Start), new("scan", SampleRecords.Start)],
        ];

    public static IEnumerable<UploadRecord> CreateRecords(Random random, int count) => SampleRecords.CreateMany(count, at =>
    {
        var created = SampleRecords.Start.AddMinutes(random.Next(60)).AddTicks(random.Next(3));
        return SampleRecords.Create(UploadId.Create(created.AddMinutes(-random.Next(15)))) with
        {
            Version = 1,
            Attempts = at,
            Owner = Pick(random, Owners),
            Association = Pick(random, Associations),
            Status = Pick(random, Statuses),
            Decisions = Pick(random, Decisions),
            CreatedAt = created,
        };
    });

    /// <summary>Creates a filter that <see cref="IUploadRecordStore.ListAsync"/> accepts.</summary>
    /// <param name="random">The source of choices.</param>
    /// <param name="records">The records, whose values the filter uses.</param>
    /// <param name="byOwner">Whether the filter is by owner, by association, or, if null, by both.</param>
    public static UploadFilter Create(Random random, IReadOnlyList<UploadRecord> records, bool? byOwner)
    {
        var filter = byOwner == false ? UploadFilter.ForAll() : UploadFilter.ForOwner(Pick(random, Owners));
        if (byOwner != true)
            filter = filter with { Association = Pick(random, Associations[1..]) };
        return AddConditions(random, records, filter);
    }

    public static UploadFilter CreateForAll(Random random, IReadOnlyList<UploadRecord> records) => random.Next(3) == 0
        ? Create(random, records, random.Next(3) switch { 0 => null, 1 => true, _ => false })
        : AddConditions(random, records, UploadFilter.ForAll());

    /// <summary>Checks whether a record meets a filter, by the words of the contract.</summary>
    public static bool Matches(UploadFilter filter, UploadRecord record)
    {
        if (filter.IsByOwner && !string.Equals(record.Owner, filter.Owner, StringComparison.Ordinal))
            return false;
        if (filter.Association is { } wanted)
        {
            if (record.Association is not { } found || found.Type != wanted.Type || found.Id != wanted.Id)
                return false;
            if (wanted.Kind is not null && found.Kind != wanted.Kind)
                return false;
        }

        if (filter.Status is { } status && record.Status != status)
            return false;
        if (filter.AwaitedProcessor is { } processor && (record.Status != UploadStatus.Processing
            || !record.Decisions.Any(decision => decision.Processor == processor && decision.DecidedAt is null)))
            return false;
        if (filter.CreatedFrom is { } from && record.CreatedAt.UtcTicks < from.UtcTicks)
            return false;
        if (filter.CreatedBefore is { } until && record.CreatedAt.UtcTicks >= until.UtcTicks)
            return false;
        return filter.Before is not { } before || string.CompareOrdinal(record.Id.ToString(), before.ToString()) < 0;
    }

    private static UploadFilter AddConditions(Random random, IReadOnlyList<UploadRecord> records, UploadFilter filter) => filter with
    {
        Status = random.Next(2) == 0 ? Pick(random, Statuses) : null,
        AwaitedProcessor = random.Next(4) == 0 ? Pick(random, ["moderation", "scan", "other"]) : null,
        CreatedFrom = random.Next(3) == 0 ? Pick(random, records).CreatedAt : null,
        CreatedBefore = random.Next(3) == 0 ? Pick(random, records).CreatedAt : null,
        Before = random.Next(3) == 0 ? Pick(random, records).Id : null,
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
