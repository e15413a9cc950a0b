namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>The profiles that every test's host has.</summary>
internal static class TestProfiles
{
    public const int MaxPictureSize = 100_000;
    public const int MinPictureSize = 10;

    public static void AddTo(DirectUploadOptions options) => options
        .AddProfile("picture", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.ContentTypes.Add("image/jpeg");
            profile.MinSize = MinPictureSize;
            profile.MaxSize = MaxPictureSize;
            profile.MaxPendingUploadsPerOwner = null;
        })
        .AddProfile("form", profile =>
        {
            profile.ContentTypes.Add("image/*");
            profile.UploadMethod = UploadMethod.Post;
            profile.ClientsMayAssociate = true;
        })
        .AddProfile("anything", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.MaxPendingUploadsPerOwner = null;
        })
        .AddProfile("shown", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.Inline = true;
        })
        .AddProfile("in-place", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.FinalizeInPlace = true;
        })
        .AddProfile("film", profile =>
        {
            profile.ContentTypes.Add("*/*");
            (profile.MaxSize, profile.MultipartThreshold, profile.PartSize) = (100_000_000, 5 * 1024 * 1024, 5 * 1024 * 1024);
        })
        .AddProfile("film-in-place", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.FinalizeInPlace = true;
            (profile.MaxSize, profile.MultipartThreshold, profile.PartSize) = (100_000_000, 5 * 1024 * 1024, 5 * 1024 * 1024);
        })
        .AddProfile("uppy", profile =>
        {
            profile.ContentTypes.Add("image/*");
            profile.ContentTypes.Add("application/octet-stream");
            profile.UploadMethod = UploadMethod.Post;
            profile.MaxSize = 12_000_000;
        })
        .AddProfile("invoice", profile =>
        {
            profile.ContentTypes.Add("application/pdf");
            profile.Extensions.Add(".pdf");
            profile.RequireAssociation = true;
            profile.ClientsMayAssociate = true;
            profile.RequireChecksum = true;
        })
        .AddProfile("one-at-a-time", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.MaxPendingUploadsPerOwner = 1;
        });
}
