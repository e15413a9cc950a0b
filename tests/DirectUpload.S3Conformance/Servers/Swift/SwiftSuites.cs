namespace DirectUpload.S3Conformance.Servers.Swift;

public sealed class AccessControlLists(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.AccessControlLists(server), IClassFixture<SwiftFixture>;

public sealed class Buckets(SwiftFixture server) : DirectUpload.S3Conformance.Suites.Buckets(server), IClassFixture<SwiftFixture>;

public sealed class Checksums(SwiftFixture server) : DirectUpload.S3Conformance.Suites.Checksums(server), IClassFixture<SwiftFixture>;

public sealed class ConditionalReads(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ConditionalReads(server), IClassFixture<SwiftFixture>;

public sealed class ConditionalWrites(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ConditionalWrites(server), IClassFixture<SwiftFixture>;

public sealed class CopyObject(SwiftFixture server) : DirectUpload.S3Conformance.Suites.CopyObject(server), IClassFixture<SwiftFixture>;

public sealed class Cors(SwiftFixture server) : DirectUpload.S3Conformance.Suites.Cors(server), IClassFixture<SwiftFixture>;

public sealed class Deletes(SwiftFixture server) : DirectUpload.S3Conformance.Suites.Deletes(server), IClassFixture<SwiftFixture>;

public sealed class HeaderAuthentication(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.HeaderAuthentication(server), IClassFixture<SwiftFixture>;

public sealed class ObjectKeys(SwiftFixture server) : DirectUpload.S3Conformance.Suites.ObjectKeys(server), IClassFixture<SwiftFixture>;

public sealed class LifecycleConfiguration(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.LifecycleConfiguration(server), IClassFixture<SwiftFixture>;

public sealed class ListObjectsV2(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectsV2(server), IClassFixture<SwiftFixture>;

public sealed class ListObjectsV1(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectsV1(server), IClassFixture<SwiftFixture>;

public sealed class EventNotifications(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.EventNotifications(server), IClassFixture<SwiftFixture>;

public sealed class PostResponses(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PostResponses(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicyFields(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicyFields(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicyKeys(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicyKeys(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicySignatures(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicySignatures(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicySizes(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicySizes(server), IClassFixture<SwiftFixture>;

public sealed class PresignedCredentials(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedCredentials(server), IClassFixture<SwiftFixture>;

public sealed class PresignedGet(SwiftFixture server) : DirectUpload.S3Conformance.Suites.PresignedGet(server), IClassFixture<SwiftFixture>;

public sealed class PresignedLifetimes(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedLifetimes(server), IClassFixture<SwiftFixture>;

public sealed class PresignedPut(SwiftFixture server) : DirectUpload.S3Conformance.Suites.PresignedPut(server), IClassFixture<SwiftFixture>;

public sealed class PresignedPutHeaders(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedPutHeaders(server), IClassFixture<SwiftFixture>;

public sealed class PresignedPutTampering(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.PresignedPutTampering(server), IClassFixture<SwiftFixture>;

public sealed class Ranges(SwiftFixture server) : DirectUpload.S3Conformance.Suites.Ranges(server), IClassFixture<SwiftFixture>;

public sealed class MultipartUploads(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartUploads(server), IClassFixture<SwiftFixture>;

public sealed class MultipartCompletion(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartCompletion(server), IClassFixture<SwiftFixture>;

public sealed class MultipartConditions(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartConditions(server), IClassFixture<SwiftFixture>;

public sealed class MultipartListing(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartListing(server), IClassFixture<SwiftFixture>;

public sealed class MultipartReads(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartReads(server), IClassFixture<SwiftFixture>;

public sealed class UploadPartCopy(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.UploadPartCopy(server), IClassFixture<SwiftFixture>;

public sealed class DefaultChecksums(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.DefaultChecksums(server), IClassFixture<SwiftFixture>;

public sealed class MultipartChecksums(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.MultipartChecksums(server), IClassFixture<SwiftFixture>;

public sealed class ObjectVersions(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ObjectVersions(server), IClassFixture<SwiftFixture>;

public sealed class VersioningStates(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.VersioningStates(server), IClassFixture<SwiftFixture>;

public sealed class ListObjectVersions(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectVersions(server), IClassFixture<SwiftFixture>;

public sealed class VersionCopy(SwiftFixture server) : DirectUpload.S3Conformance.Suites.VersionCopy(server), IClassFixture<SwiftFixture>;

public sealed class SessionCredentials(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.SessionCredentials(server), IClassFixture<SwiftFixture>;

public sealed class ObjectTagging(SwiftFixture server)
    : DirectUpload.S3Conformance.Suites.ObjectTagging(server), IClassFixture<SwiftFixture>;

public sealed class VirtualHosts(SwiftFixture server) : DirectUpload.S3Conformance.Suites.VirtualHosts(server), IClassFixture<SwiftFixture>;
