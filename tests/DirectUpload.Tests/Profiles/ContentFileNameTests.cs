using DirectUpload.Profiles;

namespace DirectUpload.Tests.Profiles;

public sealed class ContentFileNameTests
{
    [Theory]
    [InlineData("photo.jpg", "image/webp", "photo.webp")]
    [InlineData("photo.JPEG", "image/jpeg", "photo.JPEG")]
    [InlineData("photo", "image/webp", "photo.webp")]
    [InlineData("scan v1.2", "image/png", "scan v1.2.png")]
    [InlineData("report v1.2", "application/pdf", "report v1.2")]
    [InlineData("part.acme", "application/zip", "part.acme")]
    [InlineData("part.rtf", "application/zip", "part.zip")]
    [InlineData("Dockerfile", "text/plain", "Dockerfile")]
    [InlineData("a.bin", "application/octet-stream", "a.bin")]
    [InlineData("a.png", "application/vnd.acme", "a.png")]
    public void Create_ExtensionOfAnotherType_IsReplaced(string name, string type, string expected) =>
        ContentFileName.Create(name, type).Should().Be(expected);
}
