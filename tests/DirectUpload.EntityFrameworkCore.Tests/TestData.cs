using DirectUpload.Stores;

namespace DirectUpload.EntityFrameworkCore.Tests;

internal static class TestData
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static UploadRecord CreateRecord(string? owner = "ada")
    {
        var id = UploadId.Create(Start);
        return new UploadRecord
        {
            Id = id,
            Profile = "photos",
            Owner = owner,
            FileName = "a.png",
            ContentType = "image/png",
            DeclaredSize = 100,
            Bucket = "bucket",
            StagingKey = $"staging/{id}.png",
            FinalKey = $"photos/{id}.png",
            WriteTokenHash = UploadTokenHash.Parse(new string('a', 64)),
            ReadTokenHash = UploadTokenHash.Parse(new string('b', 64)),
            CreatedAt = Start,
            UpdatedAt = Start,
            GrantExpiresAt = Start.AddMinutes(15),
        };
    }
}
