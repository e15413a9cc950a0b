using DirectUpload.S3Conformance.Suites;

namespace DirectUpload.S3Conformance.Servers;

/// <summary>
/// Where the S3 API of OpenStack Swift 2.30.1, as Debian 12 ships it, differs from AWS in what both have.
/// <see cref="SwiftMissingFeatures"/> holds what it lacks. Looser is marked so: what a test on Swift alone cannot prove.
/// </summary>
public static class SwiftDeviations
{
    private const string CorsRules = "CORS rules of a bucket are not implemented";
    private const string IfMatch = "If-Match is not implemented on writing";
    private const string IfNoneMatch = "If-None-Match is not implemented";
    private const string NoForms = "there are no forms";
    private const string NoSessions = "there are no sessions";
    private const string PartNumber = "partNumber is not implemented on reading";
    private const string Preflights = "a preflight is only answered at a presigned URL";
    private const string Unsigned = "a request without a signature is not taken for S3";

    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>(SwiftMissingFeatures.All)
    {
        // presigned and signed requests
        [nameof(PresignedCredentials.A_credential_without_its_scope_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PresignedCredentials.An_unknown_access_key_is_refused)] = new("403 SignatureDoesNotMatch, nothing", "another code"),
        [nameof(PresignedGet.Reading_needs_a_signature)] = new("400", Unsigned),
        [nameof(PresignedLifetimes.A_date_in_the_future_is_refused)] = new("200, hello", "looser: only the past is checked"),
        [nameof(PresignedPut.Metadata_in_the_query_is_applied)] = new("200, none", "metadata in the query is ignored"),
        [nameof(PresignedPutHeaders.A_changed_signed_header_is_refused) + "(if-none-match)"] =
            new("501 NotImplemented, nothing", "not implemented, which is checked before the signature"),
        [nameof(PresignedPutHeaders.A_changed_signed_header_is_refused) + "(x-amz-tagging)"] =
            new("501 NotImplemented, nothing", "not implemented, which is checked before the signature"),
        [nameof(PresignedPutHeaders.An_unsigned_amz_header_is_refused) + "(x-amz-storage-class)"] =
            new("200, hello", "looser: an unsigned header is taken"),
        [nameof(PresignedPutHeaders.An_unsigned_amz_header_is_refused) + "(x-amz-tagging)"] =
            new("501 NotImplemented, nothing", "not implemented, which is checked before the signature"),
        [nameof(PresignedPutTampering.A_missing_parameter_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PresignedPutTampering.A_missing_parameter_is_refused) + "(X-Amz-Credential)"] = new("400, nothing", "another code"),
        [nameof(PresignedPutTampering.A_missing_parameter_is_refused) + "(X-Amz-SignedHeaders)"] =
            new("400 AuthorizationHeaderMalformed, nothing", "another code"),
        [nameof(PresignedPutTampering.A_request_without_authentication_is_refused)] = new("400, nothing", Unsigned),
        [nameof(HeaderAuthentication.An_unknown_access_key_is_refused_in_the_header)] =
            new("403 SignatureDoesNotMatch, nothing", "another code"),
        [nameof(HeaderAuthentication.A_changed_body_is_refused)] = new("400 BadDigest, nothing", "another code"),
        [nameof(HeaderAuthentication.The_SDK_s_chunked_body_is_stored)] = new(
            "501 NotImplemented", "aws-chunked bodies are not implemented"),
        [nameof(HeaderAuthentication.The_SDK_writes_and_reads_an_object)] = new(
            "501 NotImplemented, ", "aws-chunked bodies are not implemented"),
        [nameof(SessionCredentials.A_permanent_key_with_an_invalid_token_is_refused)] = new("200, hello", "looser: " + NoSessions),
        [nameof(SessionCredentials.A_session_s_form_is_accepted)] = new("412, nothing", NoForms),
        [nameof(SessionCredentials.A_session_s_form_without_the_token_in_its_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(SessionCredentials.A_session_s_form_without_the_token_is_refused)] = new("412, nothing", NoForms),
        [nameof(SessionCredentials.A_session_s_key_without_its_token_is_refused)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_session_s_presigned_URL_is_accepted)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_session_s_presigned_URL_without_its_token_is_refused)] =
            new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_session_s_request_is_accepted)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.An_invalid_token_is_refused)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.An_invalid_token_is_refused_in_a_URL)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.The_token_of_another_session_is_refused)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(VirtualHosts.A_form_is_posted_to_the_bucket_s_host)] = new("404, nothing", NoForms),
        [nameof(VirtualHosts.A_preflight_at_the_bucket_s_host_uses_its_rules)] = new("412, PUT among the methods: ", Preflights),

        // objects, buckets and listings
        [nameof(Buckets.A_bucket_s_owner_can_create_it_again)] = new("409 BucketAlreadyOwnedByYou", "another code"),
        [nameof(Buckets.A_new_bucket_has_no_CORS_rules)] = new("501 NotImplemented", CorsRules),
        [nameof(Buckets.Creating_a_bucket_needs_a_signature)] = new("412, 404", Unsigned),
        [nameof(Deletes.Deleting_needs_a_signature)] = new("400, hello", Unsigned),
        [nameof(ListObjectsV2.Listing_needs_a_signature)] = new("412", Unsigned),
        [nameof(ListObjectsV1.Listing_by_version_1_needs_a_signature)] = new("412", Unsigned),
        [nameof(Ranges.A_whole_read_returns_accept_ranges)] = new("none", "no Accept-Ranges header"),
        [nameof(CopyObject.A_create_only_copy_refuses_an_existing_key)] = new("501 NotImplemented, before", IfNoneMatch),
        [nameof(ConditionalWrites.A_race_to_create_has_one_winner)] = new("0 won, 0 lost, the winner's bytes are kept: False", IfNoneMatch),
        [nameof(ConditionalWrites.If_match_on_a_missing_key_returns_404)] = new("501 NotImplemented, nothing", IfMatch),
        [nameof(ConditionalWrites.If_match_with_an_old_ETag_is_refused)] = new("501 NotImplemented, between", IfMatch),
        [nameof(ConditionalWrites.If_match_with_the_current_ETag_replaces)] = new("501 NotImplemented, before", IfMatch),
        [nameof(ConditionalWrites.If_none_match_creates_a_new_object)] = new("501 NotImplemented, nothing", IfNoneMatch),
        [nameof(ConditionalWrites.If_none_match_creates_again_after_a_delete)] = new("501 NotImplemented, nothing", IfNoneMatch),
        [nameof(ConditionalWrites.If_none_match_refuses_an_existing_key)] = new("501 NotImplemented, before", IfNoneMatch),

        // multipart uploads
        [nameof(MultipartUploads.An_unsigned_amz_header_on_a_part_is_refused)] = new("200", "looser: an unsigned header is taken"),
        [nameof(MultipartUploads.Creating_an_upload_needs_a_signature)] = new("400", Unsigned),
        [nameof(MultipartListing.Uploads_under_one_key_are_listed_by_age)] = new("False", "by id, which is random"),
        [nameof(MultipartCompletion.A_copy_of_the_object_has_a_plain_ETag)] = new(
            "\"62109206880d38a4010a98e11243924a-1\"", "a copy keeps the ETag"),
        [nameof(MultipartCompletion.A_completed_upload_no_longer_exists)] =
            new("200, 200", "looser: parts are taken and listed after completing, and a part that is replaced breaks the object"),
        [nameof(MultipartCompletion.The_declared_object_size_must_match_the_parts) + "(6)"] =
            new("200, hello", "looser: x-amz-mp-object-size is ignored"),
        [nameof(MultipartConditions.A_completion_with_the_current_ETag_replaces)] =
            new("412 PreconditionFailed, before", "If-Match compares with nothing that a client knows"),
        [nameof(MultipartConditions.A_create_only_completion_conflicts_with_a_delete)] =
            new("200, hello", "looser: only what is there when it completes counts"),
        [nameof(MultipartConditions.A_create_only_completion_refuses_a_later_object)] =
            new("412 InvalidRequest, between", "another code"),
        [nameof(MultipartConditions.A_create_only_completion_refuses_an_existing_key)] =
            new("412 InvalidRequest, before", "another code"),
        [nameof(MultipartConditions.A_completion_with_if_match_needs_an_object)] =
            new("412 PreconditionFailed, nothing", "another code"),
        [nameof(MultipartConditions.If_match_asterisk_on_completion_is_not_implemented)] =
            new("200, hello", "looser: If-Match takes a star"),
        [nameof(MultipartConditions.If_none_match_ETag_on_completion_is_not_implemented)] =
            new("400 InvalidRequest, before", "another code"),
        [nameof(MultipartConditions.One_of_two_create_only_completions_succeeds)] =
            new("won, won", "looser: two at once may both find nothing there") { OnlySometimes = true },
        [nameof(MultipartReads.A_part_is_read_by_its_number)] = new("405 MethodNotAllowed, , , ", PartNumber),
        [nameof(MultipartReads.A_part_is_read_by_its_number) + "(HEAD)"] = new("405, 0, , ", PartNumber),
        [nameof(MultipartReads.A_part_number_and_a_range_exclude_each_other)] = new("405 MethodNotAllowed", PartNumber),
        [nameof(MultipartReads.A_missing_part_cannot_be_read)] = new("405 MethodNotAllowed", PartNumber),
        [nameof(MultipartReads.An_object_from_a_single_put_has_one_part)] = new("405 MethodNotAllowed", PartNumber),
        [nameof(UploadPartCopy.A_copy_range_beyond_the_end_is_refused) + "(bytes=0-10)"] =
            new("200, 0123456789", "looser: a range ends where the source ends"),
        [nameof(UploadPartCopy.A_malformed_copy_range_is_refused) + "(bytes=-5)"] =
            new("200, 56789", "looser: every form of a range is taken"),
        [nameof(UploadPartCopy.A_malformed_copy_range_is_refused) + "(bytes=5-)"] =
            new("200, 56789", "looser: every form of a range is taken"),

        // versions
        [nameof(ObjectVersions.A_completed_upload_is_a_version)] =
            new("200, False, 200, second, 200, first", "completing does not return the version"),
        [nameof(ObjectVersions.A_delete_marker_cannot_be_read)] = new("404 NoSuchKey, , ", "another code, the marker is not returned"),
        [nameof(ObjectVersions.A_delete_marker_cannot_be_read) + "(HEAD)"] = new("404, , ", "another code, the marker is not returned"),
        [nameof(ObjectVersions.Deleting_a_missing_object_adds_a_marker)] = new("", "the marker is not returned"),
        [nameof(ObjectVersions.Reading_a_deleted_key_returns_marker_headers)] = new("404 NoSuchKey, , False", "the marker is not returned"),
        [nameof(ObjectVersions.A_malformed_version_id_is_refused)] = new("500 InternalError", "a fault of the server"),
        [nameof(ObjectVersions.Deleting_a_version_does_not_change_the_others)] = new(
            "204, none, 200, first, 200, first, 404 NoSuchKey", "another code"),
        [nameof(ObjectVersions.Deleting_many_adds_markers_and_removes_versions)] =
            new("200, , 200, True, 200, first", "the marker is not returned"),
        [nameof(ObjectVersions.Deleting_the_marker_restores_the_object)] = new("204, , False, 200, first", "the marker is not returned"),
        [nameof(ObjectVersions.Of_two_uploads_the_later_created_one_is_current)] =
            new("200, earlier, 200, earlier", "the one that was completed later"),
        [nameof(ObjectVersions.If_none_match_creates_over_a_delete_marker)] = new("501 NotImplemented, 404 NoSuchKey", IfNoneMatch),
        [nameof(ObjectVersions.If_match_applies_to_the_current_version)] = new("501 NotImplemented, 200, second", IfMatch),
        [nameof(VersioningStates.An_unknown_versioning_status_is_refused) + "()"] = new("500 InternalError", "a fault of the server"),
        [nameof(VersioningStates.When_suspended_a_delete_replaces_the_null_version)] =
            new("204, , , 404 NoSuchKey, 404 NoSuchKey, 200, kept", "the marker is not returned"),
        [nameof(VersioningStates.An_existing_object_becomes_the_null_version)] =
            new("404 NoSuchKey, 200, after", "what was there before cannot be read as the version null"),
        [nameof(VersioningStates.Without_versioning_an_id_is_refused)] = new("404 NoSuchVersion", "another code"),
        [nameof(ListObjectVersions.The_pages_contain_every_version_once)] =
            new("False", "the marker of the next page names no version"),
        [nameof(VersionCopy.A_deleted_object_cannot_be_copied)] = new("404 NoSuchKey, 404 NoSuchKey", "another code"),
        [nameof(VersionCopy.A_deleted_version_cannot_be_copied)] = new("404 NoSuchKey", "another code"),

        // CORS
        [nameof(Cors.The_origin_can_read_a_404_response)] = new("404 NoSuchKey, ", "an error carries no CORS headers"),
        [nameof(Cors.The_origin_can_read_a_form_response)] = new("412, ", NoForms),
        [nameof(Cors.A_preflight_allows_the_requested_headers)] = new("400,none", Preflights),
        [nameof(Cors.A_preflight_for_another_header_is_refused)] = new("400, allows none", Preflights),
        [nameof(Cors.A_preflight_for_another_method_is_refused)] = new("400, allows none", Preflights),
        [nameof(Cors.A_preflight_from_another_origin_is_refused)] = new("400, allows none", Preflights),
        [nameof(Cors.A_preflight_succeeds)] = new("400, , PUT among the methods: ", Preflights),
        [nameof(Cors.A_preflight_needs_no_signature_and_no_object)] = new("400", Preflights),
        [nameof(Cors.A_preflight_of_a_bucket_without_rules_is_refused)] = new("400, allows none", Preflights),
        [nameof(Cors.A_preflight_returns_the_max_age)] = new("400, none", Preflights),
        [nameof(Cors.The_origin_can_read_an_error_response)] = new("403 SignatureDoesNotMatch, ", "an error carries no CORS headers"),
        [nameof(Cors.A_rule_for_all_origins_returns_an_asterisk)] = new("400, none", Preflights),
        [nameof(Cors.A_response_to_a_named_origin_varies_by_origin)] = new("200, False", "no Vary header"),
        [nameof(Cors.An_origin_with_a_wildcard_matches)] = new("400", Preflights),
        [nameof(Cors.Another_origin_gets_no_CORS_headers)] =
            new("200, https://evil.example", "looser: the configuration admits every origin, for all buckets"),
        [nameof(Cors.The_rules_of_a_bucket_are_returned)] = new("501 NotImplemented, ", CorsRules),
    };
}
