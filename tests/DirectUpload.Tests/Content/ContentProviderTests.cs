using System.Globalization;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Presigning;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Content;

public sealed class ContentProviderTests
{
    [Fact]
    public async Task GetContent_Ready_IsAShortLivedUrlOfTheFinalObject()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var content = (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Value!;
        var url = SignedUrl.Parse(content.Url);

        url.Path.Should().Be("/" + grant.Record.FinalKey);
        url.Expires.Should().Be("300");
        url.Query["response-content-type"].Should().Be("text/plain");
        url.Query["response-content-disposition"].Should().Be("attachment; filename=\"note.txt\"");
        content.ExpiresAt.Should().Be(host.Clock.Start.AddMinutes(5));
    }

    [Fact]
    public async Task GetContent_NotReady_Fails()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        var early = await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken);

        early.Error!.Message.Should().Be("The upload is requested; only a ready one has content.");
    }

    [Theory]
    [InlineData("image/png", true, "inline")]
    [InlineData("application/pdf", true, "inline")]
    [InlineData("text/plain", true, "inline")]
    [InlineData("video/mp4", true, "inline")]
    [InlineData("audio/mpeg", true, "inline")]
    [InlineData("image/svg+xml", true, "attachment")]
    [InlineData("text/html", true, "attachment")]
    [InlineData("application/xhtml+xml", true, "attachment")]
    [InlineData("text/xml", true, "attachment")]
    [InlineData("application/xml", true, "attachment")]
    [InlineData("text/javascript", true, "attachment")]
    [InlineData("application/octet-stream", true, "attachment")]
    [InlineData("application/x-unknown", true, "attachment")]
    [InlineData("image/png", false, "attachment")]
    [InlineData("application/pdf", false, "attachment")]
    public void Disposition_ByTypeAndProfile_IsInlineOrAttachment(string type, bool inline, string disposition) =>
        ContentDisposition.Create(TestData.CreateRecord() with { ContentType = type }, new UploadProfile { Inline = inline })
            .Should().StartWith(disposition + "; ");

    [Theory]
    [InlineData("cat.png", "filename=\"cat.png\"")]
    [InlineData("it's (1).png", "filename=\"it's (1).png\"")]
    [InlineData("say \"hi\".png", "filename=\"say _hi_.png\"; filename*=UTF-8''say%20%22hi%22.png")]
    [InlineData("back\\slash", "filename=\"back_slash\"; filename*=UTF-8''back%5Cslash")]
    [InlineData("é(1)*'.png", "filename=\"_(1)*'.png\"; filename*=UTF-8''%C3%A9%281%29%2A%27.png")]
    [InlineData("😀.png", "filename=\"__.png\"; filename*=UTF-8''%F0%9F%98%80.png")]
    [InlineData("מ\u200f.png", "filename=\"__.png\"; filename*=UTF-8''%D7%9E%E2%80%8F.png")]
    [InlineData("100%.png", "filename=\"100_.png\"; filename*=UTF-8''100%25.png")]
    [InlineData("two  spaces", "filename=\"two spaces\"; filename*=UTF-8''two%20%20spaces")]
    public void Disposition_NonAsciiName_HasBothNameForms(string name, string disposition) =>
        ContentDisposition.Create(TestData.CreateRecord() with { FileName = name }, new UploadProfile())
            .Should().Be("attachment; " + disposition);

    [Fact]
    public async Task GetContent_AnyAllowedFileName_IsSigned()
    {
        await using var host = new UploadHost();
        foreach (var name in new[]
        {
            "\"quotes\" 'n' \\", "😀👩‍👩‍👧.png", "מסמך\u200f.pdf", new string('é', 255), ";.txt", "a\u00a0b", "...",
        })
        {
            if (name.Contains('\\', StringComparison.Ordinal))
                continue;
            var grant = await host.GrantAsync(UploadHost.Request with { FileName = name });
            host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
            await host.ConfirmAsync(grant);

            var url = SignedUrl.Parse((await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Value!.Url);
            url.Query["response-content-disposition"].Should().MatchRegex(
                "^attachment; filename=\"[ -~]*\"; filename\\*=UTF-8''[A-Za-z0-9%._~-]+$|^attachment; filename=\"[ -~]*\"$");
        }
    }

    [Fact]
    public async Task GetContent_ProfileRemoved_IsAttachment()
    {
        await using var host = new UploadHost(profile: notes => notes.Inline = true);
        var grant = await host.ReadyAsync();
        var orphan = await host.Store.TryUpdateAsync((await host.GetRecordAsync(grant)) with { Profile = "removed" });

        var url = SignedUrl.Parse((await host.Service.CreateDownloadUrlAsync(orphan!.Id, grant.ReadToken)).Value!.Url);

        url.Query["response-content-disposition"].Should().StartWith("attachment; ");
    }

    [Fact]
    public async Task GetContent_DownloadUrlLifetime_IsUsed()
    {
        await using var host = new UploadHost(options: it => it.DownloadUrlLifetime = TimeSpan.FromHours(2));
        var grant = await host.ReadyAsync();

        var url = SignedUrl.Parse((await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Value!.Url);

        int.Parse(url.Expires, CultureInfo.InvariantCulture).Should().Be(7200);
    }

    [Fact]
    public async Task GetContent_Variant_IsFoundWithOrWithoutExtension()
    {
        await using var host = new UploadHost(profile: notes => notes.AddProcessor<ThumbnailProcessor>());
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);
        await host.Worker.RunOnceAsync();

        foreach (var name in new[] { "thumbnail.webp", "thumbnail" })
        {
            var url = SignedUrl.Parse((await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken, name)).Value!.Url);
            url.Path.Should().EndWith(".thumbnail.webp");
            url.Query["response-content-type"].Should().Be("image/webp");
            url.Query["response-content-disposition"].Should().Be("attachment; filename=\"note.thumbnail.webp\"");
        }

        var opened = (await host.Service.OpenReadAsync(grant.Record.Id, grant.ReadToken, "thumbnail")).Value!;
        (await new StreamReader(opened.Stream).ReadToEndAsync()).Should().Be("small");
        foreach (var name in new[] { "thumb", "", "THUMBNAIL", "../secret", grant.Record.FinalKey })
            (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken, name)).Error!.Code
                .Should().Be(UploadErrorCodes.NotFound);
    }

    [Fact]
    public async Task GetContent_PublicProfile_IsAnUnsignedCdnUrl()
    {
        await using var host = new UploadHost(profile: notes =>
        {
            notes.ContentBaseUrl = new("https://cdn.example.com/files/");
            notes.IsPublic = true;
        });
        var grant = await host.ReadyAsync();

        var address = $"https://cdn.example.com/files/{grant.Record.FinalKey}";
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Value!.Url.Should().Be(address);
        host.Service.GetPublicUrl(Upload.From(await host.GetRecordAsync(grant))).Should().Be(new Uri(address));
        host.Service.GetPublicUrl(Upload.From(grant.Record)).Should().BeNull("it is not ready");
    }

    [Fact]
    public async Task GetContent_PrivateProfile_IsASignedCloudFrontUrl()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var host = new UploadHost(
            profile: notes => notes.ContentBaseUrl = new("https://d111111abcdef8.cloudfront.net"),
            configure: services => services.AddDirectUploads().UseCloudFront("K2JCJMDEHXQW5F", key.ExportRSAPrivateKeyPem()));
        var grant = await host.ReadyAsync();

        var url = new Uri((await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Value!.Url);

        url.GetLeftPart(UriPartial.Path).Should().Be($"https://d111111abcdef8.cloudfront.net/{grant.Record.FinalKey}");
        url.Query.Should().StartWith($"?Expires={host.Clock.Start.AddMinutes(5).ToUnixTimeSeconds()}&Signature=").And.EndWith(
            "&Key-Pair-Id=K2JCJMDEHXQW5F");
        host.Service.GetPublicUrl(Upload.From(await host.GetRecordAsync(grant))).Should().BeNull();
    }

    [Theory]
    [InlineData("/files", false, "*ContentBaseUrl is \"/files\"*absolute*")]
    [InlineData("https://cdn.example.com/?a=b", true, "*without a query*")]
    [InlineData(null, true, "*IsPublic is true*ContentBaseUrl*")]
    [InlineData("https://cdn.example.com/", false, "*nothing signs for it*UseCloudFront*IsPublic*")]
    public void Validate_InvalidContentBaseUrl_ThrowsWithSolution(string? cdn, bool isPublic, string message)
    {
        var use = () => new UploadHost(profile: notes =>
            (notes.ContentBaseUrl, notes.IsPublic) = (cdn is null ? null : new Uri(cdn, UriKind.RelativeOrAbsolute), isPublic)).Service;

        use.Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>().WithMessage(message);
    }

    private sealed class ThumbnailProcessor : IUploadProcessor
    {
        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutVariantAsync("thumbnail.webp", "image/webp", new MemoryStream("small"u8.ToArray()), cancellationToken);
            return ProcessingResult.Accept;
        }
    }
}
