using System.Text;
using DirectUpload.Profiles;
using DirectUpload.StoreConformance;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Flows;

/// <summary>An upload in parts, of 5 MiB each: what counts is what storage has, and completing is ours.</summary>
public sealed class DirectUploadServiceMultipartTests
{
    private const int PartSize = 5 * 1024 * 1024;
    private const int Size = (2 * PartSize) + 7;

    [Fact]
    public async Task Request_Large_GrantsSignedParts()
    {
        await using var host = CreateHost();

        var grant = await GrantAsync(host);

        grant.Instructions.Method.Should().Be(UploadMethod.Multipart);
        var multipart = grant.Instructions;
        (multipart.PartSize, multipart.PartCount).Should().Be((PartSize, 3));
        multipart.Parts.Select(part => (part.Number, part.Size)).Should().Equal((1, PartSize), (2, PartSize), (3, 7));
        multipart.Parts.Should().OnlyContain(part =>
            part.Url.Contains("uploadId=", StringComparison.Ordinal) && part.Url.Contains("content-length", StringComparison.Ordinal));
        host.Bucket.Unfinished.Should().ContainSingle().Which.Value.Key.Should().Be(grant.Record.StagingKey);
    }

    [Theory]
    [InlineData(100, UploadMethod.Put)]
    [InlineData(PartSize, UploadMethod.Put)]
    [InlineData(PartSize + 1, UploadMethod.Multipart)]
    public async Task Request_BySize_ChoosesPutOrMultipart(long size, UploadMethod method)
    {
        await using var host = CreateHost();

        (await host.GrantAsync(UploadHost.Request with { Size = size })).Instructions.Method.Should().Be(method);
    }

    [Fact]
    public async Task Confirm_AllParts_CompletesAndIsReady()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        PutPart(host, grant, 1, 2, 3);

        var ready = (await host.ConfirmAsync(grant)).Value!;

