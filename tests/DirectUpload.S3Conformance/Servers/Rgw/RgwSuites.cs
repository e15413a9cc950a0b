namespace DirectUpload.S3Conformance.Servers.Rgw;

public sealed class AccessControlLists(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.AccessControlLists(server), IClassFixture<RgwFixture>;

public sealed class Buckets(RgwFixture server) : DirectUpload.S3Conformance.Suites.Buckets(server), IClassFixture<RgwFixture>;

public sealed class Checksums(RgwFixture server) : DirectUpload.S3Conformance.Suites.Checksums(server), IClassFixture<RgwFixture>;

public sealed class ConditionalReads(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.ConditionalReads(server), IClassFixture<RgwFixture>;

public sealed class ConditionalWrites(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.ConditionalWrites(server), IClassFixture<RgwFixture>;

public sealed class CopyObject(RgwFixture server) : DirectUpload.S3Conformance.Suites.CopyObject(server), IClassFixture<RgwFixture>;

public sealed class Cors(RgwFixture server) : DirectUpload.S3Conformance.Suites.Cors(server), IClassFixture<RgwFixture>;

public sealed class Deletes(RgwFixture server) : DirectUpload.S3Conformance.Suites.Deletes(server), IClassFixture<RgwFixture>;

public sealed class HeaderAuthentication(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.HeaderAuthentication(server), IClassFixture<RgwFixture>;

public sealed class ObjectKeys(RgwFixture server) : DirectUpload.S3Conformance.Suites.ObjectKeys(server), IClassFixture<RgwFixture>;

public sealed class LifecycleConfiguration(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.LifecycleConfiguration(server), IClassFixture<RgwFixture>;

public sealed class ListObjectsV2(RgwFixture server) : DirectUpload.S3Conformance.Suites.ListObjectsV2(server), IClassFixture<RgwFixture>;

public sealed class ListObjectsV1(RgwFixture server) : DirectUpload.S3Conformance.Suites.ListObjectsV1(server), IClassFixture<RgwFixture>;

public sealed class EventNotifications(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.EventNotifications(server), IClassFixture<RgwFixture>;

public sealed class PostResponses(RgwFixture server) : DirectUpload.S3Conformance.Suites.PostResponses(server), IClassFixture<RgwFixture>;

public sealed class PostPolicyFields(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicyFields(server), IClassFixture<RgwFixture>;

public sealed class PostPolicyKeys(RgwFixture server) : DirectUpload.S3Conformance.Suites.PostPolicyKeys(server), IClassFixture<RgwFixture>;

public sealed class PostPolicySignatures(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicySignatures(server), IClassFixture<RgwFixture>;

public sealed class PostPolicySizes(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicySizes(server), IClassFixture<RgwFixture>;

public sealed class PresignedCredentials(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedCredentials(server), IClassFixture<RgwFixture>;

public sealed class PresignedGet(RgwFixture server) : DirectUpload.S3Conformance.Suites.PresignedGet(server), IClassFixture<RgwFixture>;

public sealed class PresignedLifetimes(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedLifetimes(server), IClassFixture<RgwFixture>;

public sealed class PresignedPut(RgwFixture server) : DirectUpload.S3Conformance.Suites.PresignedPut(server), IClassFixture<RgwFixture>;

public sealed class PresignedPutHeaders(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedPutHeaders(server), IClassFixture<RgwFixture>;

public sealed class PresignedPutTampering(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedPutTampering(server), IClassFixture<RgwFixture>;

public sealed class Ranges(RgwFixture server) : DirectUpload.S3Conformance.Suites.Ranges(server), IClassFixture<RgwFixture>;

public sealed class MultipartUploads(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartUploads(server), IClassFixture<RgwFixture>;

public sealed class MultipartCompletion(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartCompletion(server), IClassFixture<RgwFixture>;

public sealed class MultipartConditions(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartConditions(server), IClassFixture<RgwFixture>;

public sealed class MultipartListing(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartListing(server), IClassFixture<RgwFixture>;

public sealed class MultipartReads(RgwFixture server) : DirectUpload.S3Conformance.Suites.MultipartReads(server), IClassFixture<RgwFixture>;

public sealed class UploadPartCopy(RgwFixture server) : DirectUpload.S3Conformance.Suites.UploadPartCopy(server), IClassFixture<RgwFixture>;

public sealed class DefaultChecksums(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.DefaultChecksums(server), IClassFixture<RgwFixture>;

public sealed class MultipartChecksums(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartChecksums(server), IClassFixture<RgwFixture>;

public sealed class ObjectVersions(RgwFixture server) : DirectUpload.S3Conformance.Suites.ObjectVersions(server), IClassFixture<RgwFixture>;

public sealed class VersioningStates(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.VersioningStates(server), IClassFixture<RgwFixture>;

public sealed class ListObjectVersions(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectVersions(server), IClassFixture<RgwFixture>;

public sealed class VersionCopy(RgwFixture server) : DirectUpload.S3Conformance.Suites.VersionCopy(server), IClassFixture<RgwFixture>;

public sealed class SessionCredentials(RgwFixture server)
    : DirectUpload.S3Conformance.Suites.SessionCredentials(server), IClassFixture<RgwFixture>;

public sealed class ObjectTagging(RgwFixture server) : DirectUpload.S3Conformance.Suites.ObjectTagging(server), IClassFixture<RgwFixture>;

public sealed class VirtualHosts(RgwFixture server) : DirectUpload.S3Conformance.Suites.VirtualHosts(server), IClassFixture<RgwFixture>;
