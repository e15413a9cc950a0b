using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>OLE compound files: the directory tells the documents apart, wherever it lies in what was read.</summary>
public sealed class CompoundContentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1_000)]
    public void Inspect_DirectoryAtStartOrEnd_IsFound(int fillerSectors)
    {
        var workbook = CompoundFileSamples.Create(fillerSectors, "Workbook", "Other");

        SampleFile.Inspect("application/vnd.ms-excel", workbook).DetectedType.Should().Be("application/vnd.ms-excel");
        SampleFile.Inspect("application/msword", workbook).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_Entries_AreAlignedToTheFile()
    {
        byte[] workbook = [.. CompoundFileSamples.Create(300, "Workbook"), .. new byte[77]];

        SampleFile.Inspect(null, workbook).DetectedType.Should().Be("application/vnd.ms-excel");
    }

    [Fact]
    public void Inspect_DirectoryNotRead_AcceptsDeclaredOleType()
    {
        byte[] hidden = [.. CompoundFileSamples.Create(300, "Workbook"), .. new byte[512 * 300]];

        SampleFile.Inspect("application/msword", hidden).Should().Be(new InspectionResult("application/x-ole-storage", null));
        SampleFile.Inspect("image/png", hidden).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_EmbeddedDocument_IsAcceptedAsEither()
    {
        var both = CompoundFileSamples.Create("Workbook", "WordDocument");

        SampleFile.Inspect("application/msword", both).Accepted.Should().BeTrue();
        SampleFile.Inspect("application/vnd.ms-excel", both).Accepted.Should().BeTrue();
    }

    [Theory]
    [InlineData("WordDocument")]
    [InlineData("Workbook")]
    public void Inspect_Installer_IsDetectedDespiteOtherStreams(string stream) =>
        SampleFile.Inspect("application/msword", CompoundFileSamples.CreateInstaller(stream)).Detail
            .Should().Be("The file was declared as application/msword, but its bytes are a Windows installer.");

    [Fact]
    public void Inspect_PasswordProtected_NamesIt() =>
        SampleFiles.Get("encrypted office").InspectAs(SampleFiles.OpenXml + "wordprocessingml.document").Detail
            .Should().EndWith("but its bytes are a password-protected Office document.");

    [Fact]
    public void Inspect_StreamNameInText_IsIgnored()
    {
        byte[] content =
        [
            .. CompoundFileSamples.Create("Other"), .. System.Text.Encoding.Unicode.GetBytes("Workbook").Concat(new byte[112]),
        ];

        SampleFile.Inspect(null, content).DetectedType.Should().Be("application/x-ole-storage");
    }
}
