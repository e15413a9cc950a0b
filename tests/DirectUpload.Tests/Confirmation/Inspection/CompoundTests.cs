using DirectUpload.Confirmation;

namespace DirectUpload.Tests.Confirmation;

/// <summary>OLE compound files: the directory tells the documents apart, wherever it lies in what was read.</summary>
public sealed class CompoundTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1_000)]
    public void The_directory_is_found_at_the_beginning_and_at_the_end(int fillerSectors)
    {
        var workbook = CompoundSamples.With(fillerSectors, "Workbook", "Other");

        Sample.Inspect("application/vnd.ms-excel", workbook).DetectedType.Should().Be("application/vnd.ms-excel");
        Sample.Inspect("application/msword", workbook).Accepted.Should().BeFalse();
    }

    [Fact]
    public void The_entries_are_aligned_to_the_file_and_not_to_the_tail()
    {
        byte[] workbook = [.. CompoundSamples.With(300, "Workbook"), .. new byte[77]];

        Sample.Inspect(null, workbook).DetectedType.Should().Be("application/vnd.ms-excel");
    }

    [Fact]
    public void A_directory_in_the_unread_middle_leaves_the_doubt_to_the_declaration()
    {
        byte[] hidden = [.. CompoundSamples.With(300, "Workbook"), .. new byte[512 * 300]];

        Sample.Inspect("application/msword", hidden).Should().Be(new Inspection("application/x-ole-storage", null));
        Sample.Inspect("image/png", hidden).Accepted.Should().BeFalse();
    }

    [Fact]
    public void A_document_that_embeds_another_is_accepted_as_either()
    {
        var both = CompoundSamples.With("Workbook", "WordDocument");

        Sample.Inspect("application/msword", both).Accepted.Should().BeTrue();
        Sample.Inspect("application/vnd.ms-excel", both).Accepted.Should().BeTrue();
    }

    [Theory]
    [InlineData("WordDocument")]
    [InlineData("Workbook")]
    public void An_installer_is_one_whatever_else_it_has(string stream) =>
        Sample.Inspect("application/msword", CompoundSamples.Installer(stream)).Detail
            .Should().Be("The file says application/msword, but its bytes are a Windows installer.");

    [Fact]
    public void A_password_protected_document_says_so() =>
        Samples.Named("encrypted office").As(Samples.OpenXml + "wordprocessingml.document").Detail
            .Should().EndWith("but its bytes are a password-protected Office document.");

    [Fact]
    public void A_name_in_the_text_is_no_stream()
    {
        byte[] content = [.. CompoundSamples.With("Other"), .. System.Text.Encoding.Unicode.GetBytes("Workbook").Concat(new byte[112])];

        Sample.Inspect(null, content).DetectedType.Should().Be("application/x-ole-storage");
    }
}
