using System.Net;

namespace DirectUpload.S3Conformance.SelfTests;

/// <summary>The suites are held to servers that each get one thing wrong: the case that is there for it must fail.</summary>
public sealed class BrokenServerTests
{
    [Fact]
    public Task Ignoring_a_range_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.Ranges>(
        s => new(s), suite => suite.A_range_answers_that_part("bytes=0-3", "0123, bytes 0-3/10"),
        (request, server) =>
        {
            request.Headers.Remove("range");
            return server(request);
        });

    [Fact]
    public Task Success_for_a_failed_condition_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.ConditionalWrites>(
        s => new(s), suite => suite.If_none_match_refuses_an_existing_key(),
        ReplaceStatus(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task Several_winners_of_a_race_are_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.ConditionalWrites>(
        s => new(s), suite => suite.A_race_to_create_has_one_winner(), ReplaceStatus(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task Copying_a_changed_source_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.CopyObject>(
        s => new(s), suite => suite.A_copy_of_a_changed_source_is_refused(),
        ReplaceStatus(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task Storing_a_refused_object_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.PresignedPutTampering>(
        s => new(s), suite => suite.A_changed_signature_is_refused(),
        async (request, server) => request.RequestUri!.Query.Contains("X-Amz-Signature", StringComparison.Ordinal)
            ? Answer(HttpStatusCode.Forbidden, "<Error><Code>SignatureDoesNotMatch</Code></Error>")
            : request.Method == HttpMethod.Get ? Answer(HttpStatusCode.OK, "hello") : await server(request));

    [Fact]
    public Task Exceeding_the_policy_s_size_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.PostPolicySizes>(
        s => new(s), suite => suite.A_file_must_be_within_the_size_range(11, "400 EntityTooLarge, nothing"),
        (request, server) => request.Method == HttpMethod.Post ? Task.FromResult(Answer(HttpStatusCode.NoContent, "")) : server(request));

    [Fact]
    public Task Missing_CORS_headers_are_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.Cors>(
        s => new(s), suite => suite.The_origin_can_read_an_upload_response(),
        async (request, server) =>
        {
            var response = await server(request);
            response.Headers.Remove("access-control-allow-origin");
            return response;
        });

    [Fact]
    public Task Normalizing_keys_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.ObjectKeys>(
        s => new(s), suite => suite.A_key_with_special_characters_round_trips("a//b.txt"),
        (request, server) =>
        {
            request.RequestUri = new Uri(request.RequestUri!.OriginalString.Replace("a//b", "a/b", StringComparison.Ordinal));
            return server(request);
        });

    [Fact]
    public Task Completing_out_of_order_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.MultipartCompletion>(
        s => new(s), suite => suite.A_list_out_of_order_is_refused(), ReplaceStatus(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task Completing_over_an_existing_key_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.MultipartConditions>(
        s => new(s), suite => suite.A_create_only_completion_refuses_an_existing_key(),
        ReplaceStatus(HttpStatusCode.PreconditionFailed, HttpStatusCode.OK));

    [Fact]
    public Task Accepting_small_parts_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.MultipartCompletion>(
        s => new(s), suite => suite.A_small_part_that_is_not_the_last_is_refused(),
        ReplaceStatus(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task Copying_a_part_of_a_changed_source_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.UploadPartCopy>(
        s => new(s), suite => suite.A_part_copy_of_a_changed_source_is_refused(),
        (request, server) => request.Headers.Contains("x-amz-copy-source-if-match")
            ? Task.FromResult(Answer(HttpStatusCode.OK, "<CopyPartResult/>")) : server(request));

    [Fact]
    public Task Ignoring_the_part_number_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.MultipartReads>(
        s => new(s), suite => suite.A_part_is_read_by_its_number("GET"), ReplaceStatus(HttpStatusCode.PartialContent, HttpStatusCode.OK));

    [Fact]
    public Task Ignoring_a_part_s_checksum_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.MultipartChecksums>(
        s => new(s), suite => suite.A_part_with_a_wrong_checksum_is_refused(), ReplaceStatus(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task Losing_a_checksum_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.DefaultChecksums>(
        s => new(s), suite => suite.Without_a_checksum_CRC64NVME_is_stored(),
        async (request, server) =>
        {
            var response = await server(request);
            response.Headers.Remove("x-amz-checksum-crc64nvme");
            return response;
        });

    [Fact]
    public Task Ignoring_the_version_id_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.VersionCopy>(
        s => new(s), suite => suite.An_old_version_is_copied_by_its_id(),
        (request, server) => request.Headers.TryGetValues("x-amz-copy-source", out var source)
                && source.Any(s => s.Contains("versionId", StringComparison.Ordinal))
            ? Task.FromResult(Answer(HttpStatusCode.OK, "<CopyObjectResult/>")) : server(request));

    [Fact]
    public Task A_wrong_error_for_a_deleted_version_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.ObjectVersions>(
        s => new(s), suite => suite.A_delete_marker_cannot_be_read("GET", "405 MethodNotAllowed, true, DELETE"),
        ReplaceStatus(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound));

    [Fact]
    public Task Accepting_another_session_s_token_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.SessionCredentials>(
        s => new(s), suite => suite.The_token_of_another_session_is_refused(), ReplaceStatus(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task Losing_tags_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.ObjectTagging>(
        s => new(s), suite => suite.Tags_round_trip(),
        async (request, server) => request.Method == HttpMethod.Get
            ? Answer(HttpStatusCode.OK, "<Tagging><TagSet/></Tagging>") : await server(request));

    [Fact]
    public Task Accepting_any_lifecycle_rule_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.LifecycleConfiguration>(
        s => new(s), suite => suite.Days_together_with_a_date_are_refused(), ReplaceStatus(HttpStatusCode.BadRequest, HttpStatusCode.OK));

    [Fact]
    public Task Serving_a_private_object_unsigned_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.AccessControlLists>(
        s => new(s), suite => suite.A_private_object_needs_signed_reads(), ReplaceStatus(HttpStatusCode.Forbidden, HttpStatusCode.OK));

    [Fact]
    public Task A_missing_next_marker_is_caught() => Catches<DirectUpload.S3Conformance.Servers.LocalS3.ListObjectsV1>(
        s => new(s), suite => suite.A_page_with_a_delimiter_has_a_next_marker(), async (request, server) =>
        {
            var response = await server(request);
            var text = await response.Content.ReadAsStringAsync();
            response.Content = new StringContent(text.Replace("NextMarker>", "Next>", StringComparison.Ordinal));
            return response;
        });

    private static Fault ReplaceStatus(HttpStatusCode from, HttpStatusCode to) => async (request, server) =>
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
