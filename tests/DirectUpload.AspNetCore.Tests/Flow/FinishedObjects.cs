using System.Net.Http.Headers;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>What storage is told about the object that is served is the profile's word.</summary>
public abstract class FinishedObjects(S3ServerFixture server) : FlowSuite(server)
{
    protected override HostChoices Choices => new()
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
    public async Task A_public_profiles_object_is_read_by_everybody_with_the_profiles_headers()
    {
        if (await Server.LacksAsync(S3Features.Acls))
            return;
        var bytes = Bytes.Png();
        var grant = await ReadyAsync(bytes, new Wanted { Profile = "public" });
        var read = await AnonymouslyAsync(grant);
        read.ShouldBe(200).Body.Should().Equal(bytes);
        read.Header("content-type").Should().Be("image/png");
        read.Header("content-disposition").Should().Be("attachment; filename=\"holiday.png\"");
        read.Header("cache-control").Should().Be("public, max-age=60");
        read.Header("x-amz-meta-source").Should().Be("direct-upload");
    }

    [Fact]
    public async Task Another_profiles_object_is_private_and_has_its_metadata()
    {
        var grant = await ReadyAsync(Bytes.Png(), new Wanted { Profile = "private" });
        (await AnonymouslyAsync(grant)).ShouldBe(Server.UnsignedStatus);
        (await ContentAsync(grant)).Header("x-amz-meta-source").Should().Be("direct-upload");
    }

    [Fact]
    public async Task A_public_profiles_staging_object_is_private()
    {
        if (await Server.LacksAsync(S3Features.Acls))
            return;
        var grant = await UploadedAsync(Bytes.Png(), new Wanted { Profile = "public" });
        var record = await App.RecordAsync(grant.Id);
        (await Browser.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{record.StagingKey}")).ShouldBe(Server.UnsignedStatus);
    }

    [Fact]
    public async Task The_clients_metadata_stays_in_the_record_and_never_reaches_storage()
    {
        var grant = await ReadyAsync(Bytes.Png(), new Wanted { Profile = "private", Metadata = new { secret = "for the application" } });
        (await App.RecordAsync(grant.Id)).Metadata.Should().Contain("secret", "for the application");
        (await ContentAsync(grant)).Headers.Keys.Should().NotContain(name => name.Contains("secret"));
        grant.Headers.Keys.Should().NotContain(name => name.Contains("secret"));
    }

    public static TheoryData<string> HonestNames =>
    [
        "plain.png", "two  spaces.png", " led and trailed .png", "it's \"quoted\" 100% (of *).png", "semi;colon=,.png", "Ünïcode.png", "写真.png",
        "👩‍👩‍👧 family.png", "שלום\u200F.png", new string('字', 251) + ".png", "no extension", ".png", "a.PNG", "%2e%2e%2fescape.png", "tab&<script>.png",
    ];

    [Theory]
    [MemberData(nameof(HonestNames))]
    public async Task An_honest_name_comes_back_from_the_disposition_and_reaches_no_key_unescaped(string name)
    {
        var grant = await ReadyAsync(Bytes.Png(), new Wanted { Profile = "private", FileName = name });

        var disposition = (await ContentAsync(grant)).ShouldBe(200).Header("content-disposition")!;
        disposition.Should().MatchRegex("^[ -~]+$");
        var parsed = ContentDispositionHeaderValue.Parse(disposition);
        parsed.DispositionType.Should().Be("attachment");
        (parsed.FileNameStar ?? parsed.FileName!.Trim('"')).Should().Be(name);
        (await KeysOfAsync(grant)).Should().OnlyContain(key => System.Text.RegularExpressions.Regex.IsMatch(key, "^[a-z0-9!/.-]+$"));
        string.Join('\n', grant.Headers.Select(h => h.Key + h.Value)).Should().MatchRegex("^[ -~\n]+$");
        (await Client.StatusAsync(grant))["fileName"].Should().Be(name);
    }

    private async Task<Answer> AnonymouslyAsync(Grant grant) =>
        await Browser.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{(await App.RecordAsync(grant.Id)).FinalKey}");
}
