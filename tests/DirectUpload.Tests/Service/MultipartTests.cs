using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

/// <summary>An upload in parts, of 5 MiB each: what counts is what storage has, and completing is ours.</summary>
public sealed class MultipartTests
{
    private const int PartSize = 5 * 1024 * 1024;
    private const int Size = (2 * PartSize) + 7;

    [Fact]
    public async Task It_is_cut_and_its_parts_are_signed_with_the_grant()
    {
        await using var host = Host();

        var grant = await GrantAsync(host);

        grant.Instructions.Method.Should().Be(UploadMethod.Multipart);
        var multipart = grant.Instructions.Multipart!;
        (multipart.PartSize, multipart.PartCount).Should().Be((PartSize, 3));
        multipart.Parts.Select(part => (part.Number, part.Size)).Should().Equal((1, PartSize), (2, PartSize), (3, 7));
        multipart.Parts.Should().OnlyContain(part => part.Url.Contains("uploadId=", StringComparison.Ordinal) && part.Url.Contains("content-length", StringComparison.Ordinal));
        host.Bucket.Unfinished.Should().ContainSingle().Which.Value.Key.Should().Be(grant.Record.StagingKey);
    }

    [Theory]
    [InlineData(100, UploadMethod.Put)]
    [InlineData(PartSize, UploadMethod.Put)]
    [InlineData(PartSize + 1, UploadMethod.Multipart)]
    public async Task By_its_size_it_goes_in_parts_or_not(long size, UploadMethod method)
    {
        await using var host = Host();

        (await host.GrantAsync(UploadHost.Request with { Size = size })).Instructions.Method.Should().Be(method);
    }

    [Fact]
    public async Task Confirmed_it_is_put_together_and_ready()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        Send(host, grant, 1, 2, 3);

        var ready = (await host.ConfirmAsync(grant)).Value!;

