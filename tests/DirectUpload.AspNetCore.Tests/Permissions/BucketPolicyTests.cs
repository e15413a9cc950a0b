using Amazon.S3.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Permissions;

/// <summary>
/// A bucket policy that demands encryption and tags of every write. Ceph RGW 16 evaluates such conditions for PUT alone (a copy, a form and
/// a multipart upload are refused whatever they send), so the policy covers the staging keys and the variants; what forms and multipart
/// uploads carry is looked at in the flow's StagingSettings.
/// </summary>
public sealed class BucketPolicyTests(RgwFixture server) : IClassFixture<RgwFixture>
{
    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 403)]
    public async Task Put_BucketRequiresEncryptionAndTags_NeedsThemInProfile(bool set, int answer)
    {
        var bucket = await server.CreateBucketAsync();
        await RequireEncryptionAndTagsAsync(
            bucket, ("staging/*", "s3:x-amz-server-side-encryption"), ("staging/*", "s3:RequestObjectTag/kind"),
            ("*small.txt", "s3:x-amz-server-side-encryption"));
        await using var app = await UploadApp.StartAsync(server.S3, bucket, Choices(set));

        var grant = await app.Client.GrantAsync(TestUploadRequest.Picture with { Profile = "demanding" });

        (await new StorageClient(server.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(answer);
        ((int)(await app.Http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode).Should().Be(set ? 200 : 503);
        if (!set)
            return;
        await app.Client.ConfirmAsync(grant);
        await app.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        (await app.Client.StatusAsync(grant))["status"].Should().Be("ready");
    }

    private static TestHostOptions Choices(bool set) => new()
    {
        Uploads = options =>
        {
            options.Profiles.Clear();
            options.ConcurrentConfirmTimeout = TimeSpan.Zero;
            options.AddProfile("demanding", profile =>
            {
                profile.ContentTypes.Add("image/png");
                profile.AddProcessor<DirectUpload.AspNetCore.Tests.Flows.VersionedVariantProcessor>();
                if (set)
                    (profile.ObjectSettings.ServerSideEncryption, profile.ObjectSettings.Tags["kind"]) = ("AES256", "picture");
            });
        },
        Services = services => services.AddHealthChecks().AddDirectUploads(),
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapHealthChecks("/health");
        },
    };

    private async Task RequireEncryptionAndTagsAsync(string bucket, params (string Keys, string Condition)[] demands)
    {
        var statements = demands.Select(demand => new
        {
            Effect = "Deny",
            Principal = "*",
            Action = "s3:PutObject",
            Resource = $"arn:aws:s3:::{bucket}/{demand.Keys}",
            Condition = new Dictionary<string, object> { ["Null"] = new Dictionary<string, string> { [demand.Condition] = "true" } },
        });
        var policy = System.Text.Json.JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = statements });
        await server.S3.PutBucketPolicyAsync(
            new PutBucketPolicyRequest { BucketName = bucket, Policy = policy }, TestContext.Current.CancellationToken);
    }
}
