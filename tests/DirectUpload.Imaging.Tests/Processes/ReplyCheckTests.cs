using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Imaging.Tests.Images;

namespace DirectUpload.Imaging.Tests.Processes;

public sealed class ReplyCheckTests
{
    private static readonly ImageJob Job =
        DecoderFixture.CreateJob(DecoderFixture.CreateVariant(100, 50), DecoderFixture.CreateVariant(format: null));

    private static readonly ImageReply Reply = new(
        ImageFailure.None, null, 640, 400, 1, "AAAA", [new(ImageFormat.Png, 80, 50), new(ImageFormat.Jpeg, 640, 400)]);

    public static TheoryData<string> Lies =>
    [
        "width", "height", "pixels", "frames", "no frames", "hash", "long hash", "fewer", "more", "format", "unknown format", "wide",
        "high", "empty", "failure with variants", "unknown failure",
    ];

    [Fact]
    public void ThrowIfInvalid_Fitting_DoesNotThrow()
    {
        ReplyCheck.ThrowIfInvalid(Reply, Job);
        ReplyCheck.ThrowIfInvalid(new(ImageFailure.Unreadable, "broken", 0, 0, 0, null, []), Job);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void ThrowIfInvalid_Lie_Throws(string lie)
    {
        var thumb = Reply.Variants[0];
        var reply = lie switch
        {
            "width" => Reply with { Width = 0 },
            "height" => Reply with { Height = -1 },
            "pixels" => Reply with { Width = 20_000, Height = 20_000 },
            "frames" => Reply with { Frames = 1_001 },
            "no frames" => Reply with { Frames = 0 },
            "hash" => Reply with { ThumbHash = "<script>" },
            "long hash" => Reply with { ThumbHash = new string('A', 68) },
            "fewer" => Reply with { Variants = [thumb] },
            "more" => Reply with { Variants = [.. Reply.Variants, thumb] },
            "format" => WithThumb(thumb with { Format = ImageFormat.Gif }),
            "unknown format" => Reply with { Variants = [thumb, new((ImageFormat)9, 1, 1)] },
            "wide" => WithThumb(thumb with { Width = 101 }),
            "high" => WithThumb(thumb with { Height = 51 }),
            "empty" => WithThumb(thumb with { Width = 0 }),
            "failure with variants" => Reply with { Failure = ImageFailure.Unreadable },
            _ => new ImageReply((ImageFailure)99, null, 0, 0, 0, null, []),
        };

        FluentActions.Invoking(() => ReplyCheck.ThrowIfInvalid(reply, Job)).Should().Throw<InvalidDataException>();

        ImageReply WithThumb(VariantReply changed) => Reply with { Variants = [changed, Reply.Variants[1]] };
    }
}
