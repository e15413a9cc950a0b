using DirectUpload.Uploads;

namespace DirectUpload.Tests.Uploads;

/// <summary>Records to begin with; bend them by <c>with</c>.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static UploadRecord Record(UploadToken? write = null, UploadToken? read = null)
    {
        var id = UploadId.New(Start);
        return new UploadRecord
        {
            Id = id,
            Profile = "photos",
            FileName = "cat.png",
            ContentType = "image/png",
            ClaimedSize = 100,
            Bucket = "bucket",
            StagingKey = $"staging/{id}",
            FinalKey = $"final/{id}",
            WriteTokenHash = (write ?? UploadToken.New()).Hash(),
            ReadTokenHash = (read ?? UploadToken.New()).Hash(),
            Audit = new() { Transitions = [new(UploadStatus.Requested, Start)] },
            CreatedAt = Start,
            UpdatedAt = Start,
            GrantExpiresAt = Start.AddMinutes(15),
        };
    }
}
