using DirectUpload;
using DirectUpload.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

public sealed class AppFactory : WebApplicationFactory<Program>
{
    public TestUploads Uploads => Services.GetRequiredService<TestUploads>();

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureTestServices(services => services.UseDirectUploadTesting());
}

/// <summary>The class of the application's Program.cs.</summary>
public sealed class Program;

/// <summary>Tests an application with DirectUpload.Testing.</summary>
internal static class TestingApplications
{
    public static async Task SubmitFormAsync(byte[] png)
    {
        await using var app = new AppFactory();
        var upload = await app.Uploads.CreateReadyUploadAsync("avatar", "me.png", png, owner: "ada");

        var form = new FormUrlEncodedContent([new("avatar", upload.Id.ToString())]);
        await app.CreateClient().PostAsync("/profile/avatar", form);
    }

    public static async Task<Upload> WithoutWebServerAsync(byte[] png)
    {
        await using var uploads = await DirectUploadTestHost.StartAsync(options => options.AddProfile("avatar", avatar =>
            avatar.ContentTypes.Add("image/*")));

        var upload = await uploads.CreateReadyUploadAsync("avatar", "me.png", png, owner: "ada");
        return upload;
    }

    public static void UseTesting(IWebHostBuilder builder)
    {
        builder.ConfigureTestServices(services => services.UseDirectUploadTesting());
    }

    public static async Task<Upload> WithVariantAsync(TestUploads uploads, byte[] png, byte[] thumbnail)
    {
        var upload = await uploads.CreateUploadAsync(new TestUpload
        {
            Profile = "avatar",
            FileName = "me.png",
            Content = png,
            Owner = "ada",
            Association = new UploadAssociation("user", "42", "avatar"),
            Variants = { ["thumbnail.webp"] = thumbnail },
        });
        return upload;
    }

    public static async Task<IReadOnlyList<string>> MoveTimeAsync(TestUploads uploads)
    {
        uploads.Clock.Advance(TimeSpan.FromDays(2));
        await uploads.ProcessDueAsync();

        var keys = await uploads.ListObjectKeysAsync();
        return keys;
    }

    public static void KeepRecordStore(IServiceCollection services)
    {
        services.UseDirectUploadTesting(options => options.KeepRecordStore = true);
    }

    public static async Task<int> ReadAsync(TestUploads uploads, Upload upload)
    {
        byte[] bytes = await uploads.ReadContentAsync(upload.Id);
        byte[] small = await uploads.ReadContentAsync(upload.Id, "thumbnail");
        return bytes.Length - small.Length;
    }
}
