namespace DirectUpload.S3Conformance;

/// <summary>
/// Where Ceph RGW 16.2.15, as Debian 12 ships it, is not AWS. Looser is marked so: what a test on RGW alone cannot prove.
/// </summary>
public static class RgwDeviations
{
    private const string Unknown = "x-amz-checksum-* is unknown to it";

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

        // session credentials: the gateway that takes them tells no reason
        [nameof(SessionCredentials.A_session_s_key_without_its_token_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_session_s_presigned_url_without_its_token_is_refused)] =
            new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_session_s_form_without_the_token_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_token_that_is_none_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_token_that_is_none_is_refused_in_a_url)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.The_token_of_another_session_is_refused)] = new("403 AccessDenied, nothing", "another code"),
        [nameof(SessionCredentials.A_lasting_key_with_a_token_that_is_none_is_refused)] = new("403 AccessDenied, nothing", "another code"),

        // checksums: x-amz-checksum-* is unknown to it
        [nameof(Checksums.A_wrong_sha256_is_refused)] = new("200, jello", "looser: x-amz-checksum-sha256 is ignored"),
        [nameof(Checksums.A_malformed_sha256_is_refused)] = new("200, hello", "looser: x-amz-checksum-sha256 is ignored"),
        [nameof(Checksums.The_sha256_is_told_when_asked_for)] = new("200, none", "x-amz-checksum-sha256 is ignored"),
        [nameof(DefaultChecksums.A_checksum_that_is_sent_is_verified_and_kept)] = new("200, 200, none, none", Unknown),
        [nameof(DefaultChecksums.A_checksum_of_other_bytes_is_refused)] = new("200, 987654321", "looser: " + Unknown),
        [nameof(DefaultChecksums.Two_checksums_at_once_are_refused)] = new("200, 123456789", "looser: " + Unknown),
        [nameof(DefaultChecksums.Without_a_checksum_crc64nvme_is_kept)] = new("200, none, none", Unknown),
        [nameof(DefaultChecksums.A_copy_keeps_the_checksum)] = new("200, , 200, none, none", Unknown),
        [nameof(DefaultChecksums.A_copy_may_have_another_checksum)] = new("200, none, none", Unknown),
        [nameof(DefaultChecksums.The_attributes_tell_etag_checksum_and_size)] = new("200, False, , , none", "it answers with the object"),
        [nameof(DefaultChecksums.Deleting_many_needs_a_checksum)] = new("200, nothing, 200, nothing", "looser: none is needed"),
        [nameof(DefaultChecksums.Changing_cors_needs_a_checksum)] = new("200", "looser: none is needed"),
        [nameof(MultipartChecksums.Beginning_tells_the_checksum_that_was_chosen)] = new("200, , ", Unknown),
        [nameof(MultipartChecksums.A_choice_that_cannot_be_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_composite_checksum_is_that_of_the_parts_checksums)] = new("200, , , , ", Unknown),
        [nameof(MultipartChecksums.A_part_of_a_composite_is_told_with_its_own_checksum)] = new("200, ", Unknown),
        [nameof(MultipartChecksums.A_full_object_checksum_is_that_of_a_single_put)] = new("200, , , True", Unknown),
        [nameof(MultipartChecksums.Without_a_choice_the_object_has_a_crc64nvme)] = new("200, , ", Unknown),
        [nameof(MultipartChecksums.Without_a_choice_a_part_may_have_any)] = new("200, ", Unknown),
        [nameof(MultipartChecksums.A_part_with_another_checksum_than_was_chosen_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_part_without_the_checksum_that_was_chosen_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_part_of_another_checksum_is_refused)] = new("200", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_list_without_the_checksums_of_a_composite_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_list_with_a_wrong_checksum_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.A_list_with_a_checksum_that_was_not_chosen_is_refused)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.Another_type_than_was_chosen_is_refused_on_completing)] = new("200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.The_checksum_of_the_whole_is_verified_on_completing)] =
            new("200, hello; 200, hello", "looser: " + Unknown),
        [nameof(MultipartChecksums.Listing_the_parts_tells_their_checksums)] = new("200, , , ", Unknown),
        [nameof(MultipartChecksums.A_copy_of_a_composite_has_the_checksum_of_the_bytes)] = new("200, , ", Unknown),
        [nameof(MultipartChecksums.The_attributes_tell_the_parts)] = new("200, , ", "it answers with the object"),

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

        // multipart uploads
        [nameof(Multipart.A_part_number_outside_1_to_10000_is_refused) + "(0)"] = new("200", "looser: numbers are not checked"),
        [nameof(Multipart.A_part_number_outside_1_to_10000_is_refused) + "(-1)"] = new("200", "looser: numbers are not checked"),
        [nameof(Multipart.A_part_number_outside_1_to_10000_is_refused) + "(10001)"] = new("200", "looser: numbers are not checked"),
        [nameof(Multipart.An_unsigned_amz_header_on_a_part_is_refused)] = new("200", "looser: an unsigned header is taken"),
        [nameof(Multipart.An_abort_ends_the_upload)] = new("204, 404 NoSuchUpload, 404 NoSuchKey", "another code on listing"),
        [nameof(Multipart.A_presigned_abort_ends_the_upload)] = new("204, 404 NoSuchKey", "another code on listing"),
        [nameof(MultipartParts.Parts_of_an_unknown_upload_are_not_listed)] = new("404 NoSuchKey", "another code"),
        [nameof(MultipartParts.Parts_are_not_listed_under_another_key)] = new("404 NoSuchKey", "another code"),
        [nameof(MultipartParts.A_page_that_makes_no_sense_is_refused) + "(max-parts=-1)"] = new("200", "looser: a negative number passes"),
        [nameof(MultipartParts.Uploads_under_one_key_are_listed_by_age)] = new("False", "by id, which is random"),
        [nameof(MultipartParts.A_delimiter_folds_uploads_that_lie_deeper)] = new("a and ", "the folders are not told"),
        [nameof(MultipartComplete.A_list_out_of_order_is_refused)] = new("200, 5242885 bytes", "looser: the order is not checked"),
        [nameof(MultipartComplete.A_part_listed_twice_is_refused)] = new("200, 5242880 bytes", "looser: it counts once"),
        [nameof(MultipartComplete.A_part_that_is_not_listed_is_left_out)] = new("400 InvalidPart, nothing", "all parts must be listed"),
        [nameof(MultipartComplete.A_list_that_makes_no_sense_is_refused) + "(<Part><PartNumber>one</PartNumber><ETag>0</ETag></Part>)"] =
            new("400 InvalidPart, nothing", "another code"),
        [nameof(MultipartComplete.An_unknown_upload_cannot_be_completed)] = new("500 InternalError, nothing", "a fault of the server's"),
        [nameof(MultipartComplete.An_aborted_upload_cannot_be_completed)] = new("500 InternalError, nothing", "a fault of the server's"),
        [nameof(MultipartComplete.Completing_again_in_the_same_words_is_answered_like_the_first)] = new("200, False", "the ETag is not told"),
        [nameof(MultipartComplete.After_it_the_upload_takes_no_part_and_lists_none)] =
            new("404 NoSuchUpload, 404 NoSuchKey", "another code on listing"),
        [nameof(MultipartComplete.The_answer_tells_bucket_key_etag_and_place)] =
            new("200, True, True, False, False, True", "the ETag is not told, the place has no scheme"),
        [nameof(MultipartComplete.The_size_that_was_promised_is_held_to_the_parts) + "(6)"] =
            new("200, hello", "looser: x-amz-mp-object-size is ignored"),
        [nameof(MultipartComplete.A_copy_of_it_has_a_plain_etag)] = new("62109206880d38a4010a98e11243924a-1", "a copy keeps the ETag"),
        [nameof(MultipartConditions.A_completion_that_must_create_refuses_a_key_that_is_there)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_that_must_create_refuses_a_key_that_came_meanwhile)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_that_must_create_conflicts_with_a_delete_meanwhile)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.Of_two_completions_that_must_create_one_does)] =
            new("won, won", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_with_another_value_of_if_none_match_is_not_implemented)] =
            new("200, hello", "looser: If-None-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_that_would_replace_anything_is_not_implemented)] =
            new("200, hello", "looser: If-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_refuses_to_replace_what_has_changed)] =
            new("200, hello", "looser: If-Match is ignored on completing"),
        [nameof(MultipartConditions.A_completion_that_must_replace_needs_something_to_replace)] =
            new("200, hello", "looser: If-Match is ignored on completing"),
        [nameof(MultipartReads.A_part_is_read_by_its_number)] = new("200, 5242885, , ", "partNumber is ignored on reading"),
        [nameof(MultipartReads.A_part_that_is_not_there_cannot_be_read)] = new("200", "partNumber is ignored on reading"),
        [nameof(MultipartReads.A_part_number_and_a_range_exclude_each_other)] = new("206", "partNumber is ignored on reading"),
        [nameof(MultipartReads.An_object_that_came_in_one_request_is_its_own_part)] =
            new("200, hello, none", "partNumber is ignored on reading"),
        [nameof(PartCopy.A_part_of_a_changed_source_is_refused)] = new("200, 0123456789", "looser: conditions on the source are ignored"),
        [nameof(PartCopy.A_part_that_must_differ_is_refused_when_it_does_not)] =
            new("200, 0123456789", "looser: conditions on the source are ignored"),
        [nameof(PartCopy.A_part_of_a_source_changed_since_a_date_is_refused)] =
            new("200, 0123456789", "looser: conditions on the source are ignored"),
        [nameof(PartCopy.A_stretch_beyond_the_end_is_refused)] = new("416 InvalidRange, nothing", "another code"),
        [nameof(PartCopy.A_stretch_that_makes_no_sense_is_refused) + "(bytes=5-)"] = new("416 InvalidRange, nothing", "another code"),
        [nameof(PartCopy.A_stretch_that_makes_no_sense_is_refused) + "(bytes=5-2)"] = new("416 InvalidRange, nothing", "another code"),
        [nameof(PartCopy.A_stretch_that_makes_no_sense_is_refused) + "(bytes=-5)"] =
            new("200, 012345", "looser: what is missing is taken for zero"),
        [nameof(PartCopy.The_answer_tells_the_part_s_etag_and_date)] =
            new("200, 781e5e245d69b566979b86e28d23f2c7, True", "the ETag is not quoted"),

        // versions
        [nameof(Versions.A_key_that_was_deleted_says_so)] = new("404 NoSuchKey, , False", "the marker is not told"),
        [nameof(Versions.A_delete_marker_cannot_be_read)] = new("404 NoSuchKey, , ", "another code, the marker is not told"),
        [nameof(Versions.A_delete_marker_cannot_be_read) + "(HEAD)"] = new("404, , ", "another code, the marker is not told"),
        [nameof(Versions.Deleting_a_version_leaves_the_others)] = new("204, none, 200, first, 200, first, 404 NoSuchKey", "another code"),
        [nameof(Versions.An_id_that_cannot_be_one_is_refused)] = new("404 NoSuchKey", "another code"),
        [nameof(Versions.An_id_that_cannot_be_one_is_refused) + "(DELETE)"] = new("204", "looser: any text may be an id"),
        [nameof(Versions.Of_two_uploads_the_one_that_began_later_is_current)] =
            new("200, earlier, 200, earlier", "the one that was completed later"),
        [nameof(VersioningStates.A_status_that_is_none_is_refused)] = new("400 InvalidArgument", "another code"),
        [nameof(VersioningStates.Without_versions_an_id_is_refused)] = new("404 NoSuchKey", "another code"),
        [nameof(VersioningStates.Suspended_a_write_tells_no_id_and_leaves_the_versions)] =
            new("none, , loose, 200, kept", "the id null is not told on reading either"),
        [nameof(VersioningStates.Suspended_a_delete_replaces_the_null_version_by_a_marker)] =
            new("204, true, null, 404 NoSuchKey, 404 NoSuchKey, 200, kept", "another code"),
        [nameof(VersionListing.A_page_goes_on_after_a_version_that_was_deleted_meanwhile)] =
            new("200, False", "after the key, or from its beginning"),
        [nameof(VersionListing.A_version_marker_without_a_key_marker_is_refused)] = new("200", "looser: it is ignored"),
        [nameof(VersionCopy.An_old_version_is_copied_by_its_id)] = new("200, False, False, first", "no version is told on a copy"),
        [nameof(VersionCopy.Without_an_id_the_current_version_is_copied)] = new("200, False, second", "no version is told on a copy"),
        [nameof(VersionCopy.A_condition_is_held_to_the_version_that_is_named)] =
            new("200, 200", "looser: conditions on the source are ignored"),
        [nameof(VersionCopy.A_version_that_is_gone_cannot_be_copied)] = new("404 NoSuchKey", "another code"),
        [nameof(VersionCopy.A_deleted_object_cannot_be_copied)] = new("404 NoSuchKey, 404 NoSuchKey", "another code"),

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

        // tags and access control lists
        [nameof(Tagging.A_copy_that_replaces_the_tags_takes_the_request_s)] = new("a=1", "x-amz-tagging-directive is ignored"),
        [nameof(Tagging.A_copy_that_replaces_the_tags_without_any_has_none)] = new("a=1", "x-amz-tagging-directive is ignored"),
        [nameof(Tagging.A_tag_with_another_sign_is_refused)] = new("200", "looser: every sign is taken"),
        [nameof(Tagging.A_tag_of_aws_s_own_is_refused)] = new("200", "looser: AWS's own prefix is taken"),
        [nameof(Tagging.A_tag_twice_in_the_document_is_refused)] = new("200", "looser: a tag may come twice"),
        [nameof(Tagging.A_tag_twice_in_the_header_is_refused)] = new("200, hello", "looser: a tag may come twice"),
        [nameof(Tagging.An_object_has_ten_tags_at_most) + "(11)"] = new("400 InvalidTag", "another code"),
        [nameof(Tagging.Without_a_signature_no_tags_are_read)] = new("200", "looser: who may read an object may read its tags"),
        [nameof(Acl.An_acl_that_says_nothing_is_refused)] = new("400 InvalidArgument", "another code"),
        [nameof(Acl.An_acl_by_name_and_by_grants_is_refused)] = new("400 InvalidArgument", "another code"),

        // listings
        [nameof(ListingV1.Without_a_delimiter_a_page_names_no_next_marker)] =
            new("a b|b/1, true, KEY/b/1", "every page that is not the last names the next marker"),
        [nameof(ListingV1.A_listing_encodes_keys_and_markers_when_asked)] =
            new("KEY/a b, KEY%2F%C3%A9, url", "the marker is not encoded, and of a key the slash is too"),
        [nameof(ListingV1.Another_encoding_is_refused)] = new("200", "looser: an unknown encoding is ignored"),

        // events (deleting many objects of a bucket with events ends this RGW: LocalS3's own tests hold it to that case)
        [nameof(Notifications.A_record_says_what_it_is_and_where_it_comes_from)] =
            new("2.2, ceph:s3, 1.0, one, arn:aws:s3:::BUCKET", "the event's source is Ceph, and says so"),
        [nameof(Notifications.A_record_names_the_region_the_client_and_the_request)] =
            new(", , False", "region and client are left empty, and the request's id is another"),
        [nameof(Notifications.An_event_s_time_is_utc_with_milliseconds)] = new("0000-00-00T00:00:00.000000Z", "microseconds"),
        [nameof(Notifications.A_told_key_is_encoded_as_in_a_form)] = new("ObjectCreated:Put in/red flower+\u00e9@.jpg", "keys are not encoded"),
        [nameof(Notifications.Later_changes_of_a_key_have_a_greater_sequencer)] = new("9, False", "the bytes of the time are reversed"),
        [nameof(Notifications.A_new_configuration_sends_a_test_event)] = new("", "there are no test events"),
        [nameof(Notifications.An_empty_configuration_ends_the_events)] =
            new("ObjectCreated:Put before, then 2", "an empty configuration changes nothing: DELETE, its extension, ends them"),
        [nameof(Notifications.Two_configurations_for_one_event_are_refused)] = new("200", "looser: both are told"),
        [nameof(Notifications.A_filter_by_anything_but_prefix_and_suffix_is_refused)] = new("400 MalformedXML", "another code"),

        // lifecycle
        [nameof(Lifecycle.A_configuration_without_a_checksum_is_refused)] = new("200", "looser: no checksum is asked for"),
        [nameof(Lifecycle.Days_are_a_positive_number) + "(soon)"] = new("400 InvalidArgument", "another code"),
        [nameof(Lifecycle.A_date_that_is_no_midnight_is_refused)] = new("400 MalformedXML, 404", "another code"),
        [nameof(Lifecycle.A_rule_that_does_nothing_is_refused)] = new("400 MalformedXML, 404", "another code"),
        [nameof(Lifecycle.Two_conditions_without_an_and_are_refused)] = new("200, 200", "looser: both conditions are taken"),
        [nameof(Lifecycle.A_prefix_besides_a_filter_is_refused)] = new("200, 200", "looser: one of the two is taken"),

        // the rest
        [nameof(Keys.A_key_of_1025_bytes_is_refused)] = new("400 InvalidObjectName", "another code"),
        [nameof(Cors.A_refusal_may_be_read_by_the_origin)] = new("403 SignatureDoesNotMatch, ", "the header is there, and empty"),
        [nameof(Cors.A_rule_for_every_origin_is_answered_with_a_star)] = new("200, https://app.example", "the origin is named instead"),
    };
}
