namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>The signatures that need more than a look at the first bytes.</summary>
public sealed class SignaturesTests
{
    [Theory]
    [InlineData("FD377A585A00 0004", "application/x-xz")]
    [InlineData("28B52FFD 0458", "application/zstd")]
    [InlineData("425A6839 314159265359 00", "application/x-bzip2")]
    [InlineData("425A6839 177245385090 00", "application/x-bzip2")]
    [InlineData("53514C69746520666F726D6174203300 1000", "application/vnd.sqlite3")]
    [InlineData("0000000C4A584C200D0A870A 00", "image/jxl")]
    [InlineData("FF0A FA1F010010", "image/jxl")]
    [InlineData("0000000C6A5020200D0A870A 00", "image/jp2")]
    [InlineData("FF4FFF51 002F", "image/jp2")]
    [InlineData("384250530001 0000", "image/vnd.adobe.photoshop")]
    [InlineData("384250530002 0000", "image/vnd.adobe.photoshop")]
    [InlineData("4D54686400000006 0001", "audio/midi")]
    [InlineData("5249464600000000 524D4944 64617461", "audio/midi")]
    [InlineData("2321414D520A 3C", "audio/amr")]
    [InlineData("2E736E6400 000018", "audio/basic")]
    [InlineData("7776706B 1E00", "audio/x-wavpack")]
    [InlineData("000001BA 4400", "video/mpeg")]
    [InlineData("000001B3 1600", "video/mpeg")]
    [InlineData("3026B2758E66CF11A6D900AA0062CE6C 00", "video/x-ms-asf")]
    [InlineData("464C5601 05", "video/x-flv")]
    [InlineData("4F54544F00 0B", "font/otf")]
    [InlineData("0001000000 0C", "font/ttf")]
    [InlineData("7472756500 0C", "font/ttf")]
    [InlineData("7474636600 01", "font/collection")]
    [InlineData("774F4646 00010000", "font/woff")]
    [InlineData("774F4632 00010000", "font/woff2")]
    [InlineData("252150532D41646F62652D332E300A", "application/postscript")]
    [InlineData("04252150532D41646F62650A", "application/postscript")]
    [InlineData("1B252D313233343558 40504A4C0A 252150530A", "application/postscript")]
    [InlineData("C5D0D3C6 1E000000", "application/postscript")]
    [InlineData("425A6839 746861742069", null)]
    [InlineData("FF0A 68656C6C6F", null)]
    [InlineData("1B252D313233343558 40504A4C0A", null)]
    public void Detect_Signature_DeterminesTheType(string bytes, string? type) =>
        SampleFile.Inspect(null, TestBytes.Hex(bytes)).DetectedType.Should().Be(type);

    [Theory]
    [InlineData(148, true)]
    [InlineData(100, false)]
    public void Detect_TarHeader_NeedsItsChecksum(int checksumOffset, bool isTar)
    {
        var header = new byte[1024];
        "notes/readme.txt"u8.CopyTo(header);
        "        "u8.CopyTo(header.AsSpan(148));
        var sum = header.Sum(value => value);
        TestBytes.Ascii(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, checksumOffset);

        (SampleFile.Inspect(null, header).DetectedType == "application/x-tar").Should().Be(isTar);
    }

    [Theory]
    [InlineData("CD001")]
    [InlineData("BEA01")]
    public void Detect_DescriptorInSector16_IsDiscImage(string id)
    {
        var image = new byte[40_000];
        TestBytes.Ascii(id).CopyTo(image, 32_769);

        SampleFile.Inspect(null, image).DetectedType.Should().Be("application/x-iso9660-image");
    }

    [Theory]
    [InlineData("%PDF-1.4\n1 0 obj\n<</A 2 0 R/P 3 0 R>>\nendobj\n", "application/pdf")]
    [InlineData("%PDF-1.4\n1 0 obj\n<< /B [<a1>] >>\nendobj\n", "application/pdf")]
    [InlineData("%!PS-Adobe-3.0\n%%Title: <stdin>\n", "application/postscript")]
    [InlineData("{\\rtf1\\ansi 1 < 2, <b> is a tag\\par}", "application/rtf")]
    public void Detect_AngleBracketsInDocument_ArePartOfIt(string text, string type) =>
        SampleFile.Inspect(null, TestBytes.Ascii(text)).DetectedType.Should().Be(type);

