using Amazon.S3.Model;
using DirectUpload.Processing;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>
/// What a bucket policy may demand of every write is on every write: the client's to staging, and those of the application.
/// </summary>
public abstract class ObjectSettingsTests(S3ServerFixture server) : FlowTests(server)
{
    /// <summary>Ceph RGW 16 takes AES256, and tags of copies and multipart uploads, and forgets them.</summary>
    protected virtual bool KeepsAllSettings => true;

    protected override TestHostOptions HostOptions => new()
    {
        Uploads = options =>
        {
            options.ConcurrentConfirmTimeout = TimeSpan.Zero;
            options.AddProfile("put", profile => Demanding(profile).AddProcessor<SmallVariantProcessor>());
            options.AddProfile("post", profile => Demanding(profile).UploadMethod = UploadMethod.Post);
            options.AddProfile("multipart", profile => Demanding(profile).UploadMethod = UploadMethod.Multipart);
            options.AddProfile("public", profile => Demanding(profile).ObjectSettings.Acl = "public-read");
            options.AddProfile("signed-in", profile => Demanding(profile).ObjectSettings.Acl = "authenticated-read");
        },
    };

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    [InlineData("multipart")]
    [InlineData("public")]
    [InlineData("signed-in")]
    public async Task StagingObject_HasEncryptionAndTags(string profile)
    {
        var grant = await SendAsync(profile);
        await Client.ConfirmAsync(grant);

        if (KeepsAllSettings || profile != "multipart")
            await ShouldBeSetAsync((await App.RecordAsync(grant.Id)).StagingKey);
    }

    [Theory]
    [InlineData("put", "bucket-owner-full-control")]
    [InlineData("post", "bucket-owner-full-control")]
    [InlineData("public", null)]
    [InlineData("signed-in", null)]
    public async Task Grant_Acl_OpensNothingToOthers(string profile, string? acl)
    {
        var grant = await Client.GrantAsync(new TestUploadRequest { Profile = profile });

        (profile == "post" ? grant.Fields.GetValueOrDefault("acl") : grant.Headers.GetValueOrDefault("x-amz-acl")).Should().Be(acl);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("signed-in")]
    [InlineData("multipart")]
    public async Task StagingObject_IsPrivate(string profile)
    {
        var grant = await SendAsync(profile);
        await Client.ConfirmAsync(grant);

        (await StorageClient.GetAsync($"{Server.Endpoint}/{Bucket}/{(await App.RecordAsync(grant.Id)).StagingKey}")).ShouldBe(403);
    }

    [Fact]
    public async Task Variant_HasTheProfilesSettings()
    {
        var grant = await SendAsync("put");
        await Client.ConfirmAsync(grant);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        var record = await App.RecordAsync(grant.Id);
        record.Status.Should().Be(UploadStatus.Ready);
        foreach (var key in new[] { record.FinalKey, record.Variants.Single().Key })
        {
            if (KeepsAllSettings || key != record.FinalKey)
                await ShouldBeSetAsync(key);
            var head = await HeadAsync(key);
            head.Headers.CacheControl.Should().Be("no-cache");
            head.Metadata["source"].Should().Be("direct-upload");
        }

        (await HeadAsync(record.Variants.Single().Key)).Headers.ContentDisposition
            .Should().Be("attachment; filename=\"holiday.small.txt\"");
        (await HeadAsync(record.Variants.Single().Key)).Headers.ContentEncoding.Should().BeNullOrEmpty();
    }

    private static UploadProfile Demanding(UploadProfile profile)
    {
        profile.ContentTypes.Add("image/png");
        profile.ObjectSettings.Acl = "bucket-owner-full-control";
        profile.ObjectSettings.ServerSideEncryption = "AES256";
        profile.ObjectSettings.CacheControl = "no-cache";
        profile.ObjectSettings.Metadata["source"] = "direct-upload";
        profile.ObjectSettings.Tags["kind"] = "a picture";
        return profile;
    }

    private async Task<Grant> SendAsync(string profile)
    {
        var bytes = TestFiles.Png();
        if (profile != "multipart")
            return await UploadedAsync(bytes, new TestUploadRequest { Profile = profile });
        var grant = await Client.GrantAsync(new TestUploadRequest { Profile = profile });
        (await StorageClient.PutAsync(grant.Upload.GetProperty("parts")[0].GetProperty("url").GetString()!, [], bytes)).ShouldBe(200);
        return grant;
    }

    private async Task ShouldBeSetAsync(string key)
    {
        var tags = await Server.S3.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = Bucket, Key = key }, TestContext.Current.CancellationToken);
        tags.Tagging.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Key = "kind", Value = "a picture" });
        if (KeepsAllSettings)
            (await HeadAsync(key)).ServerSideEncryptionMethod.Value.Should().Be("AES256");
    }

    private Task<GetObjectMetadataResponse> HeadAsync(string key) =>
        Server.S3.GetObjectMetadataAsync(Bucket, key, TestContext.Current.CancellationToken);

    public sealed class SmallVariantProcessor : IUploadProcessor
    {
        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutVariantAsync("small.txt", "text/plain", new MemoryStream([1, 2, 3]), cancellationToken);
            return ProcessingResult.Accept;
        }
    }
}
