using System.Text;
using CsCheck;
using DirectUpload.Confirmation;
using DirectUpload.Primitives;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Confirmation;

public sealed class IntegrityCheckTests
{
    private const string Crc = "rosUhgp5mIg=";
    private const string OtherCrc = "AAAAAAAAAAA=";
    private const string Sha = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const string OtherSha = "LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=";

    private static readonly IntegrityRequirement[] Requirements = Enum.GetValues<IntegrityRequirement>();

    // What is reported: nothing, the CRC-64/NVME, the SHA-256, a composite one, or one of another algorithm.
    private static readonly Gen<UploadChecksum?> Reports = Choose<UploadChecksum?>(
        null, Full("CRC64NVME", Crc), Full("CRC64NVME", OtherCrc), Full("SHA256", Sha), Full("SHA256", OtherSha),
        new UploadChecksum("SHA256", $"{Sha}-2", "COMPOSITE"), new UploadChecksum("CRC64NVME", Crc, "COMPOSITE"),
        Full("CRC32", "AAAAAA=="));

    private static readonly Gen<IntegrityCheck> Checks = Gen.Select(
        Choose<string?>(null, Sha), Choose<string?>(null, Crc), Choose(Requirements),
        (sha, crc, requirement) => new IntegrityCheck(sha, crc, requirement));

    public static TheoryData<IntegrityRequirement, string?, string?, bool> Unverifiable { get; } = new()
    {
        { IntegrityRequirement.None, Crc, null, false },
        { IntegrityRequirement.StorageChecksum, Crc, UploadErrorCodes.ChecksumNotReported, false },
        { IntegrityRequirement.ReadObject, Crc, null, true },
        { IntegrityRequirement.None, null, null, false },
        { IntegrityRequirement.StorageChecksum, null, UploadErrorCodes.ChecksumMissing, false },
        { IntegrityRequirement.ReadObject, null, UploadErrorCodes.ChecksumMissing, false },
    };

    [Theory]
    [MemberData(nameof(Unverifiable))]
    public void FindError_NothingReported_DependsOnTheRequirement(
        IntegrityRequirement requirement, string? stated, string? code, bool mustRead)
    {
        var error = new IntegrityCheck(null, stated, requirement).FindError(reported: null, out var reads);

        error?.Code.Should().Be(code);
        reads.Should().Be(mustRead);
    }

    [Fact]
    public void FindError_ReportedDiffers_IsAMismatch() => Checks.Sample(check =>
        (check.Crc64Nvme is null
            || check.FindError(Full("CRC64NVME", OtherCrc), out _)?.Code == UploadErrorCodes.ChecksumMismatch)
        && (check.Sha256 is null || check.FindError(Full("SHA256", OtherSha), out _)?.Code == UploadErrorCodes.Mismatch));

    [Fact]
    public void FindError_Accepted_WasVerifiedWhereRequired() => Gen.Select(Checks, Reports).Sample((check, reported) =>
    {
        if (check.FindError(reported, out var mustRead) is not null || mustRead || check.Requirement == IntegrityRequirement.None)
            return true;
        return reported is { Type: "FULL_OBJECT", Algorithm: "CRC64NVME" or "SHA256" }
            && reported.Value == (reported.Algorithm == "SHA256" ? check.Sha256 : check.Crc64Nvme);
    });

    [Fact]
    public void FindError_EqualChecksums_IsNoError() => Checks.Where(check => check.Crc64Nvme is not null).Sample(check =>
        check.FindError(Full("CRC64NVME", Crc), out var mustRead) is null && mustRead == check.Sha256 is not null);

    [Fact]
    public void FindMismatch_ReadBytes_ComparesAllThatWasStated() => Gen.Select(Checks, Gen.Bool, Gen.Bool).Sample((check, sha, crc) =>
    {
        var read = new ContentChecksums(sha ? Sha : OtherSha, crc ? Crc : OtherCrc);
        var isEqual = (sha || check.Sha256 is null) && (crc || check.Crc64Nvme is null);
        return isEqual == check.FindMismatch(read) is null;
    });

    [Fact]
    public async Task ComputeAsync_LargeContent_EqualsTheChecksumOfAllBytes()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('x', 300_000));
        using var stream = new MemoryStream(bytes);

        var computed = await ContentChecksums.ComputeAsync(stream, withSha256: true, withCrc64Nvme: true, CancellationToken.None);

        computed.Crc64Nvme.Should().Be(TestData.ComputeCrc64Nvme(bytes));
        computed.Sha256.Should().Be(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    private static Gen<T> Choose<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static UploadChecksum Full(string algorithm, string value) => new(algorithm, value, "FULL_OBJECT");
}