        (ready.Status, ready.Size).Should().Be((UploadStatus.Ready, (long)Size));
        host.Bucket[ready.FinalKey]!.Bytes.Should().Equal(Bytes(1, PartSize).Concat(Bytes(2, PartSize)).Concat(Bytes(3, 7)));
        host.Bucket.Unfinished.Should().BeEmpty();
        (await host.ConfirmAsync(grant)).Value.Should().Be(ready, "a second complete gives the same answer");
    }

    [Fact]
    public async Task Before_all_parts_are_there_it_says_which_are_missing()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        Send(host, grant, 2);

        var early = await host.ConfirmAsync(grant);

        early.Error!.Reason.Should().Be(UploadErrorReason.NotUploaded);
        early.Error.Detail.Should().Contain("Parts 1, 3 ");
        (await host.Service.ListPartsAsync(grant.Record.Id, grant.WriteToken)).Value!.Select(part => (part.Number, part.Size)).Should().Equal((2, PartSize));
    }

    [Theory]
    [InlineData(2, PartSize - 1)]
    [InlineData(3, 8)]
    [InlineData(4, 1)]
    public async Task A_part_that_was_not_granted_so_ends_it_before_anything_is_put_together(int number, int size)
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        Send(host, grant, 1, 2, 3);
        Send(host, grant, number, size);

        var refused = await host.ConfirmAsync(grant);

        refused.Error!.Reason.Should().Be(UploadErrorReason.Mismatch);
        refused.Error.Detail.Should().Contain($"art {number}");
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Rejected);
        host.Bucket.Count(BucketVerb.Complete).Should().Be(0);
        host.Bucket.Unfinished.Should().BeEmpty("its parts cost money");
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task What_the_client_did_not_send_is_a_conflict_and_not_the_end()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        Send(host, grant, 1, 2, 3);

        var other = await host.Service.ConfirmPartsAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "\"other\"", [3] = "\"3\"" });
        other.Error!.Reason.Should().Be(UploadErrorReason.Conflict);
        other.Error.Detail.Should().StartWith("Part 2 ");

        (await host.Service.ConfirmPartsAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "\"2\"" })).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Ten_thousand_parts_are_signed_at_once_and_one_more_is_none_of_them()
    {
        await using var host = Host(notes => (notes.MaxSize, notes.PartSize) = (SizeOfTenThousand, PartSize));
        var grant = await host.GrantAsync(UploadHost.Request with { Size = SizeOfTenThousand });

        var signed = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [.. Enumerable.Range(1, 10_000)]);
        var beyond = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [10_000, 10_001]);

        signed.Value!.Parts.Should().HaveCount(10_000).And.OnlyContain(part => part.Size == PartSize);
        signed.Value.Parts.Select(part => part.Number).Should().Equal(Enumerable.Range(1, 10_000));
        signed.Value.Parts.Select(part => part.Url).Should().OnlyHaveUniqueItems();
        beyond.Error!.Detail.Should().Contain("10001");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5L * 1024 * 1024 * 1024)]
    [InlineData(200L * 1024 * 1024 * 1024)]
    [InlineData(10_000L * 5 * 1024 * 1024 * 1024)]
    public void Ten_thousand_parts_suffice_for_any_size(long size)
    {
        var parts = PartSizes.For(new UploadProfile(), UploadHost.Request with { Size = size, Method = UploadMethod.Multipart })!;

        parts.CountOf(size).Should().BeInRange(1, 10_000);
        parts.Size.Should().BeInRange(5L * 1024 * 1024, 5L * 1024 * 1024 * 1024);
        Enumerable.Range(1, parts.CountOf(size)).Sum(number => parts.SizeOf(number, size)!.Value).Should().Be(size);
    }

    [Fact]
    public async Task Signing_more_parts_late_makes_the_grant_last_and_early_costs_no_write()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);

        var early = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [1]);
        (await host.RecordOf(grant)).Version.Should().Be(grant.Record.Version);
        early.Value!.ExpiresAt.Should().Be(grant.Record.GrantExpiresAt);

        host.Clock.Advance(TimeSpan.FromMinutes(70));
        var late = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [2]);
        late.Value!.ExpiresAt.Should().Be(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));
        (await host.RecordOf(grant)).GrantExpiresAt.Should().Be(late.Value.ExpiresAt);
        (await host.RunWorkerAt(TimeSpan.FromMinutes(76))).Should().Be(0, "there is time again");
    }

    [Fact]
    public async Task When_its_time_is_over_its_parts_are_gone()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        Send(host, grant, 1);

        await host.RunWorkerAt(TimeSpan.FromHours(2));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Expired);
        (await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [2])).Error!.Reason.Should().Be(UploadErrorReason.Expired);
        (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Error!.Reason.Should().Be(UploadErrorReason.Expired);
        await host.RunWorkerAt(TimeSpan.FromHours(4));
        host.Bucket.Unfinished.Should().BeEmpty();
    }

    [Fact]
    public async Task All_parts_there_and_nobody_confirms_the_worker_does()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        Send(host, grant, 1, 2, 3);

        await host.RunWorkerAt(TimeSpan.FromHours(2));

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Aborting_leaves_no_parts_not_even_those_that_were_begun_twice()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);
        await host.Bucket.BeginAsync(grant.Record.StagingKey, "text/plain", new(), partChecksums: false); // a lost answer, and the SDK asked again

        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        host.Bucket.Unfinished.Should().BeEmpty();
    }

    [Fact]
    public async Task Storage_that_can_t_begin_it_leaves_a_record_that_ends_and_no_parts()
    {
        await using var host = Host();
        host.Bucket.Fail(BucketVerb.Begin);

        var request = () => host.Service.RequestAsync(Request, new UploadCaller { Owner = "ada" });

        await request.Should().ThrowAsync<HttpRequestException>();
        (await host.Store.ListByOwnerAsync("ada", 10)).Should().ContainSingle().Which.Status.Should().Be(UploadStatus.Aborted);
        (await host.Store.CountPendingAsync("notes", "ada", host.Clock.GetUtcNow())).Count.Should().Be(0, "the quota is free for the next try");
    }

    [Fact]
    public async Task From_many_sides_at_once_it_is_put_together_once()
    {
        await using var host = Host(clock: TimeProvider.System);
        var grant = await GrantAsync(host);
        Send(host, grant, 1, 2, 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => host.ConfirmAsync(grant))));

        answers.Should().OnlyContain(answer => answer.Succeeded && (answer.Value.Status == UploadStatus.Ready || !answer.Value.Status.IsSettled()));
        (await host.RecordOf(grant)).Audit.Transitions.Count(taken => taken.Status == UploadStatus.Ready).Should().Be(1);
    }

    [Fact]
    public async Task A_renewed_PUT_has_the_same_record_and_key()
    {
        await using var host = Host();
        var grant = await host.GrantAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(20));

        var renewed = (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Value!;

        new Uri(renewed.Url).AbsolutePath.Should().Be(new Uri(grant.Instructions.Url).AbsolutePath);
        renewed.ExpiresAt.Should().Be(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(15));
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        (await host.Service.RenewAsync(grant.Record.Id, grant.WriteToken)).Error!.Reason.Should().Be(UploadErrorReason.Conflict);
    }

    [Fact]
    public async Task Parts_are_for_who_holds_the_write_token()
    {
        await using var host = Host();
        var grant = await GrantAsync(host);

        (await host.Service.SignPartsAsync(grant.Record.Id, grant.ReadToken, [1])).Error!.Reason.Should().Be(UploadErrorReason.TokenInvalid);
        (await host.Service.ListPartsAsync(grant.Record.Id, UploadToken.New())).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
        (await host.Service.RenewAsync(grant.Record.Id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.TokenInvalid);
    }

    [Fact]
    public async Task Where_the_client_cuts_the_file_its_word_says_when_it_is_whole()
    {
        await using var host = Host();
        var grant = await host.GrantAsync(Request with { Size = null, Method = UploadMethod.Multipart });
        grant.Instructions.Multipart.Should().BeEquivalentTo(new MultipartInstructions(0, 0, [], PartChecksums: false));
        var signed = await host.Service.SignPartsAsync(grant.Record.Id, grant.WriteToken, [1, 2, 7]);
        signed.Value!.Parts.Should().OnlyContain(part => part.Size == null);
        Send(host, grant, 1, 100);
        Send(host, grant, 2, 50);
        Send(host, grant, 7, 1); // of an earlier way to cut it

        (await host.ConfirmAsync(grant)).Error!.Detail.Should().Contain("Say which parts");
        (await host.Service.ConfirmPartsAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [3] = "3" })).Error!.Detail.Should().StartWith("Part 3 ");
        var ready = (await host.Service.ConfirmPartsAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "2" })).Value!;

        (ready.Status, ready.Size).Should().Be((UploadStatus.Ready, 150L));
        host.Bucket[ready.FinalKey]!.Bytes.Should().Equal(Bytes(1, 100).Concat(Bytes(2, 50)));
    }

    [Fact]
    public async Task Where_the_client_cuts_the_file_it_can_t_be_larger_than_the_profile_takes()
    {
        await using var host = Host(notes => notes.MaxSize = 100);
        var grant = await host.GrantAsync(Request with { Size = null, Method = UploadMethod.Multipart });
        Send(host, grant, 1, 60);
        Send(host, grant, 2, 60);

        var refused = await host.Service.ConfirmPartsAsync(grant.Record.Id, grant.WriteToken, new Dictionary<int, string> { [1] = "1", [2] = "2" });

        refused.Error!.Reason.Should().Be(UploadErrorReason.Mismatch);
        host.Bucket.Count(BucketVerb.Complete).Should().Be(0);
        host.Bucket.Unfinished.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_form_whose_size_is_open_takes_what_the_profile_takes(int size, bool taken)
    {
        await using var host = Host(notes => (notes.Method, notes.MaxSize) = (UploadMethod.Post, 100));
        var grant = await host.GrantAsync(Request with { Size = null });
        (grant.Record.ClaimedSize, grant.Record.SizeIsOpen).Should().Be((100, true));
        host.Bucket.Put(grant.Record.StagingKey, new string('a', size));

        (await host.ConfirmAsync(grant)).Succeeded.Should().Be(taken);
    }

    [Fact]
    public async Task A_PUT_needs_the_size()
    {
        await using var host = Host();

        (await host.Service.RequestAsync(Request with { Size = null }, new UploadCaller())).Error!.Detail.Should().Contain("size is missing");
    }

    private const long SizeOfTenThousand = 10_000L * PartSize;

    private static UploadRequest Request { get; } = UploadHost.Request with { Size = Size };

    private static UploadHost Host(Action<UploadProfile>? profile = null, TimeProvider? clock = null) => new(
        profile: notes =>
        {
            (notes.MaxSize, notes.MultipartAbove, notes.PartSize) = (10L * PartSize, PartSize, PartSize);
            profile?.Invoke(notes);
        },
        clock: clock);

    private static Task<UploadGrant> GrantAsync(UploadHost host) => host.GrantAsync(Request);

    private static void Send(UploadHost host, UploadGrant grant, params int[] numbers)
    {
        foreach (var number in numbers)
            Send(host, grant, number, (int)grant.Record.Parts!.SizeOf(number, Size)!.Value);
    }

    private static void Send(UploadHost host, UploadGrant grant, int number, int size) =>
        host.Bucket.Parts[(grant.Record.Parts!.MultipartId!, number)] = Bytes(number, size);

    private static byte[] Bytes(int number, int size) => Encoding.ASCII.GetBytes(new string((char)('a' + number), size));
}
