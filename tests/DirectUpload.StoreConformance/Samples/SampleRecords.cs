namespace DirectUpload.StoreConformance.Samples;

/// <summary>Creates ordinary records, which cases change by <c>with</c>.</summary>
internal static class SampleRecords
{
    /// <summary>A time that no column coarser than 100 ns can hold.</summary>
    public static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public static UploadRecord Create() => Create(UploadId.Create(Start));

    public static UploadRecord Create(UploadId id) => new()
    {
        Id = id,
        Profile = "photos",
        FileName = "cat.png",
        ContentType = "image/png",
        DeclaredSize = 100,
        Bucket = "bucket",
        StagingKey = $"staging/{id}",
        FinalKey = $"final/{id}.png",
        WriteTokenHash = UploadTokenHash.Parse(new string('a', 64)),
        ReadTokenHash = UploadTokenHash.Parse(new string('b', 64)),
        Transitions = [new(UploadStatus.Requested, Start)],
        CreatedAt = Start,
        UpdatedAt = Start.AddTicks(1),
        GrantExpiresAt = Start.AddMinutes(15),
    };

    /// <summary>Creates a record that is due at <see cref="Start"/> plus the given time.</summary>
    public static UploadRecord CreateDue(TimeSpan after) => Create() with { NextActionAt = Start + after };

    /// <summary>Creates a record that may be purged at <see cref="Start"/> plus the given time.</summary>
    public static UploadRecord CreatePurgeable(TimeSpan after) => Create() with { Status = UploadStatus.Aborted, PurgeAt = Start + after };

    public static UploadRecord CreateOwned(string? owner, int minutes = 0) =>
        Create(UploadId.Create(Start.AddMinutes(minutes))) with { Owner = owner };

    public static UploadRecord CreateAssociated(string type, string id, string? kind = null, int minutes = 0) =>
        Create(UploadId.Create(Start.AddMinutes(minutes))) with { Association = new(type, id, kind) };

    public static IEnumerable<UploadRecord> CreateMany(int count, Func<int, UploadRecord> make) => Enumerable.Range(0, count).Select(make);
}