        (ready.Status, ready.Size).Should().Be((UploadStatus.Ready, (long)Size));
        host.Bucket[ready.Key!]!.Bytes.Should().Equal(CreateBytes(1, PartSize).Concat(CreateBytes(2, PartSize)).Concat(CreateBytes(3, 7)));
        host.Bucket.Unfinished.Should().BeEmpty();
        (await host.ConfirmAsync(grant)).Value!.Record.Should().Be(ready.Record, "a second complete gives the same answer");
    }

    [Fact]
    public async Task Confirm_PartsMissing_NamesThem()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        PutPart(host, grant, 2);

        var early = await host.ConfirmAsync(grant);

        early.Error!.Code.Should().Be(UploadErrorCodes.NotUploaded);
        early.Error.Message.Should().Contain("Parts 1, 3 ");
        (await host.Service.ListPartsAsync(grant.Record.Id, grant.WriteToken)).Value!.Select(part => (part.Number, part.Size))
            .Should().Equal((2, PartSize));
    }

    [Theory]
    [InlineData(2, PartSize - 1)]
    [InlineData(3, 8)]
    [InlineData(4, 1)]
    public async Task Confirm_WrongPart_IsRejectedBeforeCompleting(int number, int size)
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        PutPart(host, grant, 1, 2, 3);
        PutPart(host, grant, number, size);

        var refused = await host.ConfirmAsync(grant);

        refused.Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        refused.Error.Message.Should().Contain($"art {number}");
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Rejected);
        host.Bucket.Count(BucketOperation.Complete).Should().Be(0);
        host.Bucket.Unfinished.Should().BeEmpty("its parts cost money");
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task ConfirmParts_OtherETag_IsAConflictAndCanBeRetried()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        PutPart(host, grant, 1, 2, 3);

        var other = await host.Service.ConfirmAsync(
            grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "\"other\"", [3] = "\"3\"" });
        other.Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        other.Error.Message.Should().StartWith("Part 2 ");

        (await host.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string>
        {
            [1] = "1",
            [2] = "\"2\"",
        })).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task SignParts_TenThousand_AreSignedAndOneMoreFails()
    {
        await using var host = CreateHost(notes => (notes.MaxSize, notes.PartSize) = (SizeOfTenThousandParts, PartSize));
        var grant = await host.GrantAsync(UploadHost.Request with { Size = SizeOfTenThousandParts });

        var signed = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [.. Enumerable.Range(1, 10_000)]);
        var beyond = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [10_000, 10_001]);

        signed.Value!.Should().HaveCount(10_000).And.OnlyContain(part => part.Size == PartSize);
        signed.Value!.Select(part => part.Number).Should().Equal(Enumerable.Range(1, 10_000));
        signed.Value!.Select(part => part.Url).Should().OnlyHaveUniqueItems();
        beyond.Error!.Message.Should().Contain("10001");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5L * 1024 * 1024 * 1024)]
    [InlineData(200L * 1024 * 1024 * 1024)]
    [InlineData(10_000L * 5 * 1024 * 1024 * 1024)]
    public void PartLayout_AnySize_HasAtMostTenThousandParts(long size)
    {
        var parts = PartLayout.Create(new UploadProfile(), UploadHost.Request with { Size = size, Method = UploadMethod.Multipart })!;

        parts.GetPartCount(size).Should().BeInRange(1, 10_000);
        parts.PartSize.Should().BeInRange(5L * 1024 * 1024, 5L * 1024 * 1024 * 1024);
        Enumerable.Range(1, parts.GetPartCount(size)).Sum(number => parts.GetPartSize(number, size)!.Value).Should().Be(size);
    }

    [Fact]
    public async Task SignParts_Late_ExtendsGrantAndEarlyWritesNothing()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);

        var early = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [1]);
        (await host.GetRecordAsync(grant)).Version.Should().Be(grant.Record.Version);
        early.Value!.Single().ExpiresAt.Should().Be(grant.Record.GrantExpiresAt);

        host.Clock.Advance(TimeSpan.FromMinutes(70));
        var late = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [2]);
        late.Value!.Single().ExpiresAt.Should().Be(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));
        (await host.GetRecordAsync(grant)).GrantExpiresAt.Should().Be(late.Value!.Single().ExpiresAt);
        (await host.RunWorkerAtAsync(TimeSpan.FromMinutes(76))).Should().Be(0, "there is time again");
    }

    [Fact]
    public async Task Worker_MultipartExpired_DeletesParts()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        PutPart(host, grant, 1);

        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Expired);
        (await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [2])).Error!.Code.Should().Be(UploadErrorCodes.Expired);
        (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Error!.Code.Should().Be(UploadErrorCodes.Expired);
        await host.RunWorkerAtAsync(TimeSpan.FromHours(4));
        host.Bucket.Unfinished.Should().BeEmpty();
    }

    [Fact]
    public async Task Worker_UnconfirmedMultipart_IsConfirmed()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        PutPart(host, grant, 1, 2, 3);

        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Delete_MultipartStartedTwice_LeavesNoParts()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);
        await host.Bucket.CreateMultipartUploadAsync(
            grant.Record.StagingKey, "text/plain", new(), partChecksums: false); // a lost answer, and the SDK asked again

        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        host.Bucket.Unfinished.Should().BeEmpty();
    }

    [Fact]
    public async Task Request_MultipartCreationFails_AbortsTheRecord()
    {
        await using var host = CreateHost();
        host.Bucket.Fail(BucketOperation.Begin);

        var request = () => host.Service.RequestAsync(Request, new UploadCaller { Owner = "ada" });

        await request.Should().ThrowAsync<HttpRequestException>();
        (await host.Store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().ContainSingle().Which.Status
            .Should().Be(UploadStatus.Aborted);
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count
            .Should().Be(0, "the quota is free for the next try");
    }

    [Fact]
    public async Task Confirm_MultipartConcurrently_CompletesOnce()
    {
        await using var host = CreateHost(clock: TimeProvider.System);
        var grant = await GrantAsync(host);
        PutPart(host, grant, 1, 2, 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => host.ConfirmAsync(grant))));

        answers.Should().OnlyContain(answer => answer.Succeeded && (answer.Value.Status == UploadStatus.Ready || !answer.Value.IsTerminal));
        (await host.GetRecordAsync(grant)).Transitions.Count(taken => taken.Status == UploadStatus.Ready).Should().Be(1);
    }

    [Fact]
    public async Task Renew_Put_KeepsRecordAndKey()
    {
        await using var host = CreateHost();
        var grant = await host.GrantAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(20));

        var renewed = (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Value!;

        new Uri(renewed.Url).AbsolutePath.Should().Be(new Uri(grant.Instructions.Url).AbsolutePath);
        renewed.ExpiresAt.Should().Be(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
    }

    [Fact]
    public async Task Parts_WithoutWriteToken_AreRefused()
    {
        await using var host = CreateHost();
        var grant = await GrantAsync(host);

        (await host.Service.SignPartsAsync(grant.Record.Id, grant.ReadToken, [1])).Error!.Code.Should().Be(UploadErrorCodes.TokenInvalid);
        (await host.Service.ListPartsAsync(grant.Record.Id, UploadToken.Create())).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
        (await host.Service.RenewAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.TokenInvalid);
    }

    [Fact]
    public async Task ConfirmParts_ClientChoosesParts_NeedsTheirList()
    {
        await using var host = CreateHost();
        var grant = await host.GrantAsync(Request with { Size = null, Method = UploadMethod.Multipart });
        grant.Instructions.Should().BeEquivalentTo(
            new { PartSize = 0L, PartCount = 0, Parts = Array.Empty<SignedPart>(), RequiresPartChecksums = false });
        var signed = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [1, 2, 7]);
        signed.Value!.Should().OnlyContain(part => part.Size == null);
        PutPart(host, grant, 1, 100);
        PutPart(host, grant, 2, 50);
        PutPart(host, grant, 7, 1); // of an earlier way to cut it

        (await host.ConfirmAsync(grant)).Error!.Message.Should().Contain("The list of parts is missing");
        (await host.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string>
        {
            [1] = "1",
            [3] = "3",
        })).Error!.Message.Should().StartWith("Part 3 ");
        var ready = (await host.Service.ConfirmAsync(
            grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "2" })).Value!;

        (ready.Status, ready.Size).Should().Be((UploadStatus.Ready, 150L));
        host.Bucket[ready.Key!]!.Bytes.Should().Equal(CreateBytes(1, 100).Concat(CreateBytes(2, 50)));
    }

    [Fact]
    public async Task ConfirmParts_ClientChoosesParts_MaxSizeIsEnforced()
    {
        await using var host = CreateHost(notes => notes.MaxSize = 100);
        var grant = await host.GrantAsync(Request with { Size = null, Method = UploadMethod.Multipart });
        PutPart(host, grant, 1, 60);
        PutPart(host, grant, 2, 60);

        var refused = await host.Service.ConfirmAsync(
            grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "2" });

        refused.Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        host.Bucket.Count(BucketOperation.Complete).Should().Be(0);
        host.Bucket.Unfinished.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Confirm_FormWithoutSize_ProfileLimitsTheSize(int size, bool taken)
    {
        await using var host = CreateHost(notes => (notes.UploadMethod, notes.MaxSize) = (UploadMethod.Post, 100));
        var grant = await host.GrantAsync(Request with { Size = null });
        (grant.Record.DeclaredSize, grant.Record.IsSizeUnknown).Should().Be((100, true));
        host.Bucket.Put(grant.Record.StagingKey, new string('a', size));

        (await host.ConfirmAsync(grant)).Succeeded.Should().Be(taken);
    }

    [Fact]
    public async Task Request_PutWithoutSize_IsRefused()
    {
        await using var host = CreateHost();

        (await host.Service.RequestAsync(Request with { Size = null }, new UploadCaller())).Error!.Message
            .Should().Contain("size is missing");
    }

    private const long SizeOfTenThousandParts = 10_000L * PartSize;

    private static UploadRequest Request { get; } = UploadHost.Request with { Size = Size };

    private static UploadHost CreateHost(Action<UploadProfile>? profile = null, TimeProvider? clock = null) => new(
        profile: notes =>
        {
            (notes.MaxSize, notes.MultipartThreshold, notes.PartSize) = (10L * PartSize, PartSize, PartSize);
            profile?.Invoke(notes);
        },
        clock: clock);

    private static Task<UploadGrant> GrantAsync(UploadHost host) => host.GrantAsync(Request);

    private static void PutPart(UploadHost host, UploadGrant grant, params int[] numbers)
    {
        foreach (var number in numbers)
            PutPart(host, grant, number, (int)grant.Record.Parts!.GetPartSize(number, Size)!.Value);
    }

    private static void PutPart(UploadHost host, UploadGrant grant, int number, int size) =>
        host.Bucket.Parts[(grant.Record.Parts!.MultipartId!, number)] = CreateBytes(number, size);

    private static byte[] CreateBytes(int number, int size) => Encoding.ASCII.GetBytes(new string((char)('a' + number), size));
}