    [Fact]
    public void Detect_PageBehindSignature_IsPage()
    {
        string[] pages = ["<html><script>1</script>", "<!doctype html>", "<svg onload=x>", "<?php x(); ?>", "<script>"];
        string[] signatures =
        [
            "FFD8FF", "89504E470D0A1A0A", "474946383961", "49492A00", "664C6143", "255044462D312E37", "1F8B08", "377ABCAF271C",
            "5249464604000000 57454250", "000000186674797068656963 00000000 6D69663168656963", "774F4646",
        ];

        foreach (var signature in signatures)
        {
            SampleFile.Inspect(null, TestBytes.Hex(signature)).DetectedType.Should().NotBeNull(signature);
            foreach (var page in pages)
                SampleFile.Inspect(null, [.. TestBytes.Hex(signature), .. TestBytes.Ascii(page)]).DetectedType.Should().BeOneOf(
                    "text/html", "image/svg+xml", "application/x-httpd-php");
        }
    }

    [Theory]
    [InlineData("avif", "", "image/avif")]
    [InlineData("avis", "msf1", "image/avif")]
    [InlineData("mif1", "miafavif", "image/avif")]
    [InlineData("mif1", "avifheic", "image/avif")]
    [InlineData("mif1", "miafheic", "image/heic")]
    [InlineData("msf1", "hevc", "image/heic")]
    [InlineData("heix", "mif1", "image/heic")]
    [InlineData("hevc", "", "image/heic")]
    [InlineData("mif1", "mp42isom", "image/heif")]
    [InlineData("mp42", "mp42isom", "video/mp4")]
    [InlineData("iso6", "", "video/mp4")]
    [InlineData("M4V ", "mp42", "video/mp4")]
    [InlineData("dash", "", "video/mp4")]
    [InlineData("XAVC", "XAVCmp42iso2", "video/mp4")]
    [InlineData("M4B ", "", "audio/mp4")]
    [InlineData("3g2a", "", "video/3gpp")]
    [InlineData("heis", "mp42", "image/heic")]
    public void IsoMedia_Brands_DetermineTheType(string major, string compatible, string type) =>
        SampleFile.Inspect(null, SampleFiles.CreateFtyp(major, [.. compatible.Chunk(4).Select(brand => new string(brand))]))
            .DetectedType.Should().Be(type);

    [Fact]
    public void IsoMedia_UnknownBrand_IsUnknown()
    {
        SampleFile.Inspect(null, SampleFiles.CreateFtyp("zzzz")).DetectedType.Should().BeNull();
        SampleFile.Inspect(null, SampleFiles.CreateFtyp("zzzz", "yyyy", "hevz")).DetectedType.Should().BeNull();
    }

    [Fact]
    public void IsoMedia_BrandAfterTheBox_IsIgnored()
    {
        // "avif" follows the box: it is content.
        byte[] content = [.. SampleFiles.CreateFtyp("mif1", "mif1"), .. "avif"u8];

        SampleFile.Inspect("image/avif", content).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("00000008", "wide", true)]
    [InlineData("00000020", "moov", true)]
    [InlineData("00000001", "mdat", true)]
    [InlineData("00000000", "mdat", true)]
    [InlineData("00000010", "free", true)]
    [InlineData("00000010", "skip", true)]
    [InlineData("7FFFFFFF", "moov", false)]
    [InlineData("00000007", "free", false)]
    [InlineData("00000009", "wide", false)]
    [InlineData("00000010", "noop", false)]
    public void IsoMedia_WithoutFtyp_NeedsAPlausibleBox(string length, string box, bool movie) =>
        SampleFile.Inspect("video/quicktime", [.. TestBytes.Hex(length), .. TestBytes.Ascii(box), .. new byte[24]]).Accepted
            .Should().Be(movie);

    [Theory]
    [InlineData("free", "isom", "video/mp4")]
    [InlineData("skip", "avif", "image/avif")]
    [InlineData("wide", "M4A ", "audio/mp4")]
    [InlineData("free", "qt  ", "video/quicktime")]
    public void IsoMedia_PaddingBeforeFileType_IsSkipped(string padding, string brand, string type) =>
        SampleFile.Inspect(
            null, [.. TestBytes.BigEndian(8), .. TestBytes.Ascii(padding), .. SampleFiles.CreateFtyp(brand, brand)])
            .DetectedType.Should().Be(type);

    [Fact]
    public void IsoMedia_Segment_IsMp4() =>
        SampleFile.Inspect("video/mp4", [.. TestBytes.Hex("00000018"), .. "stypmsdh\0\0\0\0msdhmsix"u8, .. new byte[20]]).Accepted
            .Should().BeTrue();

    [Fact]
    public void IsoMedia_CanonRaw_IsNoMovie() =>
        SampleFile.Inspect("video/mp4", SampleFiles.CreateFtyp("crx ", "crx ", "isom")).Accepted.Should().BeFalse();

