using DirectUpload.Profiles;
using DirectUpload.Tests.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class RequestTests
{
    [Fact]
    public async Task A_grant_is_a_record_two_tokens_and_a_signed_PUT_of_exactly_this()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        var url = SignedUrl.Parse(grant.Instructions.Url);

        grant.Instructions.Method.Should().Be(UploadMethod.Put);
        url.Path.Should().Be("/" + grant.Record.StagingKey);
        url.SignedHeaders.Should().Be("content-length;content-type;host");
        grant.Instructions.Headers.Should().BeEquivalentTo(new Dictionary<string, string> { ["content-type"] = "text/plain" });
        grant.Instructions.ExpiresAt.Should().Be(host.Clock.Start.AddMinutes(15));
        grant.WriteToken.Should().NotBe(grant.ReadToken);
        (await host.RecordOf(grant)).Should().Be(grant.Record);
    }

    [Fact]
    public async Task The_record_says_who_what_and_until_when()
    {
        await using var host = new UploadHost();
        var caller = new UploadCaller { Owner = "ada", Actor = "clerk", MayAssociate = true, RemoteAddress = "::1", UserAgent = new string('u', 600) };
        var request = UploadHost.Request with { Association = new("invoice", "42"), Metadata = new Dictionary<string, string> { ["a"] = "b" } };
        var record = (await host.Service.RequestAsync(request, caller)).Value!.Record;

        record.Should().BeEquivalentTo(new
        {
            Profile = "notes",
            FileName = "note.txt",
            ContentType = "text/plain",
            ClaimedSize = 12L,
            Bucket = "examplebucket",
            Status = UploadStatus.Requested,
            Owner = "ada",
            Association = new UploadAssociation("invoice", "42"),
            Metadata = new Dictionary<string, string> { ["a"] = "b" },
            CreatedAt = host.Clock.Start,
            GrantExpiresAt = host.Clock.Start.AddMinutes(15),
            DueAt = host.Clock.Start.AddMinutes(75),
            Version = 1L,
        });
        record.Audit.Should().BeEquivalentTo(new { Actor = "clerk", RemoteAddress = "::1", UserAgent = new string('u', 512) });
        record.StagingKey.Should().Be($"staging/notes/{record.Id}.txt");
        record.FinalKey.Should().Be($"notes/ada/2026/03/{record.Id}.txt");
    }

    [Fact]
    public async Task By_POST_the_form_allows_exactly_this_size_and_type()
    {
        await using var host = new UploadHost(profile: notes => notes.Method = UploadMethod.Post);
        var grant = await host.GrantAsync();
        var form = PolicyForm.Of(new(grant.Instructions.Url, grant.Instructions.Fields, grant.Instructions.ExpiresAt));

        grant.Instructions.Method.Should().Be(UploadMethod.Post);
        form.Lengths.Should().Equal((12, 12));
        form.Exact.Should().Contain([Published.Pair("key", grant.Record.StagingKey), Published.Pair("Content-Type", "text/plain")]);
    }

    [Fact]
    public async Task A_promised_checksum_is_signed_so_that_storage_checks_it()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumSha256 = Profiles.Requests.Checksum });

        grant.Instructions.Headers.Should().Contain("x-amz-checksum-sha256", Profiles.Requests.Checksum);
    }

    [Fact]
    public async Task In_place_the_PUT_works_once_and_carries_the_objects_settings()
    {
        await using var host = new UploadHost(profile: notes =>
        {
            notes.Finalisation = Finalisation.InPlace;
            notes.ObjectSettings.CacheControl = "no-store";
        });
        var grant = await host.GrantAsync();

        grant.Record.StagingKey.Should().Be(grant.Record.FinalKey);
        grant.Instructions.Headers.Should().Contain("if-none-match", "*").And.Contain("cache-control", "no-store")
            .And.Contain("content-disposition", "attachment; filename=\"note.txt\"");
    }

    [Fact]
    public async Task Every_refusal_has_its_reason_and_leaves_no_record()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxSize = 100);
        var good = UploadHost.Request;
        (UploadRequest, UploadErrorReason)[] refused =
        [
            (good with { Profile = "nope" }, UploadErrorReason.UnknownProfile),
            (good with { Profile = "NOTES" }, UploadErrorReason.UnknownProfile),
            (good with { Profile = "" }, UploadErrorReason.UnknownProfile),
            (good with { FileName = "../x" }, UploadErrorReason.InvalidRequest),
            (good with { ContentType = "nonsense" }, UploadErrorReason.InvalidRequest),
            (good with { ContentType = "video/mp4" }, UploadErrorReason.TypeNotAllowed),
            (good with { Size = 101 }, UploadErrorReason.TooLarge),
            (good with { Size = 0 }, UploadErrorReason.TooSmall),
        ];

        foreach (var (request, reason) in refused)
            (await host.Service.RequestAsync(request, new() { Owner = "ada" })).Error!.Reason.Should().Be(reason);
        (await host.Store.ListByOwnerAsync("ada", 10)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_that_names_no_profile_is_refused_like_one_that_names_a_wrong_one()
    {
        await using var host = new UploadHost();

        (await host.Service.RequestAsync(UploadHost.Request with { Profile = null! }, UploadCaller.Anonymous)).Error!.Reason.Should().Be(UploadErrorReason.UnknownProfile);
    }

    [Fact]
    public async Task No_request_or_no_caller_is_a_bug()
    {
        await using var host = new UploadHost();

        await host.Service.Awaiting(it => it.RequestAsync(null!, UploadCaller.Anonymous)).Should().ThrowAsync<ArgumentNullException>();
        await host.Service.Awaiting(it => it.RequestAsync(UploadHost.Request, null!)).Should().ThrowAsync<ArgumentNullException>();
    }
}
