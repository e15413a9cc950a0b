namespace DirectUpload.S3Conformance.Swift;

public sealed class Acl(SwiftFixture server) : S3Conformance.Acl(server), IClassFixture<SwiftFixture>;

public sealed class Buckets(SwiftFixture server) : S3Conformance.Buckets(server), IClassFixture<SwiftFixture>;

public sealed class Checksums(SwiftFixture server) : S3Conformance.Checksums(server), IClassFixture<SwiftFixture>;

public sealed class ConditionalReads(SwiftFixture server) : S3Conformance.ConditionalReads(server), IClassFixture<SwiftFixture>;

public sealed class ConditionalWrites(SwiftFixture server) : S3Conformance.ConditionalWrites(server), IClassFixture<SwiftFixture>;

public sealed class Copy(SwiftFixture server) : S3Conformance.Copy(server), IClassFixture<SwiftFixture>;

public sealed class Cors(SwiftFixture server) : S3Conformance.Cors(server), IClassFixture<SwiftFixture>;

public sealed class Deletes(SwiftFixture server) : S3Conformance.Deletes(server), IClassFixture<SwiftFixture>;

public sealed class HeaderAuthentication(SwiftFixture server) : S3Conformance.HeaderAuthentication(server), IClassFixture<SwiftFixture>;

public sealed class Keys(SwiftFixture server) : S3Conformance.Keys(server), IClassFixture<SwiftFixture>;

public sealed class Lifecycle(SwiftFixture server) : S3Conformance.Lifecycle(server), IClassFixture<SwiftFixture>;

public sealed class Listing(SwiftFixture server) : S3Conformance.Listing(server), IClassFixture<SwiftFixture>;

public sealed class ListingV1(SwiftFixture server) : S3Conformance.ListingV1(server), IClassFixture<SwiftFixture>;

public sealed class Notifications(SwiftFixture server) : S3Conformance.Notifications(server), IClassFixture<SwiftFixture>;

public sealed class PostAnswers(SwiftFixture server) : S3Conformance.PostAnswers(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicyFields(SwiftFixture server) : S3Conformance.PostPolicyFields(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicyKeys(SwiftFixture server) : S3Conformance.PostPolicyKeys(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicySignatures(SwiftFixture server) : S3Conformance.PostPolicySignatures(server), IClassFixture<SwiftFixture>;

public sealed class PostPolicySizes(SwiftFixture server) : S3Conformance.PostPolicySizes(server), IClassFixture<SwiftFixture>;

public sealed class PresignedCredentials(SwiftFixture server) : S3Conformance.PresignedCredentials(server), IClassFixture<SwiftFixture>;

public sealed class PresignedGet(SwiftFixture server) : S3Conformance.PresignedGet(server), IClassFixture<SwiftFixture>;

public sealed class PresignedLifetimes(SwiftFixture server) : S3Conformance.PresignedLifetimes(server), IClassFixture<SwiftFixture>;

public sealed class PresignedPut(SwiftFixture server) : S3Conformance.PresignedPut(server), IClassFixture<SwiftFixture>;

public sealed class PresignedPutHeaders(SwiftFixture server) : S3Conformance.PresignedPutHeaders(server), IClassFixture<SwiftFixture>;

public sealed class PresignedPutMutations(SwiftFixture server) : S3Conformance.PresignedPutMutations(server), IClassFixture<SwiftFixture>;

public sealed class Ranges(SwiftFixture server) : S3Conformance.Ranges(server), IClassFixture<SwiftFixture>;

public sealed class Multipart(SwiftFixture server) : S3Conformance.Multipart(server), IClassFixture<SwiftFixture>;

public sealed class MultipartComplete(SwiftFixture server) : S3Conformance.MultipartComplete(server), IClassFixture<SwiftFixture>;

public sealed class MultipartConditions(SwiftFixture server) : S3Conformance.MultipartConditions(server), IClassFixture<SwiftFixture>;

public sealed class MultipartParts(SwiftFixture server) : S3Conformance.MultipartParts(server), IClassFixture<SwiftFixture>;

public sealed class MultipartReads(SwiftFixture server) : S3Conformance.MultipartReads(server), IClassFixture<SwiftFixture>;

public sealed class PartCopy(SwiftFixture server) : S3Conformance.PartCopy(server), IClassFixture<SwiftFixture>;

public sealed class DefaultChecksums(SwiftFixture server) : S3Conformance.DefaultChecksums(server), IClassFixture<SwiftFixture>;

public sealed class MultipartChecksums(SwiftFixture server) : S3Conformance.MultipartChecksums(server), IClassFixture<SwiftFixture>;

public sealed class Versions(SwiftFixture server) : S3Conformance.Versions(server), IClassFixture<SwiftFixture>;

public sealed class VersioningStates(SwiftFixture server) : S3Conformance.VersioningStates(server), IClassFixture<SwiftFixture>;

public sealed class VersionListing(SwiftFixture server) : S3Conformance.VersionListing(server), IClassFixture<SwiftFixture>;

public sealed class VersionCopy(SwiftFixture server) : S3Conformance.VersionCopy(server), IClassFixture<SwiftFixture>;

public sealed class SessionCredentials(SwiftFixture server) : S3Conformance.SessionCredentials(server), IClassFixture<SwiftFixture>;

public sealed class Tagging(SwiftFixture server) : S3Conformance.Tagging(server), IClassFixture<SwiftFixture>;

public sealed class VirtualHosts(SwiftFixture server) : S3Conformance.VirtualHosts(server), IClassFixture<SwiftFixture>;
