using System.Net;

namespace DirectUpload.S3Conformance.Proof;

/// <summary>The suites are held to servers that each get one thing wrong: the case that is there for it must fail.</summary>
public sealed class A_broken_server_is_caught
{
    [Fact]
    public Task That_forgets_a_range() => Catches<LocalS3.Ranges>(
        s => new(s), suite => suite.A_range_answers_that_part("bytes=0-3", "0123, bytes 0-3/10"),
        (request, server) =>
        {
            request.Headers.Remove("range");
            return server(request);
        });

    [Fact]
    public Task That_calls_a_failed_condition_a_success() => Catches<LocalS3.ConditionalWrites>(
        s => new(s), suite => suite.If_none_match_refuses_an_existing_key(), Turning(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task That_lets_every_racer_win() => Catches<LocalS3.ConditionalWrites>(
        s => new(s), suite => suite.A_race_to_create_has_one_winner(), Turning(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task That_copies_a_changed_source() => Catches<LocalS3.Copy>(
        s => new(s), suite => suite.A_copy_of_a_changed_source_is_refused(), Turning(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task That_refuses_and_stores_all_the_same() => Catches<LocalS3.PresignedPutMutations>(
        s => new(s), suite => suite.A_changed_signature_is_refused(),
        async (request, server) => request.RequestUri!.Query.Contains("X-Amz-Signature", StringComparison.Ordinal)
            ? Answer(HttpStatusCode.Forbidden, "<Error><Code>SignatureDoesNotMatch</Code></Error>")
            : request.Method == HttpMethod.Get ? Answer(HttpStatusCode.OK, "hello") : await server(request));

    [Fact]
    public Task That_stores_a_file_beyond_the_policy_s_size() => Catches<LocalS3.PostPolicySizes>(
        s => new(s), suite => suite.A_file_is_held_to_the_range(11, "400 EntityTooLarge, nothing"),
        (request, server) => request.Method == HttpMethod.Post ? Task.FromResult(Answer(HttpStatusCode.NoContent, "")) : server(request));

    [Fact]
    public Task That_says_nothing_of_cors() => Catches<LocalS3.Cors>(
        s => new(s), suite => suite.An_upload_s_answer_may_be_read_by_the_origin(),
        async (request, server) =>
        {
            var response = await server(request);
            response.Headers.Remove("access-control-allow-origin");
            return response;
        });

    [Fact]
    public Task That_normalises_keys() => Catches<LocalS3.Keys>(
        s => new(s), suite => suite.An_odd_key_round_trips("a//b.txt"),
        (request, server) =>
        {
            request.RequestUri = new Uri(request.RequestUri!.OriginalString.Replace("a//b", "a/b", StringComparison.Ordinal));
            return server(request);
        });

    [Fact]
    public Task That_completes_in_any_order() => Catches<LocalS3.MultipartComplete>(
        s => new(s), suite => suite.A_list_out_of_order_is_refused(), Turning(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task That_completes_over_a_key_that_is_there() => Catches<LocalS3.MultipartConditions>(
        s => new(s), suite => suite.A_completion_that_must_create_refuses_a_key_that_is_there(),
        Turning(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task That_takes_small_parts() => Catches<LocalS3.MultipartComplete>(
        s => new(s), suite => suite.A_small_part_that_is_not_the_last_is_refused(), Turning(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task That_copies_a_part_of_a_changed_source() => Catches<LocalS3.PartCopy>(
        s => new(s), suite => suite.A_part_of_a_changed_source_is_refused(),
        (request, server) => request.Headers.Contains("x-amz-copy-source-if-match")
            ? Task.FromResult(Answer(HttpStatusCode.OK, "<CopyPartResult/>")) : server(request));

    [Fact]
    public Task That_forgets_which_part_is_asked_for() => Catches<LocalS3.MultipartReads>(
        s => new(s), suite => suite.A_part_is_read_by_its_number("GET"), Turning(HttpStatusCode.PartialContent, HttpStatusCode.OK));

    [Fact]
    public Task That_does_not_look_at_a_part_s_checksum() => Catches<LocalS3.MultipartChecksums>(
        s => new(s), suite => suite.A_part_of_another_checksum_is_refused(), Turning(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task That_keeps_no_checksum() => Catches<LocalS3.DefaultChecksums>(
        s => new(s), suite => suite.Without_a_checksum_crc64nvme_is_kept(),
        async (request, server) =>
        {
            var response = await server(request);
            response.Headers.Remove("x-amz-checksum-crc64nvme");
            return response;
        });

    [Fact]
    public Task That_forgets_which_version_is_asked_for() => Catches<LocalS3.VersionCopy>(
        s => new(s), suite => suite.An_old_version_is_copied_by_its_id(),
        (request, server) => request.Headers.TryGetValues("x-amz-copy-source", out var source)
                && source.Any(s => s.Contains("versionId", StringComparison.Ordinal))
            ? Task.FromResult(Answer(HttpStatusCode.OK, "<CopyObjectResult/>")) : server(request));

    [Fact]
    public Task That_calls_a_deleted_version_a_missing_key() => Catches<LocalS3.Versions>(
        s => new(s), suite => suite.A_delete_marker_cannot_be_read("GET", "405 MethodNotAllowed, true, DELETE"),
        Turning(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound));

    [Fact]
    public Task That_takes_a_token_of_another_session() => Catches<LocalS3.SessionCredentials>(
        s => new(s), suite => suite.The_token_of_another_session_is_refused(), Turning(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task That_forgets_tags() => Catches<LocalS3.Tagging>(
        s => new(s), suite => suite.Tags_that_were_put_are_read(),
        async (request, server) => request.Method == HttpMethod.Get
            ? Answer(HttpStatusCode.OK, "<Tagging><TagSet/></Tagging>") : await server(request));

    [Fact]
    public Task That_takes_any_lifecycle_rule() => Catches<LocalS3.Lifecycle>(
        s => new(s), suite => suite.Days_and_a_date_are_refused(), Turning(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task That_serves_a_private_object_to_anybody() => Catches<LocalS3.Acl>(
        s => new(s), suite => suite.A_private_object_is_not_read_without_a_signature(), Turning(HttpStatusCode.Forbidden, HttpStatusCode.OK));

    [Fact]
    public Task That_tells_no_next_marker() => Catches<LocalS3.ListingV1>(
        s => new(s), suite => suite.With_a_delimiter_a_page_names_the_next_marker(), async (request, server) =>
        {
            var response = await server(request);
            var text = await response.Content.ReadAsStringAsync();
            response.Content = new StringContent(text.Replace("NextMarker>", "Next>", StringComparison.Ordinal));
            return response;
        });

    private static Fault Turning(HttpStatusCode from, HttpStatusCode to) => async (request, server) =>
    {
        var response = await server(request);
        if (response.StatusCode == from) response.StatusCode = to;
        return response;
    };

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    /// <summary>The case holds on the sound server, and does not on the broken one: so it is the fault that is caught.</summary>
    private static async Task Catches<TSuite>(Func<LocalS3Fixture, TSuite> suite, Func<TSuite, Task> @case, Fault fault)
    {
        await using var sound = new BrokenServer((request, server) => server(request));
        await sound.InitializeAsync();
        await @case(suite(sound));

        await using var broken = new BrokenServer(fault);
        await broken.InitializeAsync();
        var running = () => @case(suite(broken));
        (await running.Should().ThrowAsync<Exception>()).Which.Message.Should().Contain("that is how AWS answers");
    }
}
