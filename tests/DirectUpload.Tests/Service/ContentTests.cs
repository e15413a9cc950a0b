using System.Globalization;
using DirectUpload.Confirmation;
using DirectUpload.Profiles;
using DirectUpload.Tests.Signing;
using DirectUpload.Tests.Uploads;

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
}
