using DirectUpload.S3Conformance.Suites;

namespace DirectUpload.S3Conformance.Servers;

/// <summary>
/// What OpenStack Swift's S3 API does not have: forms, checksums, access control lists of objects, tags, lifecycle rules and events. The
/// cases about them run all the same: Swift must answer as declared here.
/// </summary>
public static class SwiftMissingFeatures
{
    private const string ChecksumList = "a list with elements of checksums is malformed";
    private const string CorsRules = "CORS rules of a bucket are not implemented";
    private const string Ignored = "x-amz-checksum-* is ignored";
    private const string NoAcls = "ACLs of objects cannot be set";
    private const string NoEvents = "there are no events";
    private const string NoForms = "there are no forms";
    private const string NoRules = "there are no lifecycle rules";
    private const string NoTags = "there are no tags";
    private const string PartNumber = "partNumber is not implemented on reading";
    private const string Unsigned = "a request without a signature is not taken for S3";

    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>
    {
        // forms
        [nameof(PostResponses.A_201_describes_the_object)] = new("False, False, ", NoForms),
        [nameof(PostResponses.A_201_contains_the_object_s_location)] = new("False, ", NoForms),
        [nameof(PostResponses.A_204_contains_the_ETag)] = new("412, none", NoForms),
        [nameof(PostResponses.A_204_contains_the_object_s_location)] = new("412, False", NoForms),
        [nameof(PostResponses.A_form_for_a_missing_bucket_returns_404)] = new("412", NoForms),
        [nameof(PostResponses.A_redirect_contains_bucket_key_and_ETag)] = new("412, ", NoForms),
        [nameof(PostResponses.An_unsupported_status_returns_204)] = new("412", NoForms),
        [nameof(PostResponses.A_redirect_outside_the_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostResponses.The_default_status_is_204)] = new("412", NoForms),
        [nameof(PostResponses.The_requested_status_is_returned)] = new("412", NoForms),
        [nameof(PostPolicyFields.A_content_type_with_the_prefix_is_accepted)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.A_content_type_outside_the_prefix_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.A_form_without_a_file_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.A_header_field_is_stored)] = new("412, none", NoForms),
        [nameof(PostPolicyFields.A_key_after_the_file_does_not_count)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.A_missing_field_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.An_extra_ACL_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.An_extra_field_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.An_extra_metadata_field_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.An_ignored_field_needs_no_condition)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.A_bucket_outside_the_policy_is_refused)] = new("412", NoForms),
        [nameof(PostPolicyFields.Another_content_type_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.Changed_metadata_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.Every_listed_content_type_must_have_the_prefix)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.Fields_after_the_file_are_ignored)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.Metadata_is_stored)] = new("412, none", NoForms),
        [nameof(PostPolicyFields.Field_names_are_case_insensitive)] = new("412, nothing", NoForms),
        [nameof(PostPolicyFields.The_exact_content_type_is_accepted_and_stored)] = new("412, application/xml", NoForms),
        [nameof(PostPolicyFields.Field_values_are_case_sensitive)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_form_without_a_key_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_key_below_the_prefix_is_accepted)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_key_outside_the_prefix_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_key_longer_than_the_exact_one_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_prefix_applies_after_file_name_substitution)] = new("412, nothing; 412, nothing", NoForms),
        [nameof(PostPolicyKeys.An_eq_condition_requires_the_exact_key)] = new("412, nothing; 412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_key_with_special_characters_is_accepted)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.A_key_other_than_the_exact_one_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.Any_key_satisfies_the_empty_prefix)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.The_exact_key_is_accepted)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.The_file_name_is_used_without_its_path)] = new("412, nothing", NoForms),
        [nameof(PostPolicyKeys.The_file_name_is_substituted_in_the_key)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_form_without_a_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_form_without_its_signature_fields_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_malformed_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_week_old_policy_is_valid_until_it_expires)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.An_expired_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_tampered_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_wrong_secret_is_refused_in_a_form)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_wrong_signature_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.An_unknown_access_key_is_refused_in_a_form)] = new("412, nothing", NoForms),
        [nameof(PostPolicySignatures.A_scope_outside_the_policy_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySizes.A_file_must_be_within_the_size_range)] = new("412, nothing", NoForms),
        [nameof(PostPolicySizes.A_large_file_above_the_size_range_is_refused)] = new("412, nothing", NoForms),
        [nameof(PostPolicySizes.A_refused_file_does_not_replace_the_object)] = new("412, before", NoForms),
        [nameof(PostPolicySizes.An_empty_file_fits_a_range_from_zero)] = new("412, nothing", NoForms),
        [nameof(PostPolicySizes.Without_a_range_any_size_is_accepted)] = new("12", NoForms),

        // checksums
        [nameof(Checksums.A_malformed_SHA256_is_refused)] = new("200, hello", "looser: " + Ignored),
        [nameof(Checksums.A_wrong_SHA256_is_refused)] = new("200, jello", "looser: " + Ignored),
        [nameof(Checksums.The_SHA256_is_returned_on_request)] = new("200, none", Ignored),
        [nameof(DefaultChecksums.A_wrong_checksum_is_refused)] = new("200, 987654321", "looser: " + Ignored),
        [nameof(DefaultChecksums.A_sent_checksum_is_verified_and_stored)] = new("200, 200, none, none", Ignored),
        [nameof(DefaultChecksums.A_copy_keeps_the_checksum)] = new("200, , 200, none, none", Ignored),
        [nameof(DefaultChecksums.A_copy_can_have_another_checksum)] = new("200, none, none", Ignored),
        [nameof(DefaultChecksums.Changing_CORS_needs_a_checksum)] = new("501 NotImplemented", CorsRules),
        [nameof(DefaultChecksums.Deleting_many_needs_a_checksum)] =
            new("400 InvalidRequest, hello, 400 InvalidRequest, hello", "only Content-MD5 counts"),
        [nameof(DefaultChecksums.The_attributes_contain_ETag_checksum_and_size)] = new(
            "200, False, , , none", "it answers with the object"),
        [nameof(DefaultChecksums.Two_checksums_at_once_are_refused)] = new("200, 123456789", "looser: " + Ignored),
        [nameof(DefaultChecksums.Without_a_checksum_CRC64NVME_is_stored)] = new("200, none, none", Ignored),
        [nameof(MultipartChecksums.An_invalid_checksum_choice_is_refused)] = new("200", "looser: " + Ignored),
        [nameof(MultipartChecksums.A_composite_checksum_covers_the_parts_checksums)] = new("400 MalformedXML, , , , ", ChecksumList),
        [nameof(MultipartChecksums.A_copy_of_a_composite_has_a_full_object_checksum)] = new("404 NoSuchKey, , ", ChecksumList),
        [nameof(MultipartChecksums.A_full_object_checksum_equals_that_of_a_single_put)] = new("400 MalformedXML, , , True", ChecksumList),
        [nameof(MultipartChecksums.A_list_with_another_algorithm_is_refused)] = new("400 MalformedXML, nothing", ChecksumList),
        [nameof(MultipartChecksums.A_list_with_a_wrong_checksum_is_refused)] = new("400 MalformedXML, nothing", ChecksumList),
        [nameof(MultipartChecksums.A_composite_list_without_checksums_is_refused)] = new("200, hello", "looser: " + Ignored),
        [nameof(MultipartChecksums.A_part_of_a_composite_returns_its_own_checksum)] = new("405, ", PartNumber),
        [nameof(MultipartChecksums.A_part_with_a_wrong_checksum_is_refused)] = new("200", "looser: " + Ignored),
        [nameof(MultipartChecksums.A_part_with_another_algorithm_is_refused)] = new("200", "looser: " + Ignored),
        [nameof(MultipartChecksums.A_part_without_the_chosen_checksum_is_refused)] = new("200", "looser: " + Ignored),
        [nameof(MultipartChecksums.A_completion_with_another_type_is_refused)] = new("400 MalformedXML, nothing", ChecksumList),
        [nameof(MultipartChecksums.Creating_an_upload_returns_the_chosen_checksum)] = new("200, , ", Ignored),
        [nameof(MultipartChecksums.Listing_parts_returns_their_checksums)] = new("200, , , ", Ignored),
        [nameof(MultipartChecksums.The_attributes_contain_the_parts)] = new("404 NoSuchKey, , ", ChecksumList),
        [nameof(MultipartChecksums.A_completion_verifies_the_object_s_checksum)] =
            new("200, hello; 200, hello", "looser: " + Ignored),
        [nameof(MultipartChecksums.Without_a_choice_a_part_can_have_any_checksum)] = new("200, ", Ignored),
        [nameof(MultipartChecksums.Without_a_choice_the_object_has_a_CRC64NVME)] = new("200, , ", Ignored),

        // access control lists
        [nameof(AccessControlLists.A_canned_ACL_is_set_by_name)] = new("501 NotImplemented, owner FULL_CONTROL", NoAcls),
        [nameof(AccessControlLists.A_canned_ACL_is_returned_as_grants) + "(authenticated-read)"] =
            new("owner FULL_CONTROL", "canned ACLs of objects are ignored"),
        [nameof(AccessControlLists.A_canned_ACL_is_returned_as_grants) + "(public-read-write)"] =
            new("owner FULL_CONTROL", "canned ACLs of objects are ignored"),
        [nameof(AccessControlLists.A_copy_of_a_public_object_is_private)] = new("400", Unsigned),
        [nameof(AccessControlLists.A_form_field_makes_the_object_public)] = new("400", Unsigned),
        [nameof(AccessControlLists.A_private_object_becomes_public_by_its_ACL)] = new("400", Unsigned),
        [nameof(AccessControlLists.A_private_object_needs_signed_reads)] = new("400", Unsigned),
        [nameof(AccessControlLists.A_public_object_becomes_private_by_its_ACL)] = new("400, owner FULL_CONTROL", Unsigned),
        [nameof(AccessControlLists.A_public_object_needs_signed_writes)] = new("400, hello", Unsigned),
        [nameof(AccessControlLists.A_public_object_allows_unsigned_reads)] = new("400, nothing", Unsigned),
        [nameof(AccessControlLists.A_public_object_s_ACL_grants_read_to_all_users)] = new(
            "owner FULL_CONTROL", "canned ACLs of objects are ignored"),
        [nameof(AccessControlLists.An_ACL_with_both_name_and_grants_is_refused)] = new("501 NotImplemented", NoAcls),
        [nameof(AccessControlLists.An_empty_ACL_is_refused)] = new("501 NotImplemented", NoAcls),
        [nameof(AccessControlLists.An_unknown_canned_ACL_is_refused)] = new("501 NotImplemented", NoAcls),
        [nameof(AccessControlLists.Grants_can_be_read_and_written_back)] = new("501 NotImplemented, owner FULL_CONTROL", NoAcls),
        [nameof(AccessControlLists.The_ACL_of_a_missing_object_returns_404) + "(PUT)"] = new("501 NotImplemented", NoAcls),
        [nameof(AccessControlLists.Reading_an_ACL_needs_a_signature)] = new("400", Unsigned),

        // tags
        [nameof(ObjectTagging.A_copy_has_the_source_s_tags)] = new("", NoTags),
        [nameof(ObjectTagging.A_copy_can_replace_the_tags)] = new("", NoTags),
        [nameof(ObjectTagging.A_form_field_tags_the_object)] = new("nothing, ", NoForms),
        [nameof(ObjectTagging.A_get_returns_the_tag_count)] = new("none", NoTags),
        [nameof(ObjectTagging.A_head_returns_the_tag_count)] = new("none", NoTags),
        [nameof(ObjectTagging.A_put_header_tags_the_object)] = new("", NoTags),
        [nameof(ObjectTagging.A_malformed_tag_document_is_refused)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.A_tag_s_key_and_value_lengths_are_limited)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.A_tag_with_the_AWS_prefix_is_refused)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.A_duplicate_tag_in_the_document_is_refused)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.A_duplicate_tag_in_the_header_is_refused)] = new("501 NotImplemented, nothing", NoTags),
        [nameof(ObjectTagging.A_tag_with_an_invalid_character_is_refused)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.An_object_has_at_most_ten_tags)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.Deleting_tags_does_not_delete_the_object)] = new("501 NotImplemented, , hello", NoTags),
        [nameof(ObjectTagging.Putting_tags_replaces_all_of_them)] = new("", NoTags),
        [nameof(ObjectTagging.Tags_of_a_missing_object_return_404)] = new("501 NotImplemented", NoTags),
        [nameof(ObjectTagging.Tags_of_a_missing_object_return_404) + "(GET)"] = new("200", "looser: " + NoTags),
        [nameof(ObjectTagging.Tags_round_trip)] = new("501 NotImplemented, ", NoTags),
        [nameof(ObjectTagging.Reading_tags_needs_a_signature)] = new("400", Unsigned),

        // lifecycle
        [nameof(LifecycleConfiguration.A_configuration_without_a_checksum_is_refused)] = new("400 MalformedXML", NoRules),
        [nameof(LifecycleConfiguration.A_configuration_without_rules_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_date_other_than_midnight_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_deleted_lifecycle_configuration_is_not_found)] =
            new("204, 404 NoSuchBucket", "DELETE ignores the subresource: it deletes the bucket"),
        [nameof(LifecycleConfiguration.A_lifecycle_configuration_round_trips)] = new("400 MalformedXML, , , , ", NoRules),
        [nameof(LifecycleConfiguration.A_rule_id_of_256_characters_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_new_bucket_has_no_lifecycle_configuration)] = new("200", NoRules),
        [nameof(LifecycleConfiguration.A_prefix_next_to_a_filter_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_rule_can_act_on)] = new("400 MalformedXML", NoRules),
        [nameof(LifecycleConfiguration.A_rule_can_filter_by)] = new("400 MalformedXML", NoRules),
        [nameof(LifecycleConfiguration.A_rule_without_an_action_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_rule_without_a_filter_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_rule_without_an_id_gets_one)] = new("False", NoRules),
        [nameof(LifecycleConfiguration.Aborting_uploads_by_a_tag_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.A_head_of_an_expiring_object_returns_its_rule)] = new("none", NoRules),
        [nameof(LifecycleConfiguration.A_put_of_an_expiring_object_returns_its_rule)] = new("none", NoRules),
        [nameof(LifecycleConfiguration.An_unknown_rule_status_is_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.Days_together_with_a_date_are_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.Days_must_be_a_positive_number) + "(-1)"] = new("400 MalformedXML", NoRules),
        [nameof(LifecycleConfiguration.Days_must_be_a_positive_number) + "(0)"] = new("400 MalformedXML", NoRules),
        [nameof(LifecycleConfiguration.Putting_a_lifecycle_configuration_replaces_it)] = new("", NoRules),
        [nameof(LifecycleConfiguration.Two_conditions_without_an_and_are_refused)] = new("400 MalformedXML, 200", NoRules),
        [nameof(LifecycleConfiguration.Two_rules_with_one_id_are_refused)] = new("400 MalformedXML, 200", NoRules),

        // events
        [nameof(EventNotifications.A_filter_other_than_prefix_or_suffix_is_refused)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.A_new_bucket_has_an_empty_notification_configuration)] = new("501 NotImplemented, False, 0", NoEvents),
        [nameof(EventNotifications.A_new_configuration_sends_a_test_event)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.A_notification_configuration_round_trips)] = new("501 NotImplemented, , False, , ", NoEvents),
        [nameof(EventNotifications.Put_post_copy_and_delete_have_event_names)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.A_put_event_contains_key_size_and_ETag)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.An_event_contains_region_client_and_request)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.An_event_contains_version_source_and_bucket)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.A_refused_put_sends_no_event)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.An_event_s_key_is_form_encoded)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.A_topic_that_is_not_an_ARN_is_refused)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.An_empty_configuration_stops_the_events)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.An_event_s_time_is_UTC_with_milliseconds)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.An_unknown_event_is_refused)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.Later_changes_of_a_key_have_a_greater_sequencer)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.Only_configured_events_are_sent)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.Only_keys_that_match_the_filter_send_events)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.Two_configurations_for_one_event_are_refused)] = new("501 NotImplemented", NoEvents),
        [nameof(EventNotifications.Two_configurations_for_different_keys_are_accepted)] = new("501 NotImplemented", NoEvents),
    };
}
