namespace DirectUpload.DynamoDB.Tests;

/// <summary>Records to begin with; bend them by <c>with</c>.</summary>
internal static class TestData
{
    public static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public static readonly DateTimeOffset Later = Start.AddHours(1);

    public static UploadRecord CreateRecord(DateTimeOffset? at = null)
    {
        var id = UploadId.Create(at ?? Start);
        return new()
        {
            Id = id,
            Profile = "photos",
            FileName = "cat.png",
            ContentType = "image/png",
            DeclaredSize = 100,
            Bucket = "bucket",
            StagingKey = $"staging/{id}",
            FinalKey = $"final/{id}.png",
            Owner = "ada",
            WriteTokenHash = UploadTokenHash.Parse(new string('a', 64)),
            ReadTokenHash = UploadTokenHash.Parse(new string('b', 64)),
            CreatedAt = Start,
            UpdatedAt = Start,
            GrantExpiresAt = Start.AddMinutes(15),
        };
    }

    public static UploadRecord CreateDue(int minutes = 0) => CreateRecord() with { NextActionAt = Start.AddMinutes(minutes) };

    public static async Task<UploadRecord[]> AddAsync(IUploadRecordStore store, int count, Func<int, UploadRecord> make)
    {
        var added = new UploadRecord[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (at, token) =>
            added[at] = await store.AddAsync(make(at), token));
        return added;
    }
}
