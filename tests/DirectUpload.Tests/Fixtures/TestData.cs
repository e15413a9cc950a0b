using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Fixtures;

/// <summary>Records to begin with; bend them by <c>with</c>.</summary>
internal static class TestData
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static string ComputeCrc64Nvme(ReadOnlySpan<byte> bytes)
    {
        var hash = new Crc64NvmeHash();
        hash.Append(bytes);
        return hash.GetText();
    }

    public static UploadRecord CreateRecord(UploadToken? write = null, UploadToken? read = null)
    {
        var id = UploadId.Create(Start);
        return new UploadRecord
        {
            Id = id,
            Profile = "photos",
            FileName = "cat.png",
            ContentType = "image/png",
            DeclaredSize = 100,
            Bucket = "bucket",
            StagingKey = $"staging/{id}",
            FinalKey = $"final/{id}",
            WriteTokenHash = (write ?? UploadToken.Create()).Hash(),
            ReadTokenHash = (read ?? UploadToken.Create()).Hash(),
            Transitions = [new(UploadStatus.Requested, Start)],
            CreatedAt = Start,
            UpdatedAt = Start,
            GrantExpiresAt = Start.AddMinutes(15),
        };
    }
}
