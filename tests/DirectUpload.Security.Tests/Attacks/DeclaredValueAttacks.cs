#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text;
using System.Text.Json;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What a request claims, in words that are meant for something else than to be read.</summary>
public sealed class DeclaredValueAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    protected override TestHostOptions HostOptions => new()
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
    [Attack("line breaks and null bytes in a file name, to inject a header", "a name with control characters is refused, and not repeated")]
    public async Task FileName_WithLineBreaks_IsRefused(string name) =>
        (await Ada.RequestAsync(TestUploadRequest.Picture with { FileName = name })).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().NotContainAny("\r", "\n", "\0", "\u2028", "\u0085");

    [Theory]
    [InlineData("a\"; filename=evil.exe; x=\".png")]
    [InlineData("a%22%0d%0a.png")]
    [InlineData("a;b=c,d.png")]
    [InlineData("写真'*=%.png")]
    [Attack(
        "quotes, semicolons and percent signs in a name, to end the Content-Disposition early",
        "the name is quoted in ASCII and escaped by RFC 8187, and is read back as it was")]
    public async Task FileName_WithQuotes_IsEscapedInTheDisposition(string name)
    {
        var grant = await SentAsync(TestUploadRequest.Picture with { FileName = name });
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
    [Attack(
        "JSON in any text of a request, to add a condition to the policy that is signed",
        "a policy is written by a JSON writer from values that were checked; nothing but type, key and size comes from a request")]
    public async Task Fields_WithJson_AddNoPolicyCondition(string field)
    {
        const string evil = "\"],[\"starts-with\",\"$key\",\"\"],[\"x\":\"";
        var body = new Dictionary<string, object>
        {
            ["profile"] = "form",
            ["fileName"] = "a.png",
            ["contentType"] = "image/png",
            ["size"] = 1000,
        };
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

        var fields = Grant.FromResponse(answer).Fields;
        var policy = JsonDocument.Parse(Convert.FromBase64String(fields["policy"])).RootElement;
        policy.EnumerateObject().Select(it => it.Name).Should().Equal("expiration", "conditions");
        policy.GetProperty("conditions").EnumerateArray()
            .Should().NotContain(it => it.ValueKind == JsonValueKind.Array && it[0].GetString() == "starts-with");
        policy.ToString().Should().NotContain("x\":");
        fields["key"].Should().MatchRegex("^staging/form/[0-9a-f]{32}\\.png$");
    }

    [Theory]
    [InlineData("../../secret.png")]
    [InlineData("..\\..\\secret.png")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b.png")]
    [InlineData("....//secret.png")]
    [Attack("a path as a file name, to write elsewhere in the bucket", "a name with a path is refused")]
    public async Task FileName_WithAPath_IsRefused(string name)
    {
        var answer = await Ada.RequestAsync(TestUploadRequest.Picture with { Profile = "named", FileName = name });
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
    [Attack(
        "letters that look like a slash or dots, escapes, and the template's own placeholders, to leave the prefix",
        "a key contains only letters, digits and a few signs of a name, inserted once, after everything else")]
    public async Task FileName_LookAlikesAndEscapes_StayInThePrefix(string name)
    {
        var grant = Grant.FromResponse(await Ada.RequestAsync(TestUploadRequest.Picture with { Profile = "named", FileName = name }));

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
    [Attack(
        "an owner's name that is a path, to write into another owner's folder",
        "an owner is one segment of a key, made safe, and no two owners share one")]
    public async Task Owner_WithAPath_StaysOneKeySegment(string owner)
    {
        var mine = await App.RecordAsync(
            (await Client.As(Uri.EscapeDataString(owner)).GrantAsync(TestUploadRequest.Picture with { Profile = "named" })).Id);
        var granted = (await App.Services.GetRequiredService<IDirectUploadService>().RequestAsync(
            new UploadRequest { Profile = "named", FileName = "a.png", ContentType = "image/png", Size = 10 },
            new UploadCaller { Owner = owner })).Value!;
        var bobs = await App.RecordAsync((await Client.As("bob").GrantAsync(TestUploadRequest.Picture with { Profile = "named" })).Id);

        foreach (var record in new[] { mine, await App.RecordAsync(granted.Upload.Id.ToString()) })
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
    [Attack(
        "a content type that is two types, or contains a line break",
        "a type must have the form of RFC 6838, without parameters, or is refused")]
    public async Task ContentType_Malformed_IsRefused(string type)
    {
        var answer = await Ada.RequestAsync(TestUploadRequest.Picture with { Profile = "form", ContentType = type });
        if (answer.Code == 201)
            Grant.FromResponse(answer).Fields.Values.Should().OnlyContain(value => value.All(c => c >= ' ' && c <= '~'));
        else
            answer.Code.Should().BeOneOf(400, 415);
    }

    [Fact]
    [Attack(
        "setting values that only the application sets (owner, status, key, bucket, id, tokens), in a request or its metadata",
        "a request has the properties of the contract and no others; metadata is stored apart and has no effect")]
    public async Task Request_ServerSetProperties_AreIgnored()
    {
        var answer = await Ada.RequestAsync("""
            {"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"owner":"bob","Owner":"bob","status":"ready","finalKey":"x","stagingKey":"x","bucket":"other","id":"1",
             "writeTokenHash":"00","version":9,"record":{"owner":"bob"},"metadata":{"owner":"bob","status":"ready","x-amz-meta-a":"b","__proto__":"polluted","constructor":"x"}}
            """);
        var record = await App.RecordAsync(Grant.FromResponse(answer).Id);

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
    [Attack("sizes that are negative, huge, malformed or not a number", "a size is a whole number within the profile's limits")]
    public async Task Size_Malformed_IsRefused(string size) =>
        (await Ada.RequestAsync($$"""{"profile":"picture","fileName":"a.png","contentType":"image/png","size":{{size}}}""")).Code
            .Should().BeOneOf(400, 413);

    [Fact]
    [Attack(
        "a property twice in one JSON object, so that two readers use different values",
        "there is one reader; the value that it read is checked, recorded and signed")]
    public async Task Json_DuplicateProperty_IsReadOnce()
    {
        var answer = await Ada.RequestAsync(
            """{"profile":"picture","fileName":"a.png","contentType":"image/png","size":99999999,"size":1000}""");
        if (answer.Code != 201)
            return;
        (await App.RecordAsync(answer["id"]!)).DeclaredSize.Should().Be(1000);
    }

    [Fact]
    [Attack("half a surrogate pair or broken UTF-8 in any text", "it is refused as invalid JSON, or as text that not every store can keep")]
    public async Task Text_InvalidUnicode_IsRefused()
    {
        (await Ada.RequestAsync("""{"profile":"picture","fileName":"\ud800.png","contentType":"image/png","size":1000}""")).Code
            .Should().Be(400);
        (await Ada.RequestAsync([
            .. """{"profile":"picture","fileName":"a"""u8.ToArray(), 0xC0, 0xAF,
            .. """.png","contentType":"image/png","size":1000}"""u8.ToArray()], "application/json")).Code.Should().Be(400);
        (await Ada.RequestAsync(
            """{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000,"metadata":{"a":"\udfff"}}""")).Code
                .Should().Be(400);
    }

    [Fact]
    [Attack(
        "uploading as another user: by a header, the query, or the body",
        "the owner is the signed-in user of the host, and no other value is used")]
    public async Task Owner_InHeaderQueryOrBody_IsIgnored()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads?owner=bob")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
                new { profile = "picture", fileName = "a.png", contentType = "image/png", size = 1000, owner = "bob" }),
        };
        foreach (var name in new[] { "X-User", "X-Owner", "X-Forwarded-User", "Owner", "X-Original-User" })
            request.Headers.Add(name, "bob");
        request.Headers.Add("Test-User", "ada");
        using var response = await App.Http.SendAsync(request);

        (await App.RecordAsync((await ApiResponse.FromAsync(response))["id"]!)).Owner.Should().Be("ada");
    }

    private async Task<Grant> SentAsync(TestUploadRequest wanted)
    {
        var grant = await Ada.GrantAsync(wanted);
        (await StorageClient.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        (await Client.As("ada").ConfirmAsync(grant)).ShouldBe(200);
        return grant;
    }

    private new async Task<ApiResponse> ContentAsync(Grant grant) =>
        await StorageClient.GetAsync((await Ada.ContentAsync(grant)).ShouldBe(302).Header("location")!);
}
