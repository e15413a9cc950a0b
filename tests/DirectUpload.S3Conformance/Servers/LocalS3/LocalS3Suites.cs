namespace DirectUpload.S3Conformance.Servers.LocalS3;

public sealed class AccessControlLists(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.AccessControlLists(server), IClassFixture<LocalS3Fixture>;

public sealed class Buckets(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.Buckets(server), IClassFixture<LocalS3Fixture>;

public sealed class Checksums(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.Checksums(server), IClassFixture<LocalS3Fixture>;

public sealed class ConditionalReads(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ConditionalReads(server), IClassFixture<LocalS3Fixture>;

public sealed class ConditionalWrites(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ConditionalWrites(server), IClassFixture<LocalS3Fixture>;

public sealed class CopyObject(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.CopyObject(server), IClassFixture<LocalS3Fixture>;

public sealed class Cors(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.Cors(server), IClassFixture<LocalS3Fixture>;

public sealed class Deletes(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.Deletes(server), IClassFixture<LocalS3Fixture>;

public sealed class HeaderAuthentication(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.HeaderAuthentication(server), IClassFixture<LocalS3Fixture>;

public sealed class ObjectKeys(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.ObjectKeys(server), IClassFixture<LocalS3Fixture>;

public sealed class LifecycleConfiguration(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.LifecycleConfiguration(server), IClassFixture<LocalS3Fixture>;

public sealed class ListObjectsV2(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectsV2(server), IClassFixture<LocalS3Fixture>;

public sealed class ListObjectsV1(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectsV1(server), IClassFixture<LocalS3Fixture>;

public sealed class EventNotifications(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.EventNotifications(server), IClassFixture<LocalS3Fixture>;

public sealed class PostResponses(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PostResponses(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicyFields(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicyFields(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicyKeys(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicyKeys(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicySignatures(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicySignatures(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicySizes(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PostPolicySizes(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedCredentials(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PresignedCredentials(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedGet(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PresignedGet(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedLifetimes(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PresignedLifetimes(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedPut(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PresignedPut(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedPutHeaders(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.PresignedPutHeaders(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedPutTampering(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.PresignedPutTampering(server),
    IClassFixture<LocalS3Fixture>;

public sealed class Ranges(LocalS3Fixture server) : DirectUpload.S3Conformance.Suites.Ranges(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartUploads(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.MultipartUploads(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartCompletion(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.MultipartCompletion(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartConditions(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.MultipartConditions(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartListing(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.MultipartListing(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartReads(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.MultipartReads(server), IClassFixture<LocalS3Fixture>;

public sealed class UploadPartCopy(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.UploadPartCopy(server), IClassFixture<LocalS3Fixture>;

public sealed class DefaultChecksums(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.DefaultChecksums(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartChecksums(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.MultipartChecksums(server), IClassFixture<LocalS3Fixture>;

public sealed class ObjectVersions(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ObjectVersions(server), IClassFixture<LocalS3Fixture>;

public sealed class VersioningStates(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.VersioningStates(server), IClassFixture<LocalS3Fixture>;

public sealed class ListObjectVersions(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ListObjectVersions(server), IClassFixture<LocalS3Fixture>;

public sealed class VersionCopy(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.VersionCopy(server), IClassFixture<LocalS3Fixture>;

public sealed class SessionCredentials(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.SessionCredentials(server), IClassFixture<LocalS3Fixture>;

public sealed class ObjectTagging(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.ObjectTagging(server), IClassFixture<LocalS3Fixture>;

public sealed class VirtualHosts(LocalS3Fixture server)
    : DirectUpload.S3Conformance.Suites.VirtualHosts(server), IClassFixture<LocalS3Fixture>;
