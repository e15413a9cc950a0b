namespace DirectUpload.StoreConformance.Samples;

/// <summary>Records to begin with; bend them by <c>with</c>.</summary>
internal static class Sample
{
    /// <summary>A time that no column coarser than 100 ns can hold.</summary>
    public static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public static UploadRecord Record() => Record(UploadId.New(Start));

    public static UploadRecord Record(UploadId id) => new()
    {
        Id = id,
        Profile = "photos",
        FileName = "cat.png",
        ContentType = "image/png",
        ClaimedSize = 100,
        Bucket = "bucket",
        StagingKey = $"staging/{id}",
        FinalKey = $"final/{id}.png",
        WriteTokenHash = UploadTokenHash.Parse(new string('a', 64)),
        ReadTokenHash = UploadTokenHash.Parse(new string('b', 64)),
        Audit = new() { Transitions = [new(UploadStatus.Requested, Start)] },
        CreatedAt = Start,
        UpdatedAt = Start.AddTicks(1),
        GrantExpiresAt = Start.AddMinutes(15),
    };

    /// <summary>A record that is due so long after <see cref="Start"/>.</summary>
    public static UploadRecord Due(TimeSpan after) => Record() with { DueAt = Start + after };

    /// <summary>A record that may vanish so long after <see cref="Start"/>.</summary>
    public static UploadRecord Retiring(TimeSpan after) => Record() with { Status = UploadStatus.Aborted, RetireAt = Start + after };

    public static UploadRecord Owned(string? owner, int minutes = 0) => Record(UploadId.New(Start.AddMinutes(minutes))) with { Owner = owner };

    public static IEnumerable<UploadRecord> Many(int count, Func<int, UploadRecord> make) => Enumerable.Range(0, count).Select(make);
}
