using System.Text;
using CsCheck;
using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Tests.Checksums;

public class ChecksumAlgorithmTests
{
    // The catalogue's "check" values: each algorithm over the digits 1 to 9.
    [Theory]
    [InlineData("CRC32", "cbf43926")]
    [InlineData("CRC32C", "e3069283")]
    [InlineData("CRC64NVME", "ae8b14860a799888")]
    [InlineData("SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData("SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public void The_check_value_is_the_published_one(string name, string expected)
    {
        using var hash = ChecksumAlgorithm.FindByName(name)!.Create();
        hash.Append("123456789"u8);
        Convert.ToHexStringLower(hash.Finish()).Should().Be(expected);
    }

    [Fact]
    public void Appending_in_pieces_yields_the_same_checksum() =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Byte.Array[0, 100]).Sample((first, second) => ChecksumAlgorithm.All.All(algorithm =>
        {
            using var whole = algorithm.Create();
            using var pieces = algorithm.Create();
            whole.Append([.. first, .. second]);
            pieces.Append(first);
            pieces.Append(second);
            return whole.Finish().SequenceEqual(pieces.Finish());
        }));

    [Fact]
    public void Combined_CRCs_equal_the_CRC_of_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 300]).Sample((first, second) =>
            ChecksumAlgorithm.All.Where(algorithm => algorithm.IsCrc).All(algorithm =>
                algorithm.Combine(Hash(algorithm, first), Hash(algorithm, second), second.Length)
                    .SequenceEqual(Hash(algorithm, [.. first, .. second]))));

    private static byte[] Hash(ChecksumAlgorithm algorithm, byte[] bytes)
    {
        using var hash = algorithm.Create();
        hash.Append(bytes);
        return hash.Finish();
    }

    [Theory]
    [InlineData("CRC32", "AAAAAA==", true)]
    [InlineData("CRC32", "AAAAAAA=", false)]
    [InlineData("SHA256", "AAAAAA==", false)]
    [InlineData("CRC32", "not base64!", false)]
    public void Well_formed_text_is_base64_of_the_right_length(string name, string text, bool expected) =>
        ChecksumAlgorithm.FindByName(name)!.IsWellFormed(text).Should().Be(expected);

    [Fact]
    public void An_absurdly_long_text_is_not_well_formed() =>
        ChecksumAlgorithm.FindByName("CRC32")!.IsWellFormed(Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('x', 4000))))
            .Should().BeFalse();
}
