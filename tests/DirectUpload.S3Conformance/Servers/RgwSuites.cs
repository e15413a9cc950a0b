namespace DirectUpload.S3Conformance.Rgw;

public sealed class Acl(RgwFixture server) : S3Conformance.Acl(server), IClassFixture<RgwFixture>;

public sealed class Buckets(RgwFixture server) : S3Conformance.Buckets(server), IClassFixture<RgwFixture>;

public sealed class Checksums(RgwFixture server) : S3Conformance.Checksums(server), IClassFixture<RgwFixture>;

public sealed class ConditionalReads(RgwFixture server) : S3Conformance.ConditionalReads(server), IClassFixture<RgwFixture>;

public sealed class ConditionalWrites(RgwFixture server) : S3Conformance.ConditionalWrites(server), IClassFixture<RgwFixture>;

public sealed class Copy(RgwFixture server) : S3Conformance.Copy(server), IClassFixture<RgwFixture>;

public sealed class Cors(RgwFixture server) : S3Conformance.Cors(server), IClassFixture<RgwFixture>;

public sealed class Deletes(RgwFixture server) : S3Conformance.Deletes(server), IClassFixture<RgwFixture>;

public sealed class HeaderAuthentication(RgwFixture server) : S3Conformance.HeaderAuthentication(server), IClassFixture<RgwFixture>;

public sealed class Keys(RgwFixture server) : S3Conformance.Keys(server), IClassFixture<RgwFixture>;

public sealed class Lifecycle(RgwFixture server) : S3Conformance.Lifecycle(server), IClassFixture<RgwFixture>;

public sealed class Listing(RgwFixture server) : S3Conformance.Listing(server), IClassFixture<RgwFixture>;

public sealed class ListingV1(RgwFixture server) : S3Conformance.ListingV1(server), IClassFixture<RgwFixture>;

public sealed class Notifications(RgwFixture server) : S3Conformance.Notifications(server), IClassFixture<RgwFixture>;

public sealed class PostAnswers(RgwFixture server) : S3Conformance.PostAnswers(server), IClassFixture<RgwFixture>;

public sealed class PostPolicyFields(RgwFixture server) : S3Conformance.PostPolicyFields(server), IClassFixture<RgwFixture>;

public sealed class PostPolicyKeys(RgwFixture server) : S3Conformance.PostPolicyKeys(server), IClassFixture<RgwFixture>;

public sealed class PostPolicySignatures(RgwFixture server) : S3Conformance.PostPolicySignatures(server), IClassFixture<RgwFixture>;

public sealed class PostPolicySizes(RgwFixture server) : S3Conformance.PostPolicySizes(server), IClassFixture<RgwFixture>;

public sealed class PresignedCredentials(RgwFixture server) : S3Conformance.PresignedCredentials(server), IClassFixture<RgwFixture>;

public sealed class PresignedGet(RgwFixture server) : S3Conformance.PresignedGet(server), IClassFixture<RgwFixture>;

public sealed class PresignedLifetimes(RgwFixture server) : S3Conformance.PresignedLifetimes(server), IClassFixture<RgwFixture>;

public sealed class PresignedPut(RgwFixture server) : S3Conformance.PresignedPut(server), IClassFixture<RgwFixture>;

public sealed class PresignedPutHeaders(RgwFixture server) : S3Conformance.PresignedPutHeaders(server), IClassFixture<RgwFixture>;

public sealed class PresignedPutMutations(RgwFixture server) : S3Conformance.PresignedPutMutations(server), IClassFixture<RgwFixture>;

public sealed class Ranges(RgwFixture server) : S3Conformance.Ranges(server), IClassFixture<RgwFixture>;

public sealed class Multipart(RgwFixture server) : S3Conformance.Multipart(server), IClassFixture<RgwFixture>;

public sealed class MultipartComplete(RgwFixture server) : S3Conformance.MultipartComplete(server), IClassFixture<RgwFixture>;

public sealed class MultipartConditions(RgwFixture server) : S3Conformance.MultipartConditions(server), IClassFixture<RgwFixture>;

public sealed class MultipartParts(RgwFixture server) : S3Conformance.MultipartParts(server), IClassFixture<RgwFixture>;

public sealed class MultipartReads(RgwFixture server) : S3Conformance.MultipartReads(server), IClassFixture<RgwFixture>;

public sealed class PartCopy(RgwFixture server) : S3Conformance.PartCopy(server), IClassFixture<RgwFixture>;

public sealed class DefaultChecksums(RgwFixture server) : S3Conformance.DefaultChecksums(server), IClassFixture<RgwFixture>;

public sealed class MultipartChecksums(RgwFixture server) : S3Conformance.MultipartChecksums(server), IClassFixture<RgwFixture>;

public sealed class Versions(RgwFixture server) : S3Conformance.Versions(server), IClassFixture<RgwFixture>;

public sealed class VersioningStates(RgwFixture server) : S3Conformance.VersioningStates(server), IClassFixture<RgwFixture>;

public sealed class VersionListing(RgwFixture server) : S3Conformance.VersionListing(server), IClassFixture<RgwFixture>;

public sealed class VersionCopy(RgwFixture server) : S3Conformance.VersionCopy(server), IClassFixture<RgwFixture>;

public sealed class SessionCredentials(RgwFixture server) : S3Conformance.SessionCredentials(server), IClassFixture<RgwFixture>;

public sealed class Tagging(RgwFixture server) : S3Conformance.Tagging(server), IClassFixture<RgwFixture>;

public sealed class VirtualHosts(RgwFixture server) : S3Conformance.VirtualHosts(server), IClassFixture<RgwFixture>;
