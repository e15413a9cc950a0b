namespace DirectUpload.S3Conformance;

/// <summary>
/// Where the S3 API of OpenStack Swift 2.30.1, as Debian 12 ships it, differs from AWS in what both have. <see cref="SwiftAbsences"/> holds
/// what it lacks. Looser is marked so: what a test on Swift alone cannot prove.
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

    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>(SwiftAbsences.All)
    {
        // presigned and signed requests
        [nameof(PresignedCredentials.A_credential_without_its_scope_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PresignedCredentials.An_unknown_access_key_is_refused)] = new("403 SignatureDoesNotMatch, nothing", "another code"),
        [nameof(PresignedGet.Without_a_signature_nothing_is_read)] = new("400", Unsigned),
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
        [nameof(PresignedPutMutations.A_missing_parameter_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PresignedPutMutations.A_missing_parameter_is_refused) + "(X-Amz-Credential)"] = new("400, nothing", "another code"),
        [nameof(PresignedPutMutations.A_missing_parameter_is_refused) + "(X-Amz-SignedHeaders)"] =
            new("400 AuthorizationHeaderMalformed, nothing", "another code"),
        [nameof(PresignedPutMutations.No_authentication_at_all_is_refused)] = new("400, nothing", Unsigned),
        [nameof(HeaderAuthentication.An_unknown_access_key_is_refused_in_the_header)] =
            new("403 SignatureDoesNotMatch, nothing", "another code"),
        [nameof(HeaderAuthentication.Another_body_than_the_signed_one_is_refused)] = new("400 BadDigest, nothing", "another code"),
        [nameof(HeaderAuthentication.The_sdk_s_chunks_arrive_whole)] = new("501 NotImplemented", "aws-chunked bodies are not implemented"),
        [nameof(HeaderAuthentication.The_sdk_stores_and_reads)] = new("501 NotImplemented, ", "aws-chunked bodies are not implemented"),
        [nameof(SessionCredentials.A_lasting_key_with_a_token_that_is_none_is_refused)] = new("200, hello", "looser: " + NoSessions),
        [nameof(SessionCredentials.A_session_s_form_is_taken)] = new("412, nothing", NoForms),
        [nameof(SessionCredentials.A_session_s_form_whose_policy_does_not_name_the_token_is_refused)] = new("412, nothing", NoForms),
        [nameof(SessionCredentials.A_session_s_form_without_the_token_is_refused)] = new("412, nothing", NoForms),
        [nameof(SessionCredentials.A_session_s_key_without_its_token_is_refused)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_session_s_presigned_url_is_taken)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_session_s_presigned_url_without_its_token_is_refused)] =
            new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_session_s_request_is_taken)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_token_that_is_none_is_refused)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.A_token_that_is_none_is_refused_in_a_url)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(SessionCredentials.The_token_of_another_session_is_refused)] = new("403 SignatureDoesNotMatch, nothing", NoSessions),
        [nameof(VirtualHosts.A_form_is_posted_to_the_bucket_s_host)] = new("404, nothing", NoForms),
        [nameof(VirtualHosts.A_preflight_at_the_bucket_s_host_knows_the_bucket_s_rules)] = new("412, PUT among the methods: ", Preflights),

        // objects, buckets and listings
        [nameof(Buckets.A_bucket_s_owner_may_make_it_again)] = new("409 BucketAlreadyOwnedByYou", "another code"),
        [nameof(Buckets.A_new_bucket_has_no_cors_rules)] = new("501 NotImplemented", CorsRules),
        [nameof(Buckets.Without_a_signature_no_bucket_is_made)] = new("412, 404", Unsigned),
        [nameof(Deletes.Without_a_signature_nothing_is_deleted)] = new("400, hello", Unsigned),
        [nameof(Listing.Without_a_signature_nothing_is_listed)] = new("412", Unsigned),
        [nameof(ListingV1.Without_a_signature_nothing_is_listed_by_version_1)] = new("412", Unsigned),
        [nameof(Ranges.A_whole_read_says_that_ranges_are_accepted)] = new("none", "no Accept-Ranges header"),
        [nameof(Copy.A_copy_that_must_create_refuses_an_existing_destination)] = new("501 NotImplemented, before", IfNoneMatch),
        [nameof(ConditionalWrites.A_race_to_create_has_one_winner)] = new("0 won, 0 lost, the winner's bytes are kept: False", IfNoneMatch),
        [nameof(ConditionalWrites.If_match_on_a_missing_key_is_answered_404)] = new("501 NotImplemented, nothing", IfMatch),
        [nameof(ConditionalWrites.If_match_refuses_what_has_changed)] = new("501 NotImplemented, between", IfMatch),
        [nameof(ConditionalWrites.If_match_replaces_what_it_names)] = new("501 NotImplemented, before", IfMatch),
        [nameof(ConditionalWrites.If_none_match_creates)] = new("501 NotImplemented, nothing", IfNoneMatch),
        [nameof(ConditionalWrites.If_none_match_creates_again_after_a_delete)] = new("501 NotImplemented, nothing", IfNoneMatch),
        [nameof(ConditionalWrites.If_none_match_refuses_an_existing_key)] = new("501 NotImplemented, before", IfNoneMatch),

        // multipart uploads
        [nameof(Multipart.An_unsigned_amz_header_on_a_part_is_refused)] = new("200", "looser: an unsigned header is taken"),
        [nameof(Multipart.Without_a_signature_no_upload_begins)] = new("400", Unsigned),
        [nameof(MultipartParts.Uploads_under_one_key_are_listed_by_age)] = new("False", "by id, which is random"),
        [nameof(MultipartComplete.A_copy_of_it_has_a_plain_etag)] = new("\"62109206880d38a4010a98e11243924a-1\"", "a copy keeps the ETag"),
        [nameof(MultipartComplete.After_it_the_upload_takes_no_part_and_lists_none)] =
            new("200, 200", "looser: parts are taken and listed after completing, and a part that is replaced breaks the object"),
        [nameof(MultipartComplete.The_size_that_was_promised_is_held_to_the_parts) + "(6)"] =
            new("200, hello", "looser: x-amz-mp-object-size is ignored"),
        [nameof(MultipartConditions.A_completion_replaces_what_it_names)] =
            new("412 PreconditionFailed, before", "If-Match compares with nothing that a client knows"),
        [nameof(MultipartConditions.A_completion_that_must_create_conflicts_with_a_delete_meanwhile)] =
            new("200, hello", "looser: only what is there when it completes counts"),
        [nameof(MultipartConditions.A_completion_that_must_create_refuses_a_key_that_came_meanwhile)] =
            new("412 InvalidRequest, between", "another code"),
        [nameof(MultipartConditions.A_completion_that_must_create_refuses_a_key_that_is_there)] =
            new("412 InvalidRequest, before", "another code"),
        [nameof(MultipartConditions.A_completion_that_must_replace_needs_something_to_replace)] =
            new("412 PreconditionFailed, nothing", "another code"),
        [nameof(MultipartConditions.A_completion_that_would_replace_anything_is_not_implemented)] =
            new("200, hello", "looser: If-Match takes a star"),
        [nameof(MultipartConditions.A_completion_with_another_value_of_if_none_match_is_not_implemented)] =
            new("400 InvalidRequest, before", "another code"),
        [nameof(MultipartConditions.Of_two_completions_that_must_create_one_does)] =
            new("won, won", "looser: two at once may both find nothing there") { OnlySometimes = true },
        [nameof(MultipartReads.A_part_is_read_by_its_number)] = new("405 MethodNotAllowed, , , ", PartNumber),
        [nameof(MultipartReads.A_part_is_read_by_its_number) + "(HEAD)"] = new("405, 0, , ", PartNumber),
        [nameof(MultipartReads.A_part_number_and_a_range_exclude_each_other)] = new("405 MethodNotAllowed", PartNumber),
        [nameof(MultipartReads.A_part_that_is_not_there_cannot_be_read)] = new("405 MethodNotAllowed", PartNumber),
        [nameof(MultipartReads.An_object_that_came_in_one_request_is_its_own_part)] = new("405 MethodNotAllowed", PartNumber),
        [nameof(PartCopy.A_stretch_beyond_the_end_is_refused) + "(bytes=0-10)"] =
            new("200, 0123456789", "looser: a range ends where the source ends"),
        [nameof(PartCopy.A_stretch_that_makes_no_sense_is_refused) + "(bytes=-5)"] =
            new("200, 56789", "looser: every form of a range is taken"),
        [nameof(PartCopy.A_stretch_that_makes_no_sense_is_refused) + "(bytes=5-)"] =
            new("200, 56789", "looser: every form of a range is taken"),

        // versions
        [nameof(Versions.A_completed_upload_is_a_version)] =
            new("200, False, 200, second, 200, first", "completing does not return the version"),
        [nameof(Versions.A_delete_marker_cannot_be_read)] = new("404 NoSuchKey, , ", "another code, the marker is not returned"),
        [nameof(Versions.A_delete_marker_cannot_be_read) + "(HEAD)"] = new("404, , ", "another code, the marker is not returned"),
        [nameof(Versions.A_delete_of_nothing_puts_a_marker_too)] = new("", "the marker is not returned"),
        [nameof(Versions.A_key_that_was_deleted_says_so)] = new("404 NoSuchKey, , False", "the marker is not returned"),
        [nameof(Versions.An_id_that_cannot_be_one_is_refused)] = new("500 InternalError", "a fault of the server"),
        [nameof(Versions.Deleting_a_version_leaves_the_others)] = new("204, none, 200, first, 200, first, 404 NoSuchKey", "another code"),
        [nameof(Versions.Deleting_many_adds_markers_and_removes_versions)] =
            new("200, , 200, True, 200, first", "the marker is not returned"),
        [nameof(Versions.Deleting_the_marker_brings_the_object_back)] = new("204, , False, 200, first", "the marker is not returned"),
        [nameof(Versions.Of_two_uploads_the_one_that_began_later_is_current)] =
            new("200, earlier, 200, earlier", "the one that was completed later"),
        [nameof(Versions.What_must_create_creates_after_a_delete)] = new("501 NotImplemented, 404 NoSuchKey", IfNoneMatch),
        [nameof(Versions.What_must_replace_is_held_to_the_current_version)] = new("501 NotImplemented, 200, second", IfMatch),
        [nameof(VersioningStates.A_status_that_is_none_is_refused) + "()"] = new("500 InternalError", "a fault of the server"),
        [nameof(VersioningStates.Suspended_a_delete_replaces_the_null_version_by_a_marker)] =
            new("204, , , 404 NoSuchKey, 404 NoSuchKey, 200, kept", "the marker is not returned"),
        [nameof(VersioningStates.What_was_there_before_becomes_the_null_version)] =
            new("404 NoSuchKey, 200, after", "what was there before cannot be read as the version null"),
        [nameof(VersioningStates.Without_versions_an_id_is_refused)] = new("404 NoSuchVersion", "another code"),
        [nameof(VersionListing.Versions_are_listed_in_pages_without_loss_or_repetition)] =
            new("False", "the marker of the next page names no version"),
        [nameof(VersionCopy.A_deleted_object_cannot_be_copied)] = new("404 NoSuchKey, 404 NoSuchKey", "another code"),
        [nameof(VersionCopy.A_version_that_is_gone_cannot_be_copied)] = new("404 NoSuchKey", "another code"),

        // CORS
        [nameof(Cors.A_404_may_be_read_by_the_origin)] = new("404 NoSuchKey, ", "an error carries no CORS headers"),
        [nameof(Cors.A_form_s_answer_may_be_read_by_the_origin)] = new("412, ", NoForms),
        [nameof(Cors.A_preflight_allows_the_headers_that_were_asked_for)] = new("400,none", Preflights),
        [nameof(Cors.A_preflight_for_another_header_is_refused)] = new("400, allows nobody", Preflights),
        [nameof(Cors.A_preflight_for_another_method_is_refused)] = new("400, allows nobody", Preflights),
        [nameof(Cors.A_preflight_from_another_origin_is_refused)] = new("400, allows nobody", Preflights),
        [nameof(Cors.A_preflight_is_answered)] = new("400, , PUT among the methods: ", Preflights),
        [nameof(Cors.A_preflight_needs_no_signature_and_no_object)] = new("400", Preflights),
        [nameof(Cors.A_preflight_of_a_bucket_without_rules_is_refused)] = new("400, allows nobody", Preflights),
        [nameof(Cors.A_preflight_tells_how_long_it_holds)] = new("400, none", Preflights),
        [nameof(Cors.A_refusal_may_be_read_by_the_origin)] = new("403 SignatureDoesNotMatch, ", "an error carries no CORS headers"),
        [nameof(Cors.A_rule_for_every_origin_is_answered_with_a_star)] = new("400, none", Preflights),
        [nameof(Cors.An_answer_to_a_named_origin_varies_by_origin)] = new("200, False", "no Vary header"),
        [nameof(Cors.An_origin_with_a_star_in_it_is_matched)] = new("400", Preflights),
        [nameof(Cors.Another_origin_gets_the_answer_without_permission_to_read_it)] =
            new("200, https://evil.example", "looser: the configuration admits every origin, for all buckets"),
        [nameof(Cors.The_rules_of_a_bucket_are_told)] = new("501 NotImplemented, ", CorsRules),
    };
}
