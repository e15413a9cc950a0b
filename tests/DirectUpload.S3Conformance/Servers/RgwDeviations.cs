using DirectUpload.S3Conformance.Suites;

namespace DirectUpload.S3Conformance.Servers;

/// <summary>
/// Where Ceph RGW 16.2.15, as Debian 12 ships it, is not AWS. Looser is marked so: what a test on RGW alone cannot prove.
/// </summary>
public static class RgwDeviations
{
    private const string Unknown = "x-amz-checksum-* is unknown to it";

    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>
    {
        // presigned requests
        [nameof(PresignedPutTampering.A_missing_parameter_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PresignedCredentials.A_credential_without_its_scope_is_refused)] = new("400 InvalidArgument, nothing", "another code"),
        [nameof(PresignedCredentials.Another_region_is_refused)] = new("200, hello", "looser: a region is not checked"),
        [nameof(HeaderAuthentication.Another_region_is_refused_in_the_header)] = new("200, hello", "looser: a region is not checked"),
        [nameof(PresignedLifetimes.A_date_in_the_future_is_refused)] = new("200, hello", "looser: only the past is checked"),
        [nameof(PresignedPutHeaders.An_unsigned_amz_header_is_refused)] = new("200, hello", "looser: an unsigned header is taken"),
        [nameof(PresignedPutHeaders.An_unsigned_amz_header_is_refused) + "(x-amz-copy-source)"] =
            new("404 NoSuchBucket, nothing", "looser: an unsigned header is taken, a put becomes a copy"),

        // Session credentials: the gateway that accepts them returns no reason.
        [nameof(SessionCredentials.A_session_s_key_without_its_token_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_session_s_presigned_URL_without_its_token_is_refused)] =
            new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_session_s_form_without_the_token_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.An_invalid_token_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.An_invalid_token_is_refused_in_a_URL)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.The_token_of_another_session_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_permanent_key_with_an_invalid_token_is_refused)] = new("403 AccessDenied, nothing", "another code"),

        // checksums: x-amz-checksum-* is unknown to it
        [nameof(Checksums.A_wrong_SHA256_is_refused)] = new("200, jello", "looser: x-amz-checksum-sha256 is ignored"),
        [nameof(Checksums.A_malformed_SHA256_is_refused)] = new("200, hello", "looser: x-amz-checksum-sha256 is ignored"),
        [nameof(Checksums.The_SHA256_is_returned_on_request)] = new("200, none", "x-amz-checksum-sha256 is ignored"),
        [nameof(DefaultChecksums.A_sent_checksum_is_verified_and_stored)] = new("200, 200, none, none", Unknown),
        [nameof(DefaultChecksums.A_wrong_checksum_is_refused)] = new("200, 987654321", "looser: " + Unknown),
        [nameof(DefaultChecksums.Two_checksums_at_once_are_refused)] = new("200, 123456789", "looser: " + Unknown),
        [nameof(DefaultChecksums.Without_a_checksum_CRC64NVME_is_stored)] = new("200, none, none", Unknown),
        [nameof(DefaultChecksums.A_copy_keeps_the_checksum)] = new("200, , 200, none, none", Unknown),
        [nameof(DefaultChecksums.A_copy_can_have_another_checksum)] = new("200, none, none", Unknown),
        [nameof(DefaultChecksums.The_attributes_contain_ETag_checksum_and_size)] = new(
            "200, False, , , none", "it answers with the object"),
        [nameof(DefaultChecksums.Deleting_many_needs_a_checksum)] = new("200, nothing, 200, nothing", "looser: none is needed"),
        [nameof(DefaultChecksums.Changing_CORS_needs_a_checksum)] = new("200", "looser: none is needed"),
        [nameof(MultipartChecksums.Creating_an_upload_returns_the_chosen_checksum)] = new("200, , ", Unknown),
        [nameof(MultipartChecksums.An_invalid_checksum_choice_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_composite_checksum_covers_the_parts_checksums)] = new("200, , , , ", Unknown),
        [nameof(MultipartChecksums.A_part_of_a_composite_returns_its_own_checksum)] = new("200, ", Unknown),
        [nameof(MultipartChecksums.A_full_object_checksum_equals_that_of_a_single_put)] = new("200, , , True", Unknown),
        [nameof(MultipartChecksums.Without_a_choice_the_object_has_a_CRC64NVME)] = new("200, , ", Unknown),
        [nameof(MultipartChecksums.Without_a_choice_a_part_can_have_any_checksum)] = new("200, ", Unknown),
        [nameof(MultipartChecksums.A_part_with_another_algorithm_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_part_without_the_chosen_checksum_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_part_with_a_wrong_checksum_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_composite_list_without_checksums_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_list_with_a_wrong_checksum_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_list_with_another_algorithm_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_completion_with_another_type_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_completion_verifies_the_object_s_checksum)] =
            new("200, hello; 200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.Listing_parts_returns_their_checksums)] = new("200, , , ", Unknown),
        [nameof(MultipartChecksums.A_copy_of_a_composite_has_a_full_object_checksum)] = new("200, , ", Unknown),
        [nameof(MultipartChecksums.The_attributes_contain_the_parts)] = new("200, , ", "it answers with the object"),

        // conditions
        [nameof(ConditionalWrites.If_none_match_with_an_ETag_is_not_implemented)] = new("200, hello", "it compares with the ETag"),
        [nameof(ConditionalWrites.If_match_with_the_current_ETag_replaces)] = new(
            "412 PreconditionFailed, before", "a quoted ETag never matches"),
        [nameof(ConditionalWrites.If_match_on_a_missing_key_returns_404)] = new("412 PreconditionFailed, nothing", "another code"),
        [nameof(ConditionalWrites.Both_conditions_at_once_are_not_implemented)] = new("412 PreconditionFailed, before", "both are applied"),
        [nameof(CopyObject.A_copy_of_a_changed_source_is_refused)] = new("200, swapped", "looser: x-amz-copy-source-if-match is ignored"),
        [nameof(CopyObject.A_copy_if_none_match_is_refused_on_a_match)] =
            new("200, hello", "looser: x-amz-copy-source-if-none-match is ignored"),
        [nameof(CopyObject.A_create_only_copy_refuses_an_existing_key)] = new("200, hello",
            "looser: If-None-Match is ignored on a copy"),
        [nameof(CopyObject.The_response_contains_the_copy_s_ETag)] = new("200, False", "the ETag is not quoted"),

        // multipart uploads
        [nameof(MultipartUploads.A_part_number_outside_1_to_10000_is_refused) + "(0)"] = new("200", "looser: numbers are not checked"),
        [nameof(MultipartUploads.A_part_number_outside_1_to_10000_is_refused) + "(-1)"] = new("200", "looser: numbers are not checked"),
        [nameof(MultipartUploads.A_part_number_outside_1_to_10000_is_refused) + "(10001)"] = new("200", "looser: numbers are not checked"),
        [nameof(MultipartUploads.An_unsigned_amz_header_on_a_part_is_refused)] = new("200", "looser: an unsigned header is taken"),
        [nameof(MultipartUploads.An_abort_removes_the_upload)] = new("204, 404 NoSuchUpload, 404 NoSuchKey", "another code on listing"),
        [nameof(MultipartUploads.A_presigned_abort_removes_the_upload)] = new("204, 404 NoSuchKey", "another code on listing"),
        [nameof(MultipartListing.Parts_of_an_unknown_upload_are_not_listed)] = new("404 NoSuchKey", "another code"),
        [nameof(MultipartListing.Parts_are_not_listed_under_another_key)] = new("404 NoSuchKey", "another code"),
        [nameof(MultipartListing.A_malformed_page_request_is_refused) + "(max-parts=-1)"] = new("200", "looser: a negative number passes"),
        [nameof(MultipartListing.Uploads_under_one_key_are_listed_by_age)] = new("False", "by id, which is random"),
        [nameof(MultipartListing.A_delimiter_groups_uploads_by_common_prefix)] = new("a and ", "the folders are not returned"),
        [nameof(MultipartCompletion.A_list_out_of_order_is_refused)] = new("200, 5242885 bytes", "looser: the order is not checked"),
        [nameof(MultipartCompletion.A_part_listed_twice_is_refused)] = new("200, 5242880 bytes", "looser: it counts once"),
        [nameof(MultipartCompletion.An_unlisted_part_is_left_out)] = new("400 InvalidPart, nothing", "all parts must be listed"),
        [nameof(MultipartCompletion.A_malformed_list_is_refused) + "(<Part><PartNumber>one</PartNumber><ETag>0</ETag></Part>)"] =
            new("400 InvalidPart, nothing", "another code"),
        [nameof(MultipartCompletion.An_unknown_upload_cannot_be_completed)] = new("500 InternalError, nothing", "a fault of the server's"),
        [nameof(MultipartCompletion.An_aborted_upload_cannot_be_completed)] = new("500 InternalError, nothing", "a fault of the server's"),
        [nameof(MultipartCompletion.A_repeated_completion_returns_the_same_response)] = new("200, False", "the ETag is not returned"),
        [nameof(MultipartCompletion.A_completed_upload_no_longer_exists)] =
            new("404 NoSuchUpload, 404 NoSuchKey", "another code on listing"),
        [nameof(MultipartCompletion.The_response_has_bucket_key_ETag_and_location)] =
            new("200, True, True, False, False, True", "the ETag is not returned, the location has no scheme"),
        [nameof(MultipartCompletion.The_declared_object_size_must_match_the_parts) + "(6)"] =
            new("200, hello", "looser: x-amz-mp-object-size is ignored"),
        [nameof(MultipartCompletion.A_copy_of_the_object_has_a_plain_ETag)] = new(
            "62109206880d38a4010a98e11243924a-1", "a copy keeps the ETag"),
        [nameof(MultipartConditions.A_create_only_completion_refuses_an_existing_key)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.A_create_only_completion_refuses_a_later_object)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.A_create_only_completion_conflicts_with_a_delete)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.One_of_two_create_only_completions_succeeds)] =
            new("won, won", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.If_none_match_ETag_on_completion_is_not_implemented)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.If_match_asterisk_on_completion_is_not_implemented)] =
            new("200, hello", "looser: If-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_with_an_old_ETag_is_refused)] =
            new("200, hello", "looser: If-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_with_if_match_needs_an_object)] =
            new("200, hello", "looser: If-Match is ignored on completing"),
        [nameof(MultipartReads.A_part_is_read_by_its_number)] = new("200, 5242885, , ", "partNumber is ignored on reading"),
        [nameof(MultipartReads.A_missing_part_cannot_be_read)] = new("200", "partNumber is ignored on reading"),
        [nameof(MultipartReads.A_part_number_and_a_range_exclude_each_other)] = new("206", "partNumber is ignored on reading"),
        [nameof(MultipartReads.An_object_from_a_single_put_has_one_part)] =
            new("200, hello, none", "partNumber is ignored on reading"),
        [nameof(UploadPartCopy.A_part_copy_of_a_changed_source_is_refused)] = new(
            "200, 0123456789", "looser: conditions on the source are ignored"),
        [nameof(UploadPartCopy.A_part_copy_if_none_match_is_refused_on_a_match)] =
            new("200, 0123456789", "looser: conditions on the source are ignored"),
        [nameof(UploadPartCopy.A_part_copy_if_unmodified_since_is_refused)] =
            new("200, 0123456789", "looser: conditions on the source are ignored"),
        [nameof(UploadPartCopy.A_copy_range_beyond_the_end_is_refused)] = new("416 InvalidRange, nothing", "another code"),
        [nameof(UploadPartCopy.A_malformed_copy_range_is_refused) + "(bytes=5-)"] = new("416 InvalidRange, nothing", "another code"),
        [nameof(UploadPartCopy.A_malformed_copy_range_is_refused) + "(bytes=5-2)"] = new("416 InvalidRange, nothing", "another code"),
        [nameof(UploadPartCopy.A_malformed_copy_range_is_refused) + "(bytes=-5)"] =
            new("200, 012345", "looser: what is missing is taken for zero"),
        [nameof(UploadPartCopy.The_response_contains_the_part_s_ETag_and_date)] =
            new("200, 781e5e245d69b566979b86e28d23f2c7, True", "the ETag is not quoted"),

        // versions
        [nameof(ObjectVersions.Reading_a_deleted_key_returns_marker_headers)] = new("404 NoSuchKey, , False", "the marker is not returned"),
        [nameof(ObjectVersions.A_delete_marker_cannot_be_read)] = new("404 NoSuchKey, , ", "another code, the marker is not returned"),
        [nameof(ObjectVersions.A_delete_marker_cannot_be_read) + "(HEAD)"] = new("404, , ", "another code, the marker is not returned"),
        [nameof(ObjectVersions.Deleting_a_version_does_not_change_the_others)] = new(
            "204, none, 200, first, 200, first, 404 NoSuchKey", "another code"),
        [nameof(ObjectVersions.A_malformed_version_id_is_refused)] = new("404 NoSuchKey", "another code"),
        [nameof(ObjectVersions.A_malformed_version_id_is_refused) + "(DELETE)"] = new("204", "looser: any text may be an id"),
        [nameof(ObjectVersions.Of_two_uploads_the_later_created_one_is_current)] =
            new("200, earlier, 200, earlier", "the one that was completed later"),
        [nameof(VersioningStates.An_unknown_versioning_status_is_refused)] = new("400 InvalidArgument", "another code"),
        [nameof(VersioningStates.Without_versioning_an_id_is_refused)] = new("404 NoSuchKey", "another code"),
        [nameof(VersioningStates.When_suspended_a_write_has_no_id_and_removes_no_version)] =
            new("none, , loose, 200, kept", "the id null is not returned on reading either"),
        [nameof(VersioningStates.When_suspended_a_delete_replaces_the_null_version)] =
            new("204, true, null, 404 NoSuchKey, 404 NoSuchKey, 200, kept", "another code"),
        [nameof(ListObjectVersions.A_page_continues_after_a_deleted_version)] =
            new("200, False", "after the key, or from its beginning"),
        [nameof(ListObjectVersions.A_version_marker_without_a_key_marker_is_refused)] = new("200", "looser: it is ignored"),
        [nameof(VersionCopy.An_old_version_is_copied_by_its_id)] = new("200, False, False, first", "no version is returned on a copy"),
        [nameof(VersionCopy.Without_an_id_the_current_version_is_copied)] = new("200, False, second", "no version is returned on a copy"),
        [nameof(VersionCopy.A_condition_applies_to_the_named_version)] =
            new("200, 200", "looser: conditions on the source are ignored"),
        [nameof(VersionCopy.A_deleted_version_cannot_be_copied)] = new("404 NoSuchKey", "another code"),
        [nameof(VersionCopy.A_deleted_object_cannot_be_copied)] = new("404 NoSuchKey, 404 NoSuchKey", "another code"),

        // ranges
        [nameof(Ranges.A_malformed_range_is_ignored) + "(bytes=a-b)"] = new("206, 0", "letters are read as zero"),
        [nameof(Ranges.A_malformed_range_is_ignored) + "(bytes=5-2)"] = new("416 InvalidRange, nothing", "not ignored"),
        [nameof(Ranges.A_range_beyond_the_end_returns_416) + "(bytes=-0)"] = new("206", "a suffix of nothing is the whole"),

        // forms
        [nameof(PostPolicyFields.Every_listed_content_type_must_have_the_prefix)] =
            new("204, hello", "looser: the list is one plain text"),
        [nameof(PostPolicyFields.A_form_without_a_file_is_refused)] = new("204, \r\n", "looser: the form's last line is stored"),
        [nameof(PostPolicyFields.A_header_field_is_stored)] = new("204, none", "of a form's headers only Content-Type is kept"),
        [nameof(PostPolicyKeys.The_file_name_is_used_without_its_path)] = new("204, nothing", "the folders stay in the key"),
        [nameof(PostPolicySignatures.A_wrong_signature_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.A_wrong_secret_is_refused_in_a_form)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.A_tampered_policy_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.An_unknown_access_key_is_refused_in_a_form)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(PostPolicySignatures.A_malformed_policy_is_refused)] = new("400 InvalidArgument, nothing", "another code"),
        [nameof(PostResponses.A_204_contains_the_ETag)] = new("204, none", "a 204 says nothing"),
        [nameof(PostResponses.A_204_contains_the_object_s_location)] = new("204, False", "a 204 says nothing"),
        [nameof(PostResponses.A_201_describes_the_object)] = new("True, True, 5d41402abc4b2a76b9719d911017c592", "the ETag is not quoted"),
        [nameof(PostResponses.A_201_contains_the_object_s_location)] = new("False, True", "the Location has no scheme"),
        [nameof(PostResponses.A_redirect_contains_bucket_key_and_ETag)] =
            new("303, ?step=2?bucket=BUCKET&key=KEY&etag=\"5d41402abc4b2a76b9719d911017c592\"", "it does not see the query that is there"),

        // tags and access control lists
        [nameof(ObjectTagging.A_copy_can_replace_the_tags)] = new("a=1", "x-amz-tagging-directive is ignored"),
        [nameof(ObjectTagging.A_copy_can_remove_the_tags)] = new("a=1", "x-amz-tagging-directive is ignored"),
        [nameof(ObjectTagging.A_tag_with_an_invalid_character_is_refused)] = new("200", "looser: every sign is taken"),
        [nameof(ObjectTagging.A_tag_with_the_AWS_prefix_is_refused)] = new("200", "looser: AWS's own prefix is taken"),
        [nameof(ObjectTagging.A_duplicate_tag_in_the_document_is_refused)] = new("200", "looser: a tag may come twice"),
        [nameof(ObjectTagging.A_duplicate_tag_in_the_header_is_refused)] = new("200, hello", "looser: a tag may come twice"),
        [nameof(ObjectTagging.An_object_has_at_most_ten_tags) + "(11)"] = new("400 InvalidTag", "another code"),
        [nameof(ObjectTagging.Reading_tags_needs_a_signature)] = new("200", "looser: who may read an object may read its tags"),
        [nameof(AccessControlLists.An_empty_ACL_is_refused)] = new("400 InvalidArgument", "another code"),
        [nameof(AccessControlLists.An_ACL_with_both_name_and_grants_is_refused)] = new("400 InvalidArgument", "another code"),

        // listings
        [nameof(ListObjectsV1.A_page_without_a_delimiter_has_no_next_marker)] =
            new("a b|b/1, true, KEY/b/1", "every page that is not the last names the next marker"),
        [nameof(ListObjectsV1.Keys_and_markers_are_encoded_on_request)] =
            new("KEY/a b, KEY%2F%C3%A9, url", "the marker is not encoded, and of a key the slash is too"),
        [nameof(ListObjectsV1.An_unknown_encoding_is_refused)] = new("200", "looser: an unknown encoding is ignored"),

        // events (deleting many objects of a bucket with events ends this RGW: LocalS3's own tests hold it to that case)
        [nameof(EventNotifications.An_event_contains_version_source_and_bucket)] =
            new("2.2, ceph:s3, 1.0, one, arn:aws:s3:::BUCKET", "the event's source is Ceph, and says so"),
        [nameof(EventNotifications.An_event_contains_region_client_and_request)] =
            new(", , False", "region and client are left empty, and the request's id is another"),
        [nameof(EventNotifications.An_event_s_time_is_UTC_with_milliseconds)] = new("0000-00-00T00:00:00.000000Z", "microseconds"),
        [nameof(EventNotifications.An_event_s_key_is_form_encoded)] = new(
            "ObjectCreated:Put in/red flower+\u00e9@.jpg", "keys are not encoded"),
        [nameof(EventNotifications.Later_changes_of_a_key_have_a_greater_sequencer)] = new(
            "9, False", "the bytes of the time are reversed"),
        [nameof(EventNotifications.A_new_configuration_sends_a_test_event)] = new("", "there are no test events"),
        [nameof(EventNotifications.An_empty_configuration_stops_the_events)] =
            new("ObjectCreated:Put before, then 2", "an empty configuration changes nothing: DELETE, its extension, ends them"),
        [nameof(EventNotifications.Two_configurations_for_one_event_are_refused)] = new("200", "looser: both are notified"),
        [nameof(EventNotifications.A_filter_other_than_prefix_or_suffix_is_refused)] = new("400 MalformedXML", "another code"),

        // lifecycle
        [nameof(LifecycleConfiguration.A_configuration_without_a_checksum_is_refused)] = new("200", "looser: no checksum is asked for"),
        [nameof(LifecycleConfiguration.Days_must_be_a_positive_number) + "(soon)"] = new("400 InvalidArgument", "another code"),
        [nameof(LifecycleConfiguration.A_date_other_than_midnight_is_refused)] = new("400 MalformedXML, 404", "another code"),
        [nameof(LifecycleConfiguration.A_rule_without_an_action_is_refused)] = new("400 MalformedXML, 404", "another code"),
        [nameof(LifecycleConfiguration.Two_conditions_without_an_and_are_refused)] = new("200, 200", "looser: both conditions are taken"),
        [nameof(LifecycleConfiguration.A_prefix_next_to_a_filter_is_refused)] = new("200, 200", "looser: one of the two is taken"),

        // the rest
        [nameof(ObjectKeys.A_key_of_1025_bytes_is_refused)] = new("400 InvalidObjectName", "another code"),
        [nameof(Cors.The_origin_can_read_an_error_response)] = new("403 SignatureDoesNotMatch, ", "the header is there, and empty"),
        [nameof(Cors.A_rule_for_all_origins_returns_an_asterisk)] = new("200, https://app.example", "the origin is named instead"),
    };
}
