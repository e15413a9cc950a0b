using DirectUpload.Profiles;

namespace DirectUpload.Tests.Profiles;

/// <summary>A request that the profile takes, to be bent by <c>with</c>.</summary>
internal static class TestRequests
{
    public const string Checksum = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    public static UploadRequest Valid { get; } = new() { Profile = "photos", FileName = "cat.png", ContentType = "image/png", Size = 100 };

    public static UploadProfile CreatePhotosProfile(Action<UploadProfile>? configure = null)
    {
        var profile = new UploadProfile { Name = "photos", ContentTypes = ["image/*", "application/pdf"], MinSize = 10, MaxSize = 1000 };
        configure?.Invoke(profile);
        return profile;
    }

    public static UploadError? Check(UploadRequest request, Action<UploadProfile>? configure = null) =>
        ProfileRules.Check(CreatePhotosProfile(configure), request, out _);

    public static void ShouldBeRefused(this UploadRequest request, string reason, string detail, Action<UploadProfile>? configure = null)
    {
        var error = Check(request, configure);

        error.Should().NotBeNull();
        error!.Code.Should().Be(reason);
        error.Message.Should().Match(detail);
    }

    public static void ShouldBeAccepted(this UploadRequest request, Action<UploadProfile>? configure = null) =>
        Check(request, configure).Should().BeNull();
}
