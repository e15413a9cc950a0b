using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Presigning;

namespace DirectUpload.Tests.Requests;

public sealed class UploadRequestHandlerTests
{
    [Fact]
    public async Task Request_Put_GrantsRecordTokensAndSignedUrl()
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
        (await host.GetRecordAsync(grant)).Should().Be(grant.Record);
    }

    [Fact]
    public async Task Request_Granted_RecordsCallerFileAndTimes()
    {
        await using var host = new UploadHost();
        var caller = new UploadCaller
        {
            Owner = "ada",
            Actor = "clerk",
            MayAssociate = true,
            RemoteAddress = "::1",
            UserAgent = new string('u', 600),
        };
        var request =
            UploadHost.Request with { Association = new("invoice", "42"), Metadata = new Dictionary<string, string> { ["a"] = "b" } };
        var record = (await host.Service.RequestAsync(request, caller)).Value!.Record;

        record.Should().BeEquivalentTo(new
        {
            Profile = "notes",
            FileName = "note.txt",
            ContentType = "text/plain",
            DeclaredSize = 12L,
            Bucket = "examplebucket",
            Status = UploadStatus.Requested,
            Owner = "ada",
            Association = new UploadAssociation("invoice", "42"),
            Metadata = new Dictionary<string, string> { ["a"] = "b" },
            CreatedAt = host.Clock.Start,
            GrantExpiresAt = host.Clock.Start.AddMinutes(15),
            NextActionAt = host.Clock.Start.AddMinutes(75),
            Version = 1L,
        });
        record.Should().BeEquivalentTo(new { Actor = "clerk", RemoteAddress = "::1", UserAgent = new string('u', 512) });
        record.StagingKey.Should().Be($"staging/notes/{record.Id}.txt");
        record.FinalKey.Should().Be($"notes/ada/2026/03/{record.Id}.txt");
    }

    [Fact]
    public async Task Request_Post_AllowsOnlyTheDeclaredSizeAndType()
    {
        await using var host = new UploadHost(profile: notes => notes.UploadMethod = UploadMethod.Post);
        var grant = await host.GrantAsync();
        var form = ParsedPostForm.Parse(new(grant.Instructions.Url, grant.Instructions.Fields, grant.Instructions.ExpiresAt));

        grant.Instructions.Method.Should().Be(UploadMethod.Post);
        form.Lengths.Should().Equal((12, 12));
        form.Exact.Should().Contain([AwsExample.Pair("key", grant.Record.StagingKey), AwsExample.Pair("Content-Type", "text/plain")]);
    }

    [Fact]
    public async Task Request_DeclaredChecksum_IsSigned()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumSha256 = Profiles.TestRequests.Checksum });

        grant.Instructions.Headers.Should().Contain("x-amz-checksum-sha256", Profiles.TestRequests.Checksum);
    }

    [Fact]
    public async Task Request_InPlace_SignsIfNoneMatchAndObjectSettings()
    {
        await using var host = new UploadHost(profile: notes =>
        {
            notes.FinalizeInPlace = true;
            notes.ObjectSettings.CacheControl = "no-store";
        });
        var grant = await host.GrantAsync();

        grant.Record.StagingKey.Should().Be(grant.Record.FinalKey);
        grant.Instructions.Headers.Should().Contain("if-none-match", "*").And.Contain("cache-control", "no-store")
            .And.Contain("content-disposition", "attachment; filename=\"note.txt\"");
    }

    [Fact]
    public async Task Request_Refused_HasReasonAndAddsNoRecord()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxSize = 100);
        var good = UploadHost.Request;
        (UploadRequest, string)[] refused =
        [
            (good with { Profile = "nope" }, UploadErrorCodes.UnknownProfile),
            (good with { Profile = "NOTES" }, UploadErrorCodes.UnknownProfile),
            (good with { Profile = "" }, UploadErrorCodes.UnknownProfile),
            (good with { FileName = "../x" }, UploadErrorCodes.InvalidRequest),
            (good with { ContentType = "nonsense" }, UploadErrorCodes.InvalidRequest),
            (good with { ContentType = "video/mp4" }, UploadErrorCodes.TypeNotAllowed),
            (good with { Size = 101 }, UploadErrorCodes.TooLarge),
            (good with { Size = 0 }, UploadErrorCodes.TooSmall),
        ];

        foreach (var (request, reason) in refused)
            (await host.Service.RequestAsync(request, new() { Owner = "ada" })).Error!.Code.Should().Be(reason);
        (await host.Store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Request_NullProfile_IsUnknownProfile()
    {
        await using var host = new UploadHost();

        (await host.Service.RequestAsync(UploadHost.Request with { Profile = null! }, UploadCaller.Anonymous)).Error!.Code
            .Should().Be(UploadErrorCodes.UnknownProfile);
    }

    [Fact]
    public async Task Request_NullArguments_Throws()
    {
        await using var host = new UploadHost();

        await host.Service.Awaiting(it => it.RequestAsync(null!, UploadCaller.Anonymous)).Should().ThrowAsync<ArgumentNullException>();
        await host.Service.Awaiting(it => it.RequestAsync(UploadHost.Request, null!)).Should().ThrowAsync<ArgumentNullException>();
    }
}
