namespace DirectUpload.Tests.Confirmation;

/// <summary>The signatures that need more than a look at the first bytes.</summary>
public sealed class SignatureTests
{
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
    public void An_iso_file_is_what_its_brands_say(string major, string compatible, string type) =>
        Sample.Inspect(null, Samples.Ftyp(major, [.. compatible.Chunk(4).Select(brand => new string(brand))]))
            .DetectedType.Should().Be(type);

    [Fact]
    public void An_iso_file_of_an_unknown_brand_is_unknown()
    {
        Sample.Inspect(null, Samples.Ftyp("zzzz")).DetectedType.Should().BeNull();
        Sample.Inspect(null, Samples.Ftyp("zzzz", "yyyy", "hevz")).DetectedType.Should().BeNull();
    }

    [Fact]
    public void Brands_are_read_from_their_own_box_only()
    {
        // "avif" follows the box: it is content.
        byte[] content = [.. Samples.Ftyp("mif1", "mif1"), .. "avif"u8];

        Sample.Inspect("image/avif", content).Accepted.Should().BeFalse();
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
    public void An_old_movie_begins_with_a_plausible_box(string length, string box, bool movie) =>
        Sample.Inspect("video/quicktime", [.. Bytes.Hex(length), .. Bytes.Ascii(box), .. new byte[24]]).Accepted.Should().Be(movie);

    [Fact]
    public void Prose_with_a_boxs_name_is_prose()
    {
        Sample.Inspect("text/plain", Bytes.Ascii("The wide road, and nothing more of it.")).Accepted.Should().BeTrue();
        Sample.Inspect("text/plain", Bytes.Ascii("xxx mdat")).Accepted.Should().BeTrue();
    }

    [Fact]
    public void A_doc_type_may_be_padded_and_must_be_an_element()
    {
        Sample.Inspect("video/webm", Samples.Ebml("webm\0\0")).Accepted.Should().BeTrue();
        Sample.Inspect("video/webm", Samples.Ebml("webmx")).Accepted.Should().BeFalse();
        Sample.Inspect("video/webm", Samples.Ebml("other")).Accepted.Should().BeFalse();
        // The words are there, but in a Void element (0xEC).
        byte[] elements = [0xEC, 0x87, 0x42, 0x82, 0x84, .. "webm"u8];
        Sample.Inspect("video/webm", [0x1A, 0x45, 0xDF, 0xA3, (byte)(0x80 | elements.Length), .. elements]).Accepted.Should().BeFalse();
        // After the header's end there are no elements of it.
        Sample.Inspect("video/webm", [0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x42, 0x82, 0x84, .. "webm"u8]).Accepted.Should().BeFalse();
    }

    [Fact]
    public void An_mp3_needs_a_second_frame_where_the_first_one_ends()
    {
        var frames = Samples.Mp3Frames;
        byte[] garbled = [.. frames];
        garbled[417] = 0;
        byte[] otherRate = [.. frames];
        otherRate[419] = 0x94;

        Sample.Inspect("audio/mpeg", frames).Accepted.Should().BeTrue();
        Sample.Inspect("audio/mpeg", frames[..417]).Accepted.Should().BeTrue("a single whole frame is a file too");
        Sample.Inspect("audio/mpeg", frames[..416]).Accepted.Should().BeFalse();
        Sample.Inspect("audio/mpeg", garbled).Accepted.Should().BeFalse();
        Sample.Inspect("audio/mpeg", otherRate).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("FFFB9200", 418)] // padded
    [InlineData("FFFA9000", 417)] // with a checksum
    [InlineData("FFFBE000", 1044)] // 320 kbit/s
    [InlineData("FFF38000", 208)] // MPEG-2 layer III, 64 kbit/s, 22.05 kHz
    [InlineData("FFE38000", 417)] // MPEG-2.5 layer III, 64 kbit/s, 11.025 kHz
    [InlineData("FFFDA000", 626)] // MPEG-1 layer II, 192 kbit/s
    public void Frames_are_measured_as_the_standard_says(string header, int length)
    {
        byte[] frame = [.. Bytes.Hex(header), .. new byte[length - 4]];

        Sample.Inspect("audio/mpeg", [.. frame, .. frame]).Accepted.Should().BeTrue();
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("FFFBF000")] // bitrate 15
    [InlineData("FFFB0000")] // free bitrate
    [InlineData("FFFB9C00")] // reserved sample rate
    [InlineData("FFEB9000")] // reserved version
    [InlineData("FFF99000")] // layer 0: AAC
    public void Reserved_values_make_no_frame(string header)
    {
        byte[] frame = [.. Bytes.Hex(header), .. new byte[413]];

        Sample.Inspect("audio/mpeg", [.. frame, .. frame, .. frame]).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("ID3 tags are old.")]
    [InlineData("MZ is a name, and so is BM.")]
    [InlineData("BM is a bank, or was one when this was written.")]
    [InlineData("RIFF of the day")]
    [InlineData("PKZIP was a program.")]
    [InlineData("II and III are numbers.")]
    public void A_word_is_not_a_signature(string text) => Sample.Inspect("text/plain", Bytes.Ascii(text)).Detail.Should().BeNull();

    [Theory]
    [InlineData("\n")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("junk\n")]
    public void A_pdf_begins_with_its_header(string before) =>
        Sample.Inspect("application/pdf", [.. Bytes.Ascii(before), .. Samples.Pdf]).Accepted.Should().BeFalse();

    [Fact]
    public void A_pdf_that_is_all_text_is_no_text() =>
        Samples.Named("pdf").As("text/plain").Detail.Should().Be("The file says text/plain, but its bytes are a PDF document.");

    [Fact]
    public void A_recording_past_four_gibibytes_is_a_wav() =>
        Sample.Inspect("audio/wav", [.. "RF64"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WAVE"u8]).Accepted.Should().BeTrue();
}
