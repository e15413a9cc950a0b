using Amazon.S3;
using DirectUpload.LocalS3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>Servers that can do less than Amazon S3: whole uploads, and what the health check says of them.</summary>
public sealed class LimitedServerTests
{
    private const int PartSize = 5 * 1024 * 1024;

    private static readonly StorageClient Browser = new(new HttpClient(new SocketsHttpHandler { UseProxy = false }));

    [Fact]
    public async Task Upload_InPartsWhenConditionalCopyReturns412_IsReady()
    {
        await using var server = await ServerAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        await using var app = await server.AppAsync();
        var (grant, bytes) = await SentAsync(app, "film");

        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");

        var content = await app.Client.ContentAsync(grant);
        (await Browser.GetAsync(content.Header("location")!)).ShouldBe(200).Body.AsSpan().SequenceEqual(bytes).Should().BeTrue();
    }

    [Theory]
    [InlineData(LocalS3Quirks.AcceptsLateParts)]
    [InlineData(LocalS3Quirks.NoConditionalWrites)]
    public async Task Upload_InPartsInPlace_ServerWithoutProtection_IsPromoted(LocalS3Quirks quirks)
    {
        await using var server = await ServerAsync(quirks);
        await using var app = await server.AppAsync();
        var (grant, bytes) = await SentAsync(app, "film-in-place");
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        var record = await app.RecordAsync(grant.Id);
        record.FinalKey.Should().NotBe(record.StagingKey, "in place, a late part would destroy it");

        // The URL of a part still works; what it writes is not what is served.
        await Browser.PutAsync(UrlOf(grant, 1), [], new byte[PartSize]);

        var content = await app.Client.ContentAsync(grant);
        (await Browser.GetAsync(content.Header("location")!)).ShouldBe(200).Body.AsSpan().SequenceEqual(bytes).Should().BeTrue();
    }

    [Fact]
    public async Task Upload_InPartsInPlace_AmazonS3_StaysInPlace()
    {
        await using var server = await ServerAsync(LocalS3Quirks.None);
        await using var app = await server.AppAsync();
        var (grant, _) = await SentAsync(app, "film-in-place");
        (await app.Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        var record = await app.RecordAsync(grant.Id);
        record.FinalKey.Should().Be(record.StagingKey);
    }

    [Theory]
    [InlineData(LocalS3Quirks.NoForms, "Profiles \"form\", \"uppy\" sends files by POST", "set UploadMethod to Put")]
    [InlineData(LocalS3Quirks.IgnoresConditionalWrites, "\"in-place\"", "no conditional writes (If-None-Match)")]
    [InlineData(LocalS3Quirks.NoConditionalWrites, "\"in-place\"", "no conditional writes (If-None-Match)")]
    [InlineData(LocalS3Quirks.AcceptsLateParts, "\"film-in-place\"", "does not protect them from later parts")]
    public async Task Health_MissingFeature_IsDegradedAndNamesProfileAndRemedy(LocalS3Quirks quirks, string profile, string lack)
    {
        await using var server = await ServerAsync(quirks);
        await using var app = await server.AppAsync();

        var report = await ReportAsync(app);

        report.Status.Should().Be(HealthStatus.Degraded, report.Description);
        report.Description.Should().Contain("bucket uploads: ").And.Contain(profile).And.Contain(lack);
    }

    [Fact]
    public async Task Health_BucketWithoutCors_IsDegradedUnlessNoBrowserUploads()
    {
        await using var server = await ServerAsync(LocalS3Quirks.None);
        await server.S3.DeleteCORSConfigurationAsync("uploads", TestContext.Current.CancellationToken);
        await using var browsers = await server.AppAsync();
        await using var servers = await server.AppAsync(options => options.BrowserOrigins = []);

        (await ReportAsync(browsers))
            .Should().Match<HealthReportEntry>(it => it.Status == HealthStatus.Degraded && it.Description!.Contains("has no CORS rules"));
        (await ReportAsync(servers)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Health_OriginNotAllowedByCors_IsDegraded()
    {
        await using var server = await ServerAsync(LocalS3Quirks.None);
        await server.S3.PutCORSConfigurationAsync(
            "uploads", new()
            {
                Rules = [new() { AllowedOrigins = ["https://app.example.com"], AllowedMethods = ["PUT", "POST"], AllowedHeaders = ["*"] }],
            }, TestContext.Current.CancellationToken);
        await using var app = await server.AppAsync(
            options => options.BrowserOrigins = ["https://app.example.com", "https://other.example.com"]);

        var report = await ReportAsync(app);

        report.Status.Should().Be(HealthStatus.Degraded);
        report.Description.Should().Contain("do not allow PUT from https://other.example.com").And.NotContain(
            "from https://app.example.com");
    }

    private static async Task<(Grant Grant, byte[] Bytes)> SentAsync(UploadApp app, string profile)
    {
        var bytes = new byte[PartSize + 1000];
        Random.Shared.NextBytes(bytes);
        var grant = await app.Client.GrantAsync(new TestUploadRequest
        {
            Profile = profile,
            FileName = "film.bin",
            ContentType = "application/octet-stream",
            Size = bytes.Length,
        });
        (await Browser.PutAsync(UrlOf(grant, 1), [], bytes[..PartSize])).ShouldBe(200);
        (await Browser.PutAsync(UrlOf(grant, 2), [], bytes[PartSize..])).ShouldBe(200);
        return (grant, bytes);
    }

    private static string UrlOf(Grant grant, int number) => grant.Upload.GetProperty("parts")[number - 1].GetProperty("url").GetString()!;

    private static async Task<HealthReportEntry> ReportAsync(UploadApp app) =>
        (await app.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["directupload"];

    private static Task<LimitedServer> ServerAsync(LocalS3Quirks quirks) => LimitedServer.StartAsync(quirks);

    private sealed class LimitedServer(LocalS3Options options, LocalS3Server server) : IAsyncDisposable
    {
        public AmazonS3Client S3 { get; } = TestS3Clients.Create(new S3Access(
            $"{server.Endpoint}".TrimEnd('/'), options.AccessKey, options.SecretKey, options.Region));

        public static async Task<LimitedServer> StartAsync(LocalS3Quirks quirks)
        {
            var options = new LocalS3Options
            {
                Url = "http://127.0.0.1:0",
                DataDirectory = Directory.CreateTempSubdirectory("directupload-lesser-").FullName,
                Quirks = quirks,
            };
            return new(options, await LocalS3Server.StartAsync(options));
        }

        public Task<UploadApp> AppAsync(Action<DirectUploadOptions>? uploads = null) => UploadApp.StartAsync(
            S3, "uploads", new TestHostOptions
            {
                Uploads = options => uploads?.Invoke(options),
                Services = services => services.AddHealthChecks().AddDirectUploads(),
            });

        public async ValueTask DisposeAsync()
        {
            S3.Dispose();
            await server.DisposeAsync();
            Directory.Delete(options.DataDirectory, recursive: true);
        }
    }
}
