using Amazon.S3;
using DirectUpload.AspNetCore.Tests.Flows;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Permissions;

/// <summary>All that the library does to a bucket, by an application that has certain permissions only.</summary>
/// <param name="server">Where the bucket is; its own client is the administrator's.</param>
/// <param name="s3">The application's client.</param>
/// <param name="http">What browsers send with.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="withOptions">
/// Whether profiles set an ACL and tags, and lifecycle rules are applied: all that the optional statements in docs/s3-setup.md are for.
/// </param>
internal sealed class PolicyFlow(S3ServerFixture server, AmazonS3Client s3, HttpClient http, string bucket, bool withOptions)
{
    private readonly StorageClient _browser = new(http);

    /// <summary>Runs the steps, up to the first that fails.</summary>
    /// <returns>Its name and what went wrong; null when all succeeded.</returns>
    public async Task<string?> FindFailureAsync()
    {
        await using var app = await UploadApp.StartAsync(s3, bucket, Choices());
        foreach (var (name, step) in Steps(app))
        {
            try
            {
                await step();
            }
            catch (Exception failure)
            {
                return $"{name}: {failure.Message}";
            }
        }

        return null;
    }

    private IEnumerable<(string Name, Func<Task> Step)> Steps(UploadApp app) =>
    [
        ("PUT", () => ReadyAsync(app, "put")),
        ("form", () => ReadyAsync(app, "post")),
        ("parts", () => PartsAsync(app)),
        ("abandoned parts", () => AbandonAsync(app)),
        ("variant", () => VariantAsync(app)),
        ("rejection", () => RejectAsync(app)),
        ("nothing arrived", async () => (await app.Client.ConfirmAsync(
            await app.Client.GrantAsync(new TestUploadRequest { Profile = "put" }))).ShouldBeProblem(409, "not-uploaded")),
        ("reconciliation", async () => await app.Services.GetRequiredService<UploadReconciler>().ScanAsync().ToListAsync()),
        ("health", async () => (await app.Http.GetAsync("/health")).StatusCode.Should().Be(HttpStatusCode.OK)),
        .. withOptions
            ? [("lifecycle", () => app.Services.GetRequiredService<BucketLifecycleManager>().ApplyAsync())]
            : Array.Empty<(string, Func<Task>)>(),
    ];

    private TestHostOptions Choices() => new()
    {
        Uploads = options =>
        {
            options.Profiles.Clear();
            options.ConcurrentConfirmTimeout = TimeSpan.Zero;
            options.AddProfile("put", profile => Set(profile));
            options.AddProfile("post", profile => Set(profile).UploadMethod = UploadMethod.Post);
            options.AddProfile("multipart", profile => Set(profile).UploadMethod = UploadMethod.Multipart);
            options.AddProfile("variant", profile => Set(profile).AddProcessor<VersionedVariantProcessor>());
        },
        Services = services => services.AddHealthChecks().AddDirectUploads(),
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapHealthChecks("/health");
        },
    };

    private UploadProfile Set(UploadProfile profile)
    {
        profile.ContentTypes.Add("image/png");
        if (withOptions)
            (profile.ObjectSettings.Acl, profile.ObjectSettings.Tags["kind"]) = ("bucket-owner-full-control", "picture");
        return profile;
    }

    private async Task ReadyAsync(UploadApp app, string profile)
    {
        var grant = await app.Client.GrantAsync(new TestUploadRequest { Profile = profile });
        (await _browser.UploadAsync(grant, TestFiles.Png())).Code.Should().BeInRange(200, 204);
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        (await _browser.GetAsync((await app.Client.ContentAsync(grant)).ShouldBe(302).Header("location")!)).ShouldBe(200);
        await DeleteAsync(app, grant);
    }

    private async Task PartsAsync(UploadApp app)
    {
        var grant = await SendPartAsync(app);
        (await app.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/parts", grant.WriteToken)).ShouldBe(200).Text
            .Should().Contain("partNumber");
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        await DeleteAsync(app, grant);
    }

    private async Task AbandonAsync(UploadApp app)
    {
        var grant = await SendPartAsync(app);
        (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        (await server.S3.ListMultipartUploadsAsync(bucket)).MultipartUploads.Should().BeNullOrEmpty();
    }

    private async Task VariantAsync(UploadApp app)
    {
        var grant = await app.Client.GrantAsync(new TestUploadRequest { Profile = "variant" });
        (await _browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        (await app.Client.ConfirmAsync(grant)).ShouldBe(202);
        await app.Services.GetRequiredService<UploadWorker>().RunOnceAsync();
        (await app.Client.StatusAsync(grant))["status"].Should().Be("ready");
        (await _browser.GetAsync((await app.Client.SendAsync(
            HttpMethod.Get, $"/{grant.Id}/content?variant=small", grant.ReadToken)).ShouldBe(302).Header("location")!)).ShouldBe(200);
        await DeleteAsync(app, grant);
    }

    private async Task RejectAsync(UploadApp app)
    {
        var grant = await app.Client.GrantAsync(new TestUploadRequest { Profile = "put" });
        (await _browser.UploadAsync(grant, TestFiles.Executable())).ShouldBe(200);
        (await app.Client.ConfirmAsync(grant)).ShouldBeProblem(422, "mismatch");
        await NothingIsLeftAsync(grant);
    }

    private async Task<Grant> SendPartAsync(UploadApp app)
    {
        var grant = await app.Client.GrantAsync(new TestUploadRequest { Profile = "multipart" });
        (await _browser.PutAsync(grant.Upload.GetProperty("parts")[0].GetProperty("url").GetString()!, [], TestFiles.Png())).ShouldBe(200);
        return grant;
    }

    private async Task DeleteAsync(UploadApp app, Grant grant)
    {
        (await app.Client.DeleteAsync(grant)).ShouldBe(204);
        await NothingIsLeftAsync(grant);
    }

    private async Task NothingIsLeftAsync(Grant grant) =>
        ((await server.S3.ListVersionsAsync(bucket)).Versions ?? []).Where(version => version.Key.Contains(grant.Id)).Should().BeEmpty();
}
