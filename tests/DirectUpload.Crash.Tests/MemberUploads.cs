namespace DirectUpload.Crash.Tests;

/// <summary>The uploads that a member refers to.</summary>
internal sealed record MemberUploads(UploadId? Avatar, IReadOnlyList<UploadId> Photos)
{
    public static MemberUploads None { get; } = new(null, []);

    public IEnumerable<UploadId> All => Avatar is { } avatar ? [avatar, .. Photos] : Photos;

    public bool IsSameAs(MemberUploads other) => Avatar == other.Avatar && Photos.SequenceEqual(other.Photos);
}
