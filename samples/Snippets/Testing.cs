using Amazon.S3;
using DirectUpload;
using DirectUpload.LocalS3;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Snippets;

/// <summary>Tests an application.</summary>
internal static class Testing
{
    public static IDirectUploadService ServiceWithOneUpload()
    {
        var id = UploadId.Create(TimeProvider.System.GetUtcNow());
        var uploads = Substitute.For<IDirectUploadService>();
        uploads.GetAsync(id, Arg.Any<UploadAccess>(), Arg.Any<CancellationToken>())
            .Returns(new Upload
            {
                Id = id,
                Profile = "invoice",
                FileName = "scan.pdf",
                ContentType = "application/pdf",
                Status = UploadStatus.Ready,
            });
        return uploads;
    }

    public static void Refusal(IDirectUploadService uploads, UploadId id)
    {
        uploads.GetAsync(id, Arg.Any<UploadAccess>(), Arg.Any<CancellationToken>())
            .Returns(new UploadError(UploadErrorCodes.NotFound, "There is no such upload."));
    }

    public static async Task<Upload> WholeUploadAsync(string folder, HttpClient http)
    {
        await using var s3 = await LocalS3Server.StartAsync(new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder });

        var services = new ServiceCollection();
        services.AddSingleton<IAmazonS3>(new AmazonS3Client("LOCALS3ACCESSKEY", "locals3-secret-key-for-development",
            new AmazonS3Config { ServiceURL = s3.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" }));
        services.AddDirectUploads(o =>
        {
            o.Bucket = "uploads";
            o.AddProfile("notes", notes => notes.ContentTypes.Add("text/plain"));
        }).UseInMemoryStore();
        await using var provider = services.BuildServiceProvider();
        var uploads = provider.GetRequiredService<IDirectUploadService>();

        var request = new UploadRequest { Profile = "notes", FileName = "hello.txt", ContentType = "text/plain", Size = 5 };
        var grant = (await uploads.RequestAsync(request, UploadCaller.Anonymous)).GetValueOrThrow();
        using var content = new StringContent("Hello");
        content.Headers.Clear();
        foreach (var (name, value) in grant.Instructions.Headers)
            content.Headers.TryAddWithoutValidation(name, value);
        await http.PutAsync(grant.Instructions.Url, content);
        var upload = (await uploads.ConfirmAsync(grant.Upload.Id, grant.WriteToken)).GetValueOrThrow();

        return upload;
    }
}
