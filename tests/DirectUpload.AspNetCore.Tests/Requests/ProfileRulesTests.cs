using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Requests;

public sealed class ProfileRulesTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    private static readonly string Checksum = TestFiles.Sha256([]);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("PICTURE")]
    [InlineData("picture ")]
    [InlineData("../picture")]
    public async Task Profile_Unknown_IsRefusedWithTheKnownNames(string profile) =>
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { Profile = profile }))
            .ShouldBeProblem(400, "unknown-profile")["detail"]
            .Should().Contain(profile).And.Contain("picture, form");

    [Theory]
    [InlineData("image/gif")]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    public async Task ContentType_NotAllowed_IsRefusedWithTheAllowed(string contentType) =>
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { ContentType = contentType }))
            .ShouldBeProblem(415, "type-not-allowed")["detail"]
            .Should().Contain(contentType).And.Contain("image/png, image/jpeg");

    [Theory]
    [InlineData("IMAGE/PNG")]
    [InlineData("image/png; charset=utf-8")]
    [InlineData("Image/Png;q=\"a;b\"")]
    [InlineData(" image/png ")]
    public async Task ContentType_CaseAndParameters_AreIgnored(string contentType)
    {
        var grant = await host.Client.GrantAsync(TestUploadRequest.Picture with { ContentType = contentType });
        (await host.Client.StatusAsync(grant))["contentType"].Should().Be("image/png");
        grant.Headers["content-type"].Should().Be("image/png");
    }

    [Theory]
    [InlineData("png")]
    [InlineData("image")]
    [InlineData("image/")]
    [InlineData("/png")]
    [InlineData("image/*")]
    [InlineData("*/*")]
    [InlineData("image/png/x")]
    [InlineData("image /png")]
    [InlineData("image/png\r\nx-amz-acl: public-read")]
    [InlineData("image/png\0")]
    [InlineData("imåge/png")]
    [InlineData(";")]
    public async Task ContentType_Malformed_IsRefused(string contentType) =>
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { Profile = "anything", ContentType = contentType }))
            .ShouldBeProblem(400, "invalid-request")
                ["detail"].Should().NotContainAny("\r", "\n", "\0");

    [Theory]
    [InlineData(TestProfiles.MaxPictureSize, 201, null)]
    [InlineData(TestProfiles.MaxPictureSize + 1, 413, "too-large")]
    [InlineData(long.MaxValue, 413, "too-large")]
    [InlineData(TestProfiles.MinPictureSize, 201, null)]
    [InlineData(TestProfiles.MinPictureSize - 1, 400, "too-small")]
    [InlineData(0, 400, "too-small")]
    [InlineData(-1, 400, "invalid-request")]
    [InlineData(long.MinValue, 400, "invalid-request")]
    public async Task Size_OutsideTheProfilesLimits_IsRefused(long size, int status, string? code)
    {
        var answer = await host.Client.RequestAsync(TestUploadRequest.Picture with { Size = size });
        if (code is null)
            answer.ShouldBe(status);
        else
            answer.ShouldBeProblem(status, code);
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu\r\nU=")]
    public async Task Checksum_Malformed_IsRefused(string checksum) =>
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { ChecksumSha256 = checksum }))
            .ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("checksumSha256");

    [Fact]
    public async Task Requirement_Missing_IsRefused()
    {
        var invoice = new TestUploadRequest
        {
            Profile = "invoice",
            FileName = "a.pdf",
            ContentType = "application/pdf",
            ChecksumSha256 = Checksum,
            Association = new { type = "invoice", id = "42" },
        };
        (await host.Client.RequestAsync(invoice)).ShouldBe(201);
        (await host.Client.RequestAsync(invoice with { Association = null })).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("association");
        (await host.Client.RequestAsync(invoice with { ChecksumSha256 = null })).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("checksumSha256");
        (await host.Client.RequestAsync(invoice with { FileName = "a.exe" })).ShouldBeProblem(415, "type-not-allowed")["detail"]
            .Should().Contain(".exe").And.Contain(".pdf");
        (await host.Client.RequestAsync(invoice with { Association = new { type = "invoice" } }))
            .ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain("association.id");
        (await host.Client.RequestAsync(invoice with { Association = new { id = "1" } })).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("association.type");
        (await host.Client.RequestAsync(invoice with { Association = new { type = "a", id = "1\u0000" } }))
            .ShouldBeProblem(400, "invalid-request");
    }

    [Fact]
    public async Task Metadata_BeyondItsLimits_IsRefused()
    {
        (await host.Client.RequestAsync(
            TestUploadRequest.Picture with { Metadata = Enumerable.Range(0, 32).ToDictionary(i => $"n{i}", i => "v") })).ShouldBe(201);
        (await host.Client.RequestAsync(TestUploadRequest.Picture with
        {
            Metadata = Enumerable.Range(0, 33).ToDictionary(i => $"n{i}", i => "v"),
        })).ShouldBeProblem(400, "invalid-request");
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { Metadata = new { a = new string('x', 1001) } }))
            .ShouldBeProblem(400, "invalid-request");
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { Metadata = new { a = "nul\0" } }))
            .ShouldBeProblem(400, "invalid-request");
        (await host.Client.RequestAsync(
            """{"profile":"picture","fileName":"a","contentType":"image/png","size":1000,"metadata":{"a":null}}"""))
                .ShouldBeProblem(400, "invalid-request");
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { Metadata = new Dictionary<string, string> { [""] = "v" } }))
            .ShouldBeProblem(400, "invalid-request");
    }

    [Fact]
    public async Task Quota_Exceeded_IsRefusedUntilTheUrlExpires()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await UploadApp.StartAsync(
            new TestHostOptions { Services = services => services.AddSingleton<TimeProvider>(clock) });
        var wanted = TestUploadRequest.Picture with { Profile = "one-at-a-time" };
        var first = await app.Client.GrantAsync(wanted);
        (await app.Client.RequestAsync(wanted)).ShouldBeProblem(429, "quota-exceeded")["detail"].Should().Contain("1 uploads");
        (await app.Client.DeleteAsync(first)).ShouldBe(204);
        (await app.Client.RequestAsync(wanted)).ShouldBeProblem(429, "quota-exceeded");
        clock.Advance(TimeSpan.FromMinutes(15));
        (await app.Client.RequestAsync(wanted)).ShouldBe(201);
    }

    [Fact]
    public async Task Quota_ConcurrentRequests_IsNotExceeded()
    {
        await using var app = await UploadApp.StartAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => app.Client.RequestAsync(TestUploadRequest.Picture with { Profile = "one-at-a-time" })));
        answers.Count(answer => answer.Code == 201).Should().BeLessThanOrEqualTo(1);
        answers.Where(answer => answer.Code != 201).Should().OnlyContain(answer => answer.Code == 429);
    }
}
