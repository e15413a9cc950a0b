using System.Globalization;
using DirectUpload.Confirmation;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Tests.Signing;
using DirectUpload.Tests.Uploads;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Service;

public sealed class ContentTests
{
    [Fact]
    public async Task Is_a_short_GET_of_the_final_object_as_what_was_verified()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var content = (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Value!;
        var url = SignedUrl.Parse(content.Url);

        url.Path.Should().Be("/" + grant.Record.FinalKey);
        url.Expires.Should().Be("300");
        url.Query["response-content-type"].Should().Be("text/plain");
        url.Query["response-content-disposition"].Should().Be("attachment; filename=\"note.txt\"");
        content.ExpiresAt.Should().Be(host.Clock.Start.AddMinutes(5));
    }

    [Fact]
    public async Task Exists_only_once_it_is_ready()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        var early = await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken);

        early.Error!.Detail.Should().Be("The upload is requested; only a ready one has content.");
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
    public void Is_shown_in_place_only_where_wanted_and_harmless(string type, bool inline, string disposition) =>
        Disposition.Of(Some.Record() with { ContentType = type }, new UploadProfile { Inline = inline }).Should().StartWith(disposition + "; ");

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
    public void Has_the_files_name_in_both_forms_where_one_is_not_enough(string name, string disposition) =>
        Disposition.Of(Some.Record() with { FileName = name }, new UploadProfile()).Should().Be("attachment; " + disposition);

    [Fact]
    public async Task Of_any_name_that_a_request_may_have_can_be_signed_and_sent()
    {
        await using var host = new UploadHost();
        foreach (var name in new[] { "\"quotes\" 'n' \\", "😀👩‍👩‍👧.png", "מסמך\u200f.pdf", new string('é', 255), ";.txt", "a\u00a0b", "..." })
        {
            if (name.Contains('\\', StringComparison.Ordinal))
                continue;
            var grant = await host.GrantAsync(UploadHost.Request with { FileName = name });
            host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
            await host.ConfirmAsync(grant);

            var url = SignedUrl.Parse((await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Value!.Url);
            url.Query["response-content-disposition"].Should().MatchRegex("^attachment; filename=\"[ -~]*\"; filename\\*=UTF-8''[A-Za-z0-9%._~-]+$|^attachment; filename=\"[ -~]*\"$");
        }
    }

    [Fact]
    public async Task Of_a_profile_that_is_gone_is_downloaded_and_not_shown()
    {
        await using var host = new UploadHost(profile: notes => notes.Inline = true);
        var grant = await host.ReadyAsync();
        var orphan = await host.Store.TryUpdateAsync((await host.RecordOf(grant)) with { Profile = "removed" });

        var url = SignedUrl.Parse((await host.Service.GetContentAsync(orphan!.Id, grant.ReadToken)).Value!.Url);

        url.Query["response-content-disposition"].Should().StartWith("attachment; ");
    }

    [Fact]
    public async Task Lives_as_long_as_the_options_say()
    {
        await using var host = new UploadHost(options: it => it.ContentLifetime = TimeSpan.FromHours(2));
        var grant = await host.ReadyAsync();

        var url = SignedUrl.Parse((await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Value!.Url);

        int.Parse(url.Expires, CultureInfo.InvariantCulture).Should().Be(7200);
    }

    [Fact]
    public async Task What_a_processor_has_made_is_had_by_its_name_with_or_without_its_ending()
    {
        await using var host = new UploadHost(profile: notes => notes.ProcessWith<Thumbnails>());
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);
        await host.Worker.RunOnceAsync();

        foreach (var name in new[] { "thumbnail.webp", "thumbnail" })
        {
            var url = SignedUrl.Parse((await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken, name)).Value!.Url);
            url.Path.Should().EndWith(".thumbnail.webp");
            url.Query["response-content-type"].Should().Be("image/webp");
            url.Query["response-content-disposition"].Should().Be("attachment; filename=\"note.thumbnail.webp\"");
        }

        var opened = (await host.Service.OpenContentAsync(grant.Record.Id, grant.ReadToken, "thumbnail")).Value!;
        (await new StreamReader(opened.Stream).ReadToEndAsync()).Should().Be("small");
        foreach (var name in new[] { "thumb", "", "THUMBNAIL", "../secret", grant.Record.FinalKey })
            (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken, name)).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
    }

    [Fact]
    public async Task Of_a_public_profile_is_at_its_CDN_for_everybody()
    {
        await using var host = new UploadHost(profile: notes =>
        {
            notes.ContentBaseUrl = new("https://cdn.example.com/files/");
            notes.IsPublic = true;
        });
        var grant = await host.ReadyAsync();

        var address = $"https://cdn.example.com/files/{grant.Record.FinalKey}";
        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Value!.Url.Should().Be(address);
        host.Service.PublicAddressOf(await host.RecordOf(grant)).Should().Be(new Uri(address));
        host.Service.PublicAddressOf(grant.Record).Should().BeNull("it is not ready");
    }

    [Fact]
    public async Task Of_a_private_profile_is_at_CloudFront_signed_for_minutes()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var host = new UploadHost(
            profile: notes => notes.ContentBaseUrl = new("https://d111111abcdef8.cloudfront.net"),
            configure: services => services.AddDirectUploads().UseCloudFront("K2JCJMDEHXQW5F", key.ExportRSAPrivateKeyPem()));
        var grant = await host.ReadyAsync();

        var url = new Uri((await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Value!.Url);

        url.GetLeftPart(UriPartial.Path).Should().Be($"https://d111111abcdef8.cloudfront.net/{grant.Record.FinalKey}");
        url.Query.Should().StartWith($"?Expires={host.Clock.Start.AddMinutes(5).ToUnixTimeSeconds()}&Signature=").And.EndWith("&Key-Pair-Id=K2JCJMDEHXQW5F");
        host.Service.PublicAddressOf(await host.RecordOf(grant)).Should().BeNull();
    }

    [Theory]
    [InlineData("/files", false, "*ContentBaseUrl is \"/files\"*absolute*")]
    [InlineData("https://cdn.example.com/?a=b", true, "*without a query*")]
    [InlineData(null, true, "*IsPublic is true*ContentBaseUrl*")]
    [InlineData("https://cdn.example.com/", false, "*nothing signs for it*UseCloudFront*IsPublic*")]
    public void A_CDN_that_is_set_up_wrongly_says_what_to_do(string? cdn, bool isPublic, string message)
    {
        var use = () => new UploadHost(profile: notes => (notes.ContentBaseUrl, notes.IsPublic) = (cdn is null ? null : new Uri(cdn, UriKind.RelativeOrAbsolute), isPublic)).Service;

        use.Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>().WithMessage(message);
    }

    private sealed class Thumbnails : IUploadProcessor
    {
        public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutDerivativeAsync("thumbnail.webp", "image/webp", new MemoryStream("small"u8.ToArray()), cancellationToken);
            return UploadVerdict.Accept;
        }
    }
}
