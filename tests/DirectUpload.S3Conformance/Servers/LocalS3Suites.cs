namespace DirectUpload.S3Conformance.LocalS3;

public sealed class Acl(LocalS3Fixture server) : S3Conformance.Acl(server), IClassFixture<LocalS3Fixture>;

public sealed class Buckets(LocalS3Fixture server) : S3Conformance.Buckets(server), IClassFixture<LocalS3Fixture>;

public sealed class Checksums(LocalS3Fixture server) : S3Conformance.Checksums(server), IClassFixture<LocalS3Fixture>;

public sealed class ConditionalReads(LocalS3Fixture server) : S3Conformance.ConditionalReads(server), IClassFixture<LocalS3Fixture>;

public sealed class ConditionalWrites(LocalS3Fixture server) : S3Conformance.ConditionalWrites(server), IClassFixture<LocalS3Fixture>;

public sealed class Copy(LocalS3Fixture server) : S3Conformance.Copy(server), IClassFixture<LocalS3Fixture>;

public sealed class Cors(LocalS3Fixture server) : S3Conformance.Cors(server), IClassFixture<LocalS3Fixture>;

public sealed class Deletes(LocalS3Fixture server) : S3Conformance.Deletes(server), IClassFixture<LocalS3Fixture>;

public sealed class HeaderAuthentication(LocalS3Fixture server) : S3Conformance.HeaderAuthentication(server), IClassFixture<LocalS3Fixture>;

public sealed class Keys(LocalS3Fixture server) : S3Conformance.Keys(server), IClassFixture<LocalS3Fixture>;

public sealed class Lifecycle(LocalS3Fixture server) : S3Conformance.Lifecycle(server), IClassFixture<LocalS3Fixture>;

public sealed class Listing(LocalS3Fixture server) : S3Conformance.Listing(server), IClassFixture<LocalS3Fixture>;

public sealed class ListingV1(LocalS3Fixture server) : S3Conformance.ListingV1(server), IClassFixture<LocalS3Fixture>;

public sealed class Notifications(LocalS3Fixture server) : S3Conformance.Notifications(server), IClassFixture<LocalS3Fixture>;

public sealed class PostAnswers(LocalS3Fixture server) : S3Conformance.PostAnswers(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicyFields(LocalS3Fixture server) : S3Conformance.PostPolicyFields(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicyKeys(LocalS3Fixture server) : S3Conformance.PostPolicyKeys(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicySignatures(LocalS3Fixture server) : S3Conformance.PostPolicySignatures(server), IClassFixture<LocalS3Fixture>;

public sealed class PostPolicySizes(LocalS3Fixture server) : S3Conformance.PostPolicySizes(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedCredentials(LocalS3Fixture server) : S3Conformance.PresignedCredentials(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedGet(LocalS3Fixture server) : S3Conformance.PresignedGet(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedLifetimes(LocalS3Fixture server) : S3Conformance.PresignedLifetimes(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedPut(LocalS3Fixture server) : S3Conformance.PresignedPut(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedPutHeaders(LocalS3Fixture server) : S3Conformance.PresignedPutHeaders(server), IClassFixture<LocalS3Fixture>;

public sealed class PresignedPutMutations(LocalS3Fixture server) : S3Conformance.PresignedPutMutations(server),
    IClassFixture<LocalS3Fixture>;

public sealed class Ranges(LocalS3Fixture server) : S3Conformance.Ranges(server), IClassFixture<LocalS3Fixture>;

public sealed class Multipart(LocalS3Fixture server) : S3Conformance.Multipart(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartComplete(LocalS3Fixture server) : S3Conformance.MultipartComplete(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartConditions(LocalS3Fixture server) : S3Conformance.MultipartConditions(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartParts(LocalS3Fixture server) : S3Conformance.MultipartParts(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartReads(LocalS3Fixture server) : S3Conformance.MultipartReads(server), IClassFixture<LocalS3Fixture>;

public sealed class PartCopy(LocalS3Fixture server) : S3Conformance.PartCopy(server), IClassFixture<LocalS3Fixture>;

public sealed class DefaultChecksums(LocalS3Fixture server) : S3Conformance.DefaultChecksums(server), IClassFixture<LocalS3Fixture>;

public sealed class MultipartChecksums(LocalS3Fixture server) : S3Conformance.MultipartChecksums(server), IClassFixture<LocalS3Fixture>;

public sealed class Versions(LocalS3Fixture server) : S3Conformance.Versions(server), IClassFixture<LocalS3Fixture>;

public sealed class VersioningStates(LocalS3Fixture server) : S3Conformance.VersioningStates(server), IClassFixture<LocalS3Fixture>;

public sealed class VersionListing(LocalS3Fixture server) : S3Conformance.VersionListing(server), IClassFixture<LocalS3Fixture>;

public sealed class VersionCopy(LocalS3Fixture server) : S3Conformance.VersionCopy(server), IClassFixture<LocalS3Fixture>;

public sealed class SessionCredentials(LocalS3Fixture server) : S3Conformance.SessionCredentials(server), IClassFixture<LocalS3Fixture>;

public sealed class Tagging(LocalS3Fixture server) : S3Conformance.Tagging(server), IClassFixture<LocalS3Fixture>;

public sealed class VirtualHosts(LocalS3Fixture server) : S3Conformance.VirtualHosts(server), IClassFixture<LocalS3Fixture>;
