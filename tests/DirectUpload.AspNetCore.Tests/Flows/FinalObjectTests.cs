using System.Net.Http.Headers;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>What storage is told about the object that is served is the profile's word.</summary>
public abstract class FinalObjectTests(S3ServerFixture server) : FlowTests(server)
{
    protected override TestHostOptions HostOptions => new()
    {
        Uploads = options => options
            .AddProfile("public", profile =>
            {
                profile.ContentTypes.Add("image/png");
                profile.ObjectSettings.Acl = "public-read";
                profile.ObjectSettings.CacheControl = "public, max-age=60";
                profile.ObjectSettings.Metadata["source"] = "direct-upload";
                profile.ObjectSettings.Tags["kind"] = "avatar";
            })
            .AddProfile("private", profile =>
            {
                profile.ContentTypes.Add("image/png");
                profile.ObjectSettings.Metadata["source"] = "direct-upload";
            }),
    };

    [Fact]
    public async Task PublicProfile_FinalObject_IsPublicWithItsHeaders()
    {
        if (await Server.LacksAsync(S3Features.Acls))
            return;
        var bytes = TestFiles.Png();
        var grant = await ReadyAsync(bytes, new TestUploadRequest { Profile = "public" });
        var read = await GetAnonymouslyAsync(grant);
        read.ShouldBe(200).Body.Should().Equal(bytes);
        read.Header("content-type").Should().Be("image/png");
        read.Header("content-disposition").Should().Be("attachment; filename=\"holiday.png\"");
        read.Header("cache-control").Should().Be("public, max-age=60");
        read.Header("x-amz-meta-source").Should().Be("direct-upload");
    }

    [Fact]
    public async Task PrivateProfile_FinalObject_IsPrivateWithItsMetadata()
    {
        var grant = await ReadyAsync(TestFiles.Png(), new TestUploadRequest { Profile = "private" });
        (await GetAnonymouslyAsync(grant)).ShouldBe(Server.UnauthenticatedStatus);
        (await ContentAsync(grant)).Header("x-amz-meta-source").Should().Be("direct-upload");
    }

    [Fact]
    public async Task PublicProfile_StagingObject_IsPrivate()
    {
        if (await Server.LacksAsync(S3Features.Acls))
            return;
        var grant = await UploadedAsync(TestFiles.Png(), new TestUploadRequest { Profile = "public" });
        var record = await App.RecordAsync(grant.Id);
        (await StorageClient.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{record.StagingKey}")).ShouldBe(Server.UnauthenticatedStatus);
    }

    [Fact]
    public async Task Client_metadata_is_not_sent_to_storage()
    {
        var grant = await ReadyAsync(
            TestFiles.Png(), new TestUploadRequest { Profile = "private", Metadata = new { secret = "for the application" } });
        (await App.RecordAsync(grant.Id)).Metadata.Should().Contain("secret", "for the application");
        (await ContentAsync(grant)).Headers.Keys.Should().NotContain(name => name.Contains("secret"));
        grant.Headers.Keys.Should().NotContain(name => name.Contains("secret"));
    }

    public static TheoryData<string> ValidFileNames =>
    [
        "plain.png", "two  spaces.png", " led and trailed .png", "it's \"quoted\" 100% (of *).png", "semi;colon=,.png", "Ünïcode.png",
        "写真.png",
        "👩‍👩‍👧 family.png", "שלום\u200F.png", "no extension", ".png", "a.PNG", "%2e%2e%2fescape.png",
        "tab&<script>.png",
    ];

    [Theory]
    [MemberData(nameof(ValidFileNames))]
    public async Task FileName_InDispositionAndKey_IsEscaped(string name)
    {
        var grant = await ReadyAsync(TestFiles.Png(), new TestUploadRequest { Profile = "private", FileName = name });

        var disposition = (await ContentAsync(grant)).ShouldBe(200).Header("content-disposition")!;
        disposition.Should().MatchRegex("^[ -~]+$");
        var parsed = ContentDispositionHeaderValue.Parse(disposition);
        parsed.DispositionType.Should().Be("attachment");
        (parsed.FileNameStar ?? parsed.FileName!.Trim('"')).Should().Be(name);
        (await KeysOfAsync(grant)).Should().OnlyContain(key => System.Text.RegularExpressions.Regex.IsMatch(key, "^[a-z0-9!/.-]+$"));
        string.Join('\n', grant.Headers.Select(h => h.Key + h.Value)).Should().MatchRegex("^[ -~\n]+$");
        (await Client.StatusAsync(grant))["fileName"].Should().Be(name);
    }

    [Theory]
    [InlineData("private", "字", 199)]
    [InlineData("private", "👩‍👩‍👧", 31)]
    [InlineData("private", "ش", 251)]
    [InlineData("private", "\"", 251)]
    [InlineData("in-place", "字", 199)]
    [InlineData("form", "字", 251)]
    public async Task FileName_TooLongForDisposition_IsShortenedInHeadersOnly(string profile, string letter, int count)
    {
        if (await LacksAsync(profile))
            return;
        var name = string.Concat(Enumerable.Repeat(letter, count)) + ".png";
        var grant = await ReadyAsync(TestFiles.Png(), new TestUploadRequest { Profile = profile, FileName = name });

        var stored = (await ContentAsync(grant)).ShouldBe(200).Header("content-disposition")!;

        stored.Length.Should().BeLessThanOrEqualTo(1024);
        ContentDispositionHeaderValue.Parse(stored).FileNameStar.Should().StartWith(letter).And.EndWith(letter + ".png");
        (await Client.StatusAsync(grant))["fileName"].Should().Be(name);
    }

    private async Task<ApiResponse> GetAnonymouslyAsync(Grant grant) =>
        await StorageClient.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{(await App.RecordAsync(grant.Id)).FinalKey}");
}
