namespace DirectUpload.S3Conformance;

/// <summary>
/// Where Ceph RGW 16.2.15, as Debian 12 ships it, is not AWS. Looser is marked so: what a test on RGW alone cannot prove.
/// </summary>
public static class RgwDeviations
{
    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>
    {
        // presigned requests
        [nameof(PresignedPutMutations.A_missing_parameter_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PresignedCredentials.A_credential_without_its_scope_is_refused)] = new("400 InvalidArgument, nothing", "another code"),
        [nameof(PresignedCredentials.Another_region_is_refused)] = new("200, hello", "looser: a region is not checked"),
        [nameof(HeaderAuthentication.Another_region_is_refused_in_the_header)] = new("200, hello", "looser: a region is not checked"),
        [nameof(PresignedLifetimes.A_date_in_the_future_is_refused)] = new("200, hello", "looser: only the past is checked"),
        [nameof(PresignedPutHeaders.An_unsigned_amz_header_is_refused)] = new("200, hello", "looser: an unsigned header is taken"),
        [nameof(PresignedPutHeaders.An_unsigned_amz_header_is_refused) + "(x-amz-copy-source)"] =
            new("404 NoSuchBucket, nothing", "looser: an unsigned header is taken, a put becomes a copy"),

        // checksums: x-amz-checksum-* is unknown to it
        [nameof(Checksums.A_wrong_sha256_is_refused)] = new("200, jello", "looser: x-amz-checksum-sha256 is ignored"),
        [nameof(Checksums.A_malformed_sha256_is_refused)] = new("200, hello", "looser: x-amz-checksum-sha256 is ignored"),
        [nameof(Checksums.The_sha256_is_told_when_asked_for)] = new("200, none", "x-amz-checksum-sha256 is ignored"),

        // conditions
        [nameof(ConditionalWrites.If_none_match_with_an_etag_is_not_implemented)] = new("200, hello", "it compares with the ETag"),
        [nameof(ConditionalWrites.If_match_replaces_what_it_names)] = new("412 PreconditionFailed, before", "a quoted ETag never matches"),
        [nameof(ConditionalWrites.If_match_on_a_missing_key_is_answered_404)] = new("412 PreconditionFailed, nothing", "another code"),
        [nameof(ConditionalWrites.Both_conditions_at_once_are_not_implemented)] = new("412 PreconditionFailed, before", "both are applied"),
        [nameof(Copy.A_copy_of_a_changed_source_is_refused)] = new("200, swapped", "looser: x-amz-copy-source-if-match is ignored"),
        [nameof(Copy.A_copy_that_must_differ_is_refused_when_it_does_not)] =
            new("200, hello", "looser: x-amz-copy-source-if-none-match is ignored"),
        [nameof(Copy.A_copy_that_must_create_refuses_an_existing_destination)] = new("200, hello",
            "looser: If-None-Match is ignored on a copy"),
        [nameof(Copy.The_answer_tells_the_copy_s_etag)] = new("200, False", "the ETag is not quoted"),

        // ranges
        [nameof(Ranges.A_range_that_makes_no_sense_is_ignored) + "(bytes=a-b)"] = new("206, 0", "letters are read as zero"),
        [nameof(Ranges.A_range_that_makes_no_sense_is_ignored) + "(bytes=5-2)"] = new("416 InvalidRange, nothing", "not ignored"),
        [nameof(Ranges.A_range_beyond_the_end_is_answered_416) + "(bytes=-0)"] = new("206", "a suffix of nothing is the whole"),

        // forms
        [nameof(PostPolicyFields.Every_one_of_a_list_of_content_types_is_held_to_the_prefix)] =
            new("204, hello", "looser: the list is one plain text"),
        [nameof(PostPolicyFields.A_form_without_a_file_is_refused)] = new("204, \r\n", "looser: the form's last line is stored"),
        [nameof(PostPolicyFields.A_header_field_is_kept)] = new("204, none", "of a form's headers only Content-Type is kept"),
        [nameof(PostPolicyKeys.The_file_s_name_loses_its_folders)] = new("204, nothing", "the folders stay in the key"),
        [nameof(PostPolicySignatures.A_wrong_signature_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.A_wrong_secret_is_refused_in_a_form)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.A_tampered_policy_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.An_unknown_access_key_is_refused_in_a_form)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.A_malformed_policy_is_refused)] = new("400 InvalidArgument, nothing", "another code"),
        [nameof(PostAnswers.A_204_carries_the_etag)] = new("204, none", "a 204 says nothing"),
        [nameof(PostAnswers.A_204_tells_where_the_object_is)] = new("204, False", "a 204 says nothing"),
        [nameof(PostAnswers.A_201_describes_the_object)] = new("True, True, 5d41402abc4b2a76b9719d911017c592", "the ETag is not quoted"),
        [nameof(PostAnswers.A_201_tells_where_the_object_is)] = new("False, True", "the Location has no scheme"),
        [nameof(PostAnswers.A_redirect_carries_bucket_key_and_etag)] =
            new("303, ?step=2?bucket=BUCKET&key=KEY&etag=\"5d41402abc4b2a76b9719d911017c592\"", "it does not see the query that is there"),

        // the rest
        [nameof(Keys.A_key_of_1025_bytes_is_refused)] = new("400 InvalidObjectName", "another code"),
        [nameof(Cors.A_refusal_may_be_read_by_the_origin)] = new("403 SignatureDoesNotMatch, ", "the header is there, and empty"),
        [nameof(Cors.A_rule_for_every_origin_is_answered_with_a_star)] = new("200, https://app.example", "the origin is named instead"),
    };
}