    [Fact]
    public void Riff_Forms_AreDistinguished()
    {
        (string Form, string Type)[] forms =
        [
            ("WEBP", "image/webp"), ("WAVE", "audio/wav"), ("AVI ", "video/x-msvideo"), ("ACON", "application/x-navi-animation"),
        ];
        foreach (var (form, type) in forms)
        {
            SampleFile.Inspect(null, SampleFiles.CreateRiff(form)).DetectedType.Should().Be(type);
            forms.Where(other => other.Type != type && other.Form != "ACON"
                && SampleFile.Inspect(other.Type, SampleFiles.CreateRiff(form)).Accepted).Should().BeEmpty();
        }
    }

    [Fact]
    public void IsoMedia_BoxNameInText_IsText()
    {
        SampleFile.Inspect("text/plain", TestBytes.Ascii("The wide road, and nothing more of it.")).Accepted.Should().BeTrue();
        SampleFile.Inspect("text/plain", TestBytes.Ascii("xxx mdat")).Accepted.Should().BeTrue();
    }

    [Fact]
    public void Ebml_DocType_MayBePaddedAndMustBeAnElement()
    {
        SampleFile.Inspect("video/webm", SampleFiles.CreateEbml("webm\0\0")).Accepted.Should().BeTrue();
        SampleFile.Inspect("video/webm", SampleFiles.CreateEbml("webmx")).Accepted.Should().BeFalse();
        SampleFile.Inspect("video/webm", SampleFiles.CreateEbml("other")).Accepted.Should().BeFalse();
        // The words are there, but in a Void element (0xEC).
        byte[] elements = [0xEC, 0x87, 0x42, 0x82, 0x84, .. "webm"u8];
        SampleFile.Inspect("video/webm", [0x1A, 0x45, 0xDF, 0xA3, (byte)(0x80 | elements.Length), .. elements]).Accepted.Should().BeFalse();
        // After the header's end there are no elements of it.
        SampleFile.Inspect("video/webm", [0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x42, 0x82, 0x84, .. "webm"u8]).Accepted.Should().BeFalse();
    }

    [Fact]
    public void MpegAudio_NeedsASecondFrameAfterTheFirst()
    {
        var frames = SampleFiles.Mp3Frames;
        byte[] garbled = [.. frames];
        garbled[417] = 0;
        byte[] otherRate = [.. frames];
        otherRate[419] = 0x94;

        SampleFile.Inspect("audio/mpeg", frames).Accepted.Should().BeTrue();
        SampleFile.Inspect("audio/mpeg", frames[..417]).Accepted.Should().BeTrue("a single whole frame is a file too");
        SampleFile.Inspect("audio/mpeg", frames[..416]).Accepted.Should().BeFalse();
        SampleFile.Inspect("audio/mpeg", garbled).Accepted.Should().BeFalse();
        SampleFile.Inspect("audio/mpeg", otherRate).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("FFFB9200", 418)] // padded
    [InlineData("FFFA9000", 417)] // with a checksum
    [InlineData("FFFBE000", 1044)] // 320 kbit/s
    [InlineData("FFF38000", 208)] // MPEG-2 layer III, 64 kbit/s, 22.05 kHz
    [InlineData("FFE38000", 417)] // MPEG-2.5 layer III, 64 kbit/s, 11.025 kHz
    [InlineData("FFFDA000", 626)] // MPEG-1 layer II, 192 kbit/s
    public void MpegAudio_FrameLength_FollowsTheStandard(string header, int length)
    {
        byte[] frame = [.. TestBytes.Hex(header), .. new byte[length - 4]];

        SampleFile.Inspect("audio/mpeg", [.. frame, .. frame]).Accepted.Should().BeTrue();
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("FFFBF000")] // bitrate 15
    [InlineData("FFFB0000")] // free bitrate
    [InlineData("FFFB9C00")] // reserved sample rate
    [InlineData("FFEB9000")] // reserved version
    [InlineData("FFF99000")] // layer 0: AAC
    public void MpegAudio_ReservedValues_AreRejected(string header)
    {
        byte[] frame = [.. TestBytes.Hex(header), .. new byte[413]];

        SampleFile.Inspect("audio/mpeg", [.. frame, .. frame, .. frame]).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("ID3 tags are old.")]
    [InlineData("MZ is a name, and so is BM.")]
    [InlineData("BM is a bank, or was one when this was written.")]
    [InlineData("RIFF of the day")]
    [InlineData("PKZIP was a program.")]
    [InlineData("II and III are numbers.")]
    public void Inspect_TextLikeASignature_IsText(string text) =>
        SampleFile.Inspect("text/plain", TestBytes.Ascii(text)).Detail.Should().BeNull();

    [Fact]
    public void Pdf_OnlyText_IsNotPlainText() =>
        SampleFiles.Get("pdf").InspectAs("text/plain").Detail
            .Should().Be("The file was declared as text/plain, but its bytes are a PDF document.");

    [Fact]
    public void Riff_Rf64_IsWav() =>
        SampleFile.Inspect("audio/wav", [.. "RF64"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WAVE"u8]).Accepted.Should().BeTrue();
}
