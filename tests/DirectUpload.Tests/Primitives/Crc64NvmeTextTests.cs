using System.Text;
using CsCheck;
using DirectUpload.Primitives;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Primitives;

public sealed class Crc64NvmeTextTests
{
    // The check value of the catalogue of parametrised CRC algorithms, and of an empty object at Amazon S3.
    [Theory]
    [InlineData("123456789", 0xAE8B14860A799888)]
    [InlineData("", 0)]
    public void Hash_OfKnownText_IsTheCatalogueValue(string text, ulong expected) =>
        TestData.ComputeCrc64Nvme(Encoding.ASCII.GetBytes(text)).Should().Be(Crc64NvmeText.From(expected));

    [Fact]
    public void IsValid_EveryChecksum() => Gen.ULong.Sample(checksum => Crc64NvmeText.IsValid(Crc64NvmeText.From(checksum)));

    [Theory]
    [InlineData("")]
    [InlineData("rosUhgp5mIg")]
    [InlineData("rosUhgp5mIh=")] // The last character has bits that no byte has.
    [InlineData("rosUhgp5mIgA")] // 9 bytes
    [InlineData("rosUhgp5mA==")] // 7 bytes
    [InlineData("rosUhgp5mIg=\n")]
    [InlineData("rosUhgp5m Ig")]
    [InlineData("rosUhgp5m_g=")]
    public void IsValid_OtherText_IsFalse(string text) => Crc64NvmeText.IsValid(text).Should().BeFalse();
}
