using System.Text;
using System.Text.Json;
using DirectUpload.Security.Tests.Table;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What a request claims, in words that are meant for something else than to be read.</summary>
public sealed class NamesAndClaims(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    protected override HostChoices Choices => new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Uploads = options => options.AddProfile("named", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.KeyTemplate = "{profile}/{owner}/{id}-{name}{ext}";
        }),
        Map = app => app.MapDirectUploads("/uploads").RequireAuthorization(),
    };

    private UploadClient Ada => Client.As("ada");

    [Theory]
    [InlineData("a\r\nx-amz-acl: public-read.png")]
    [InlineData("a\nSet-Cookie: x=y.png")]
    [InlineData("a\0.png")]
    [InlineData("a\u2028b.png")]
    [InlineData("a\u0085b.png")]
    [Attack("line breaks and null bytes in a file's name, to begin a header of their own", "a name with control characters is refused, and not repeated")]
    public async Task Line_breaks_in_names(string name) =>
        (await Ada.RequestAsync(Wanted.Picture with { FileName = name })).ShouldBeProblem(400, "invalid-request")["detail"].Should().NotContainAny("\r", "\n", "\0", "\u2028", "\u0085");

    [Theory]
    [InlineData("a\"; filename=evil.exe; x=\".png")]
    [InlineData("a%22%0d%0a.png")]
    [InlineData("a;b=c,d.png")]
    [InlineData("写真'*=%.png")]
    [Attack("quotes, semicolons and percent signs in a name, to end the Content-Disposition early", "the name is quoted in ASCII and escaped by RFC 8187, and is read back as it was")]
    public async Task Quotes_in_names(string name)
    {
        var grant = await SentAsync(Wanted.Picture with { FileName = name });
        var answer = await ContentAsync(grant);

        var disposition = System.Net.Http.Headers.ContentDispositionHeaderValue.Parse(answer.Header("content-disposition")!);
        disposition.DispositionType.Should().Be("attachment");
        (disposition.FileNameStar ?? disposition.FileName!.Trim('"').Replace("\\", "", StringComparison.Ordinal)).Should().Be(name);
        disposition.Parameters.Select(parameter => parameter.Name).Should().BeSubsetOf(["filename", "filename*"]);
    }

    [Theory]
    [InlineData("fileName")]
    [InlineData("contentType")]
    [InlineData("profile")]
    [InlineData("checksumSha256")]
    [InlineData("metadata")]
    [InlineData("association")]
    [Attack("JSON in any text of a request, to add a condition to the policy that is signed", "a policy is written by a JSON writer from values that were checked; nothing but type, key and size comes from a request")]
    public async Task Json_in_policies(string field)
    {
        const string evil = "\"],[\"starts-with\",\"$key\",\"\"],[\"x\":\"";
        var body = new Dictionary<string, object> { ["profile"] = "form", ["fileName"] = "a.png", ["contentType"] = "image/png", ["size"] = 1000 };
        body[field] = field switch
        {
            "metadata" => new Dictionary<string, string> { [evil] = evil },
            "association" => new { type = evil, id = evil },
            "fileName" => "a" + evil + ".png",
            _ => evil,
        };
        var answer = await Ada.RequestAsync(JsonSerializer.Serialize(body));
        if (answer.Code >= 400)
            return;

        var fields = Grant.Of(answer).Fields;
        var policy = JsonDocument.Parse(Convert.FromBase64String(fields["policy"])).RootElement;
        policy.EnumerateObject().Select(it => it.Name).Should().Equal("expiration", "conditions");
        policy.GetProperty("conditions").EnumerateArray().Should().NotContain(it => it.ValueKind == JsonValueKind.Array && it[0].GetString() == "starts-with");
        policy.ToString().Should().NotContain("x\":");
        fields["key"].Should().MatchRegex("^staging/form/[0-9a-f]{32}\\.png$");
    }

    [Theory]
    [InlineData("../../secret.png")]
    [InlineData("..\\..\\secret.png")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b.png")]
    [InlineData("....//secret.png")]
    [Attack("a path for a name, to write elsewhere in the bucket", "a name with a path is refused")]
    public async Task Paths_in_names(string name)
    {
        var answer = await Ada.RequestAsync(Wanted.Picture with { Profile = "named", FileName = name });
        if (answer.Code == 201)
            (await App.RecordAsync(answer["id"]!)).FinalKey.Should().MatchRegex("^named/ada/[0-9a-f]{32}-");
        else
            answer.ShouldBeProblem(400, "invalid-request");
    }

    [Theory]
    [InlineData("a\uFF0Fb.png")]
    [InlineData("a\u2215b.png")]
    [InlineData("a\u29F8b.png")]
    [InlineData("\uFF0E\uFF0E\uFF0Fsecret.png")]
    [InlineData("%2e%2e%2fsecret.png")]
    [InlineData("..%c0%afsecret.png")]
    [InlineData("{owner}{yyyy}{id}.png")]
    [InlineData("${filename}.png")]
    [InlineData("staging\u200B.png")]
    [Attack("letters that look like a slash or dots, escapes, and the template's own placeholders, to leave the prefix", "of a name, a key takes letters, digits and a few signs, once, after everything else was put in")]
    public async Task Look_alikes_in_keys(string name)
    {
        var grant = Grant.Of(await Ada.RequestAsync(Wanted.Picture with { Profile = "named", FileName = name }));

        var key = (await App.RecordAsync(grant.Id)).FinalKey;
        key.Should().MatchRegex("^named/ada/[0-9a-f]{32}-[^/\\\\%{}$]*$");
        key.Split('/').Should().HaveCount(3).And.NotContain("..").And.NotContain(".");
        Encoding.UTF8.GetByteCount(key).Should().BeLessThanOrEqualTo(1024);
    }

    [Theory]
    [InlineData("../bob")]
    [InlineData("bob/uploads")]
    [InlineData("..")]
    [InlineData("ＢＯＢ")]
    [InlineData("{id}")]
    [InlineData("a\\b")]
    [Attack("an owner's name that is a path, to land in another owner's folder", "an owner is one segment of a key, made safe, and no two owners share one")]
    public async Task Paths_in_owners(string owner)
    {
        var mine = await App.RecordAsync((await Client.As(Uri.EscapeDataString(owner)).GrantAsync(Wanted.Picture with { Profile = "named" })).Id);
        var granted = (await App.Services.GetRequiredService<DirectUploadService>().RequestAsync(
            new UploadRequest { Profile = "named", FileName = "a.png", ContentType = "image/png", Size = 10 }, new UploadCaller { Owner = owner })).Value!;
        var bobs = await App.RecordAsync((await Client.As("bob").GrantAsync(Wanted.Picture with { Profile = "named" })).Id);

        foreach (var record in new[] { mine, granted.Record })
        {
            record.FinalKey.Split('/').Should().HaveCount(3).And.NotContain("..").And.NotContain(".");
            record.FinalKey.Split('/')[1].Should().NotBe(bobs.FinalKey.Split('/')[1]);
        }
    }

    [Theory]
    [InlineData("image/png\r\nx-amz-acl: public-read")]
    [InlineData("image/png; charset=\"\r\n\"")]
    [InlineData("text/html,image/png")]
    [InlineData("image/png/../../text/html")]
    [InlineData("image\0/png")]
    [InlineData("IMAGE\u2215PNG")]
    [Attack("a content type that is two, or holds a line break", "a type is what RFC 6838 calls one, without parameters, or is refused")]
    public async Task Types_that_are_none(string type)
    {
        var answer = await Ada.RequestAsync(Wanted.Picture with { Profile = "form", ContentType = type });
        if (answer.Code == 201)
            Grant.Of(answer).Fields.Values.Should().OnlyContain(value => value.All(c => c >= ' ' && c <= '~'));
        else
            answer.Code.Should().BeOneOf(400, 415);
    }

    [Fact]
    [Attack("setting what only the application sets: owner, status, key, bucket, id, tokens, in a request or its metadata", "a request has the properties of the contract and no others; metadata is kept apart and means nothing")]
    public async Task Mass_assignment()
    {
        var answer = await Ada.RequestAsync("""
            {"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"owner":"bob","Owner":"bob","status":"ready","finalKey":"x","stagingKey":"x","bucket":"other","id":"1",
             "writeTokenHash":"00","version":9,"record":{"owner":"bob"},"metadata":{"owner":"bob","status":"ready","x-amz-meta-a":"b","__proto__":"polluted","constructor":"x"}}
            """);
        var record = await App.RecordAsync(Grant.Of(answer).Id);

        (record.Owner, record.Status, record.Bucket, record.Version).Should().Be(("ada", UploadStatus.Requested, Bucket, 1L));
        record.FinalKey.Should().StartWith("picture/ada/");
        record.Metadata.Should().HaveCount(5);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("9223372036854775808")]
    [InlineData("1e3")]
    [InlineData("1000.5")]
    [InlineData("\"1000\"")]
    [InlineData("NaN")]
    [InlineData("null")]
    [InlineData("[1000]")]
    [InlineData("9223372036854775807")]
    [Attack("sizes that are negative, huge, broken or no number", "a size is a whole number within the profile's limits")]
    public async Task Sizes_that_are_none(string size) =>
        (await Ada.RequestAsync($$"""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":{{size}}}""")).Code.Should().BeOneOf(400, 413);

    [Fact]
    [Attack("saying a thing twice in one JSON object, for two readers to take different ones", "there is one reader; what it read is what was checked, recorded and signed")]
    public async Task Twice_in_json()
    {
        var answer = await Ada.RequestAsync("""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":99999999,"size":1000}""");
        if (answer.Code != 201)
            return;
        (await App.RecordAsync(answer["id"]!)).ClaimedSize.Should().Be(1000);
    }

    [Fact]
    [Attack("half a surrogate pair or broken UTF-8 in any text", "it is refused as no JSON, or as no text that every store can keep")]
    public async Task Broken_text()
    {
        (await Ada.RequestAsync("""{"profile":"picture","fileName":"\ud800.png","contentType":"image/png","size":1000}""")).Code.Should().Be(400);
        (await Ada.RequestAsync([.. """{"profile":"picture","fileName":"a"""u8.ToArray(), 0xC0, 0xAF, .. """.png","contentType":"image/png","size":1000}"""u8.ToArray()], "application/json")).Code.Should().Be(400);
        (await Ada.RequestAsync("""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"metadata":{"a":"\udfff"}}""")).Code.Should().Be(400);
    }

    [Fact]
    [Attack("uploading in somebody else's name: by a header, the query, or the body", "the owner is who the host has signed in, and nobody else")]
    public async Task Somebody_elses_name()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads?owner=bob") { Content = System.Net.Http.Json.JsonContent.Create(new { profile = "picture", fileName = "a.png", contentType = "image/png", size = 1000, owner = "bob" }) };
        foreach (var name in new[] { "X-User", "X-Owner", "X-Forwarded-User", "Owner", "X-Original-User" })
            request.Headers.Add(name, "bob");
        request.Headers.Add("Test-User", "ada");
        using var response = await App.Http.SendAsync(request);

        (await App.RecordAsync((await Answer.OfAsync(response))["id"]!)).Owner.Should().Be("ada");
    }

    private async Task<Grant> SentAsync(Wanted wanted)
    {
        var grant = await Ada.GrantAsync(wanted);
        (await Browser.UploadAsync(grant, Bytes.Png())).ShouldBe(200);
        (await Client.As("ada").ConfirmAsync(grant)).ShouldBe(200);
        return grant;
    }

    private new async Task<Answer> ContentAsync(Grant grant) => await Browser.GetAsync((await Ada.ContentAsync(grant)).ShouldBe(302).Header("location")!);
}
