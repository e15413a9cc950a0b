using CsCheck;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Files behind ID3v2 tags, of any length.</summary>
public sealed class TaggedAudioTests
{
    /// <summary>Frames of MPEG-4 AAC LC, 44.1 kHz, 64 bytes each.</summary>
    private static byte[] AacFrames =>
        [.. Enumerable.Repeat((byte[])[0xFF, 0xF1, 0x50, 0x80, 0x08, 0x1F, 0xFC, .. new byte[57]], 6).SelectMany(frame => frame)];

    private static readonly (string Type, byte[] Content)[] Audio =
    [
        ("audio/mpeg", [.. SampleFiles.Mp3Frames, .. SampleFiles.Mp3Frames, .. SampleFiles.Mp3Frames]),
        ("audio/aac", AacFrames),
        ("audio/flac", SampleFiles.Get("flac").Content),
        ("audio/wav", SampleFiles.Get("wav").Content),
        ("audio/aiff", SampleFiles.Get("aiff").Content),
        ("audio/ogg", CreateOgg("OpusHead")),
    ];

    [Fact]
    public void Inspect_Tag_IsDecidedByWhatFollows() =>
        Gen.Select(Gen.OneOf(Audio), Gen.OneOf(Audio), Gen.Int[0, 300_000], Gen.Int[0, 100], Gen.Bool, Gen.Bool)
            .Sample((audio, other, length, padding, footer, twice) =>
            {
                byte[] content =
                    [.. CreateTag(length, footer), .. twice ? CreateTag(20, false) : [], .. new byte[padding], .. audio.Content];
                return SampleFile.Inspect(audio.Type, content).Accepted
                    && SampleFile.Inspect(other.Type, content).Accepted == (audio.Type == other.Type);
            }, iter: 300);

    [Fact]
    public void Inspect_TagBeforeOtherFormats_IsNoAudio()
    {
        foreach (var name in new[] { "exe", "elf", "html", "php", "shell", "pdf", "zip", "docm", "ole", "png", "gzip", "mp4" })
        {
            byte[] content = [.. CreateTag(50, false), .. SampleFiles.Get(name).Content];
            Audio.Where(audio => SampleFile.Inspect(audio.Type, content).Accepted).Should().BeEmpty(name);
        }
    }

    [Fact]
    public void Inspect_TagWithoutAudio_IsRejected()
    {
        SampleFile.Inspect("audio/mpeg", CreateTag(1_000, false)).Accepted.Should().BeFalse();
        SampleFile.Inspect("audio/mpeg", CreateTag(1_000, false)[..500]).Accepted.Should().BeFalse();
        SampleFile.Inspect("audio/mpeg", [.. CreateTag(50, false), .. "just words"u8]).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_JunkBeforeFirstFrame_IsSkipped() =>
        SampleFile.Inspect("audio/mpeg", [.. CreateTag(50, false), 1, 2, 3, 0xFF, .. new byte[500], .. Audio[0].Content]).Accepted
            .Should().BeTrue();

    [Fact]
    public void Inspect_AacWithoutTag_IsAac()
    {
        SampleFile.Inspect("audio/aac", AacFrames).Should().Be(new DirectUpload.Processing.Inspection.InspectionResult("audio/aac", null));
        SampleFile.Inspect("audio/mpeg", AacFrames).Accepted.Should().BeFalse();
        SampleFile.Inspect("audio/aac", Audio[0].Content).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("OpusHead", "audio/ogg")]
    [InlineData("\u0001vorbis", "audio/ogg")]
    [InlineData("\u007FFLAC", "audio/ogg")]
    [InlineData("Speex   ", "audio/ogg")]
    [InlineData("\u0080theora", "video/ogg")]
    [InlineData("unknown", "application/ogg")]
    public void Ogg_Codec_DeterminesTheType(string codec, string type)
    {
        SampleFile.Inspect(null, CreateOgg(codec)).DetectedType.Should().Be(type);
        SampleFile.Inspect("application/ogg", CreateOgg(codec)).Accepted.Should().BeTrue();
        SampleFile.Inspect("audio/ogg", CreateOgg(codec)).Accepted.Should().Be(type != "video/ogg");
    }

    [Fact]
    public void Ogg_VideoBehindAudio_IsVideo() =>
        SampleFile.Inspect(null, [.. CreateOgg("\u0001vorbis"), .. CreateOgg("\u0080theora")]).DetectedType.Should().Be("video/ogg");

    private static byte[] CreateTag(int length, bool footer) =>
    [
        .. "ID3"u8, 4, 0, (byte)(footer ? 0x10 : 0), (byte)(length >> 21), (byte)((length >> 14) & 127), (byte)((length >> 7) & 127),
        (byte)(length & 127), .. new byte[length], .. footer ? (byte[])[.. "3DI"u8, 4, 0, 0x10, 0, 0, 0, 0] : [],
    ];

    private static byte[] CreateOgg(string codec) =>
        [.. "OggS\0"u8, 2, .. new byte[20], 1, 30, .. TestBytes.Ascii(codec), .. new byte[30 - codec.Length]];
}
