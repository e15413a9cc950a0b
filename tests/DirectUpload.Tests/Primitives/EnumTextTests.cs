using DirectUpload.Primitives;

namespace DirectUpload.Tests.Primitives;

public sealed class EnumTextTests
{
    [Fact]
    public void Names_OfEveryValue_AreThoseOfTheEnum()
    {
        foreach (var status in Enum.GetValues<UploadStatus>())
        {
            status.GetName().Should().Be(status.ToString());
            status.ToLowerName().Should().Be(status.ToString().ToLowerInvariant());
        }
    }

    [Fact]
    public void Names_OfOtherValues_AreTheirNumbersAndCombinations()
    {
        ((UploadStatus)999).GetName().Should().Be("999");
        ((UploadStatus)999).ToLowerName().Should().Be("999");
        (FileAccess.Read | FileAccess.Write).ToLowerName().Should().Be("readwrite");
        (FileShare.Read | FileShare.Delete).ToLowerName().Should().Be("read, delete");
    }
}
