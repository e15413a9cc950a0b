using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Password-protected Office documents: the profile decides.</summary>
public sealed class EncryptedDocumentsTests
{
    private const string Xlsx = SampleFiles.OpenXml + "spreadsheetml.sheet";
    private const string Docx = SampleFiles.OpenXml + "wordprocessingml.document";
    private const string Xls = "application/vnd.ms-excel";

    private static byte[] Encrypted => new CompoundFileBuilder(12, 3, 1, 3).Create(
        0, "EncryptionInfo", "EncryptedPackage", "\u0006DataSpaces/Version");

    [Theory]
    [InlineData(null, Xlsx, false)]
    [InlineData(null, Xlsx + " " + Xls, true)]
    [InlineData(null, Xlsx + " application/msword", false)]
    [InlineData(null, Xls, false)]
    [InlineData(null, "*/*", false)]
    [InlineData(null, "application/*", false)]
    [InlineData(true, Xlsx, true)]
    [InlineData(true, "*/*", true)]
    [InlineData(false, Xlsx + " " + Xls, false)]
    public void AreAllowed_FollowsTheProfile(bool? setting, string types, bool allowed)
    {
        var profile = new UploadProfile { AllowEncryptedDocuments = setting, ContentTypes = [.. types.Split(' ')] };

        EncryptedDocuments.AreAllowed(profile, Xlsx).Should().Be(allowed);
    }

    [Fact]
    public void AreAllowed_OnlyLegacyTypeListed_IsFalse() =>
        EncryptedDocuments.AreAllowed(new UploadProfile { ContentTypes = [Xls] }, Xls).Should().BeFalse();

    [Fact]
    public void Inspect_NotAllowed_IsRejected() =>
        SampleFile.Inspect(Docx, Encrypted).Detail
            .Should().Be($"The file was declared as {Docx}, but its bytes are a password-protected Office document.");

    [Theory]
    [InlineData(Xlsx)]
    [InlineData(Docx)]
    [InlineData(Xls)]
    [InlineData("application/vnd.ms-excel.sheet.macroEnabled.12")]
    public void Inspect_Allowed_IsTheDeclaredDocument(string type) =>
        SampleFile.Inspect(type, Encrypted, allowEncrypted: true).Should().Be(new InspectionResult(type, null));

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("image/png")]
    [InlineData("text/plain")]
    [InlineData(SampleFiles.OpenDocument + "text")]
    [InlineData("application/vnd.ms-outlook")]
    public void Inspect_AllowedAsAnotherType_IsRejected(string type) =>
        SampleFile.Inspect(type, Encrypted, allowEncrypted: true).Accepted.Should().BeFalse();

    [Fact]
    public void Inspect_OtherOleFiles_AreNotAllowed()
    {
        foreach (var stream in new[] { "WordDocument", "Something", "EncryptionInfo" })
        {
            SampleFile.Inspect(Xlsx, new CompoundFileBuilder(9, 0, 0, 0).Create(0, stream), allowEncrypted: true).Accepted
                .Should().BeFalse();
        }

        var both = new CompoundFileBuilder(9, 0, 0, 0).Create(0, "EncryptionInfo", "EncryptedPackage", "Workbook");
        SampleFile.Inspect(Xlsx, both, allowEncrypted: true).Accepted.Should().BeFalse();
        var installer = new CompoundFileBuilder(9, 0, 0, 0).Create(0x84, "EncryptionInfo", "EncryptedPackage");
        SampleFile.Inspect(Xlsx, installer, allowEncrypted: true).Accepted.Should().BeFalse();
    }
}
