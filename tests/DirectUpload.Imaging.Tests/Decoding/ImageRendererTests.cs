using DirectUpload.Imaging.Protocol;
using DirectUpload.Imaging.Tests.Images;
using NetVips;
using static DirectUpload.Imaging.Tests.Images.DecoderFixture;

namespace DirectUpload.Imaging.Tests.Decoding;

public sealed class ImageRendererTests(DecoderFixture decoder) : IClassFixture<DecoderFixture>
{
    private static readonly double[] Red = [200, 0, 0];
    private static readonly double[] Blue = [0, 0, 200];

    public static TheoryData<string, ImageFormat> Formats =>
        [.. from source in (string[])[".jpg", ".png", ".webp", ".gif", ".avif"]
            from format in Enum.GetValues<ImageFormat>()
            select (source, format)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Render_AnyFormat_HasSizeAndColors(string source, ImageFormat format)
    {
        var image = await decoder.DecodeAsync(TestImage.CreateFile(source), CreateVariant(160, format: format));

        (image.Reply.Width, image.Reply.Height, image.Reply.Frames).Should().Be((640, 400, 1));
        image.Reply.Variants.Should().Equal(new VariantReply(format, 160, 100));
        using var variant = Image.NewFromBuffer(image.Variants[0]);
        variant.Get("vips-loader").Should().Be(format switch
        {
            ImageFormat.Jpeg => "jpegload_buffer",
            ImageFormat.Png => "pngload_buffer",
            ImageFormat.Webp => "webpload_buffer",
            ImageFormat.Gif => "gifload_buffer",
            _ => "heifload_buffer",
        });
        (variant.Width, variant.Height).Should().Be((160, 100));
        ShouldBe(variant, 20, 50, Red);
        ShouldBe(variant, 140, 50, Blue);
    }

    [Theory]
    [InlineData(1, 640, 400)]
    [InlineData(2, 640, 400)]
    [InlineData(3, 640, 400)]
    [InlineData(4, 640, 400)]
    [InlineData(5, 400, 640)]
    [InlineData(6, 400, 640)]
    [InlineData(7, 400, 640)]
    [InlineData(8, 400, 640)]
    public async Task Render_Orientation_TurnsUpright(int orientation, int width, int height)
    {
        var image = await decoder.DecodeAsync(
            TestImage.CreateJpegWithMetadata(orientation), CreateVariant(), CreateVariant(100, 100));

        (image.Reply.Width, image.Reply.Height).Should().Be((width, height));
        image.Reply.Variants[0].Should().Be(new VariantReply(ImageFormat.Png, width, height));
        foreach (var bytes in image.Variants)
        {
            using var variant = Image.NewFromBuffer(bytes);
            // Red is on the left of the file; the orientation says where it belongs.
            var (x, y) = orientation switch { 1 or 4 => (0.1, 0.5), 2 or 3 => (0.9, 0.5), 5 or 6 => (0.5, 0.1), _ => (0.5, 0.9) };
            ShouldBe(variant, (int)(x * variant.Width), (int)(y * variant.Height), Red);
        }
    }

    [Theory]
    [InlineData(ImageFit.Inside, 100, 63)]
    [InlineData(ImageFit.Cover, 100, 100)]
    [InlineData(ImageFit.Contain, 100, 100)]
    public async Task Render_Fit_HasItsSize(ImageFit fit, int width, int height)
    {
        var image = await decoder.DecodeAsync(TestImage.CreateFile(".png"), CreateVariant(100, 100, fit));

        using var variant = Image.NewFromBuffer(image.Variants[0]);
        (variant.Width, variant.Height).Should().Be((width, height));
        ShouldBe(variant, 5, 50, Red);
        ShouldBe(variant, 95, 50, Blue);
        if (fit == ImageFit.Contain)
            variant.Getpoint(50, 2)[3].Should().Be(0, "the rest is transparent");
        else
            variant.HasAlpha().Should().BeFalse();
    }

    [Theory]
    [InlineData(ImageFit.Inside, 64, 40)]
    [InlineData(ImageFit.Cover, 64, 40)]
    [InlineData(ImageFit.Contain, 500, 80)]
    public async Task Render_SmallImage_IsNotEnlarged(ImageFit fit, int width, int height)
    {
        var image = await decoder.DecodeAsync(TestImage.CreateFile(".png", 64, 40), CreateVariant(500, 80, fit));

        image.Reply.Variants.Should().Equal(new VariantReply(ImageFormat.Png, width, height));
        using var variant = Image.NewFromBuffer(image.Variants[0]);
        ShouldBe(variant, (width / 2) - 30, height / 2, Red);
    }

    [Fact]
    public async Task Render_SeveralVariants_HaveTheOrderOfTheJob()
    {
        var image = await decoder.DecodeAsync(
            TestImage.CreateFile(".jpg"), CreateVariant(20), CreateVariant(300), CreateVariant(100, 50, ImageFit.Cover), CreateVariant());

        image.Reply.Variants.Select(it => (it.Width, it.Height)).Should().Equal((20, 13), (300, 188), (100, 50), (640, 400));
    }

    [Fact]
    public async Task Render_TransparentImage_BecomesWhiteInJpeg()
    {
        using var transparent = Image.Black(200, 100, bands: 4).Copy(interpretation: Enums.Interpretation.Srgb);

        var image = await decoder.DecodeAsync(
            transparent.WriteToBuffer(".png"), CreateVariant(50, format: ImageFormat.Jpeg), CreateVariant(50, format: ImageFormat.Webp));

        using var jpeg = Image.NewFromBuffer(image.Variants[0]);
        ShouldBe(jpeg, 25, 12, [255, 255, 255]);
        using var webp = Image.NewFromBuffer(image.Variants[1]);
        webp.Getpoint(25, 12)[3].Should().Be(0);
    }

    [Fact]
    public async Task Render_OtherColorProfile_BecomesSrgbWithoutProfile()
    {
        using var rgb = TestImage.Create(200, 100);
        using var p3 = rgb.IccTransform("p3", inputProfile: "srgb");
        var file = p3.WriteToBuffer(".png");
        using (var original = Image.NewFromBuffer(file))
        {
            original.Contains("icc-profile-data").Should().BeTrue();
            original.Getpoint(20, 50)[0].Should().BeLessThan(190, "red has another value in this color space");
        }

        var image = await decoder.DecodeAsync(file, CreateVariant(100), CreateVariant());

        foreach (var bytes in image.Variants)
        {
            using var variant = Image.NewFromBuffer(bytes);
            variant.Contains("icc-profile-data").Should().BeFalse();
            ShouldBe(variant, variant.Width / 10, 20, Red);
        }
    }

    [Theory]
    [InlineData("16 bits")]
    [InlineData("gray")]
    [InlineData("cmyk")]
    public async Task Render_OtherPixels_BecomeSrgbOf8Bits(string pixels)
    {
        using var rgb = TestImage.Create(200, 100);
        using var other = rgb.Colourspace(pixels switch
        {
            "16 bits" => Enums.Interpretation.Rgb16,
            "gray" => Enums.Interpretation.Bw,
            _ => Enums.Interpretation.Cmyk,
        });
        var file = other.WriteToBuffer(pixels == "cmyk" ? ".jpg" : ".png");

        var image = await decoder.DecodeAsync(file, CreateVariant(100), CreateVariant());

        image.Reply.ThumbHash.Should().NotBeNull();
        foreach (var bytes in image.Variants)
        {
            using var variant = Image.NewFromBuffer(bytes);
            variant.Format.Should().Be(Enums.BandFormat.Uchar);
            variant.Bands.Should().Be(pixels == "gray" ? variant.Bands : 3);
            var color = variant.Getpoint(variant.Width / 10, 20);
            color[0].Should().BeGreaterThan(50);
        }
    }

    [Theory]
    [InlineData(".gif", ImageFormat.Webp)]
    [InlineData(".gif", ImageFormat.Gif)]
    [InlineData(".webp", ImageFormat.Webp)]
    [InlineData(".webp", ImageFormat.Gif)]
    public async Task Render_Animation_StaysAnimated(string source, ImageFormat format)
    {
        var image = await decoder.DecodeAsync(
            TestImage.CreateAnimation(source, frames: 5), CreateVariant(30, 10, ImageFit.Cover, format, keepAnimation: true));

        image.Reply.Frames.Should().Be(5);
        image.Reply.Variants.Should().Equal(new VariantReply(format, 30, 10));
        using var variant = Image.NewFromBuffer(image.Variants[0], "[n=-1]");
        variant.Get("n-pages").Should().Be(5);
        variant.Get("delay").Should().BeEquivalentTo(Enumerable.Repeat(70, 5));
        variant.Get("loop").Should().Be(3);
        (variant.Width, variant.PageHeight).Should().Be((30, 10));
        variant.Getpoint(15, 5)[0].Should().BeApproximately(0, 12);
        variant.Getpoint(15, 45)[0].Should().BeApproximately(4 * 37, 12);
    }

    [Theory]
    [InlineData(".gif", true, ImageFormat.Jpeg)]
    [InlineData(".webp", true, ImageFormat.Png)]
    [InlineData(".gif", false, ImageFormat.Webp)]
    public async Task Render_AnimationStilled_IsTheFirstFrame(string source, bool keepAnimation, ImageFormat format)
    {
        var image = await decoder.DecodeAsync(
            TestImage.CreateAnimation(source, frames: 5), CreateVariant(60, 120, ImageFit.Contain, format, keepAnimation));

        image.Reply.Variants.Should().Equal(new VariantReply(format, 60, 120));
        using var variant = Image.NewFromBuffer(image.Variants[0]);
        (variant.Width, variant.Height, variant.Contains("n-pages")).Should().Be((60, 120, false));
        variant.Getpoint(30, 60)[2].Should().BeApproximately(90, 12);
    }

    [Theory]
    [InlineData(".jpg", ImageFormat.Jpeg)]
    [InlineData(".png", ImageFormat.Png)]
    [InlineData(".webp", ImageFormat.Webp)]
    [InlineData(".gif", ImageFormat.Gif)]
    [InlineData(".avif", ImageFormat.Jpeg)]
    public async Task Render_OptimizedOriginal_KeepsFormatAndSize(string source, ImageFormat format)
    {
        var image = await decoder.DecodeAsync(TestImage.CreateFile(source), CreateVariant(format: null, keepAnimation: true));

        image.Reply.Variants.Should().Equal(new VariantReply(format, 640, 400));
    }

    [Fact]
    public async Task Render_TransparentAvifOfNoFormat_BecomesWebp()
    {
        using var transparent = Image.Black(200, 100, bands: 4).Copy(interpretation: Enums.Interpretation.Srgb);

        var image = await decoder.DecodeAsync(transparent.WriteToBuffer(".avif"), CreateVariant(format: null));

        image.Reply.Variants.Should().Equal(new VariantReply(ImageFormat.Webp, 200, 100));
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Gif)]
    public async Task Render_Metadata_IsRemoved(ImageFormat format)
    {
        var file = TestImage.CreateJpegWithMetadata();
        using (var original = Image.NewFromBuffer(file))
            original.GetFields().Should().Contain(["exif-ifd3-GPSLatitude", "xmp-data"]);

        var image = await decoder.DecodeAsync(file, CreateVariant(100, format: format), CreateVariant(format: format));

        image.Variants.Should().AllSatisfy(bytes => Metadata.Find(bytes).Should().BeEmpty());
    }

    [Fact]
    public async Task Render_FormatThatIsNotListed_IsUnsupported()
    {
        (await decoder.DecodeAsync(TestImage.CreateFile(".tif"))).Reply.Failure.Should().Be(ImageFailure.Unsupported);
        (await decoder.DecodeAsync(HostileImages.CreateVips())).Reply.Failure.Should().Be(ImageFailure.Unsupported);
    }

    [Fact]
    public async Task Render_Heic_IsUnsupported() =>
        (await decoder.DecodeAsync(Convert.FromBase64String(HeicFile.Base64))).Reply.Failure.Should().Be(ImageFailure.Unsupported);

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".jpg[interlace=true]")]
    [InlineData(".png")]
    [InlineData(".png[interlace=true]")]
    [InlineData(".webp")]
    [InlineData(".gif")]
    [InlineData(".avif")]
    public async Task Render_Truncated_IsUnreadable(string suffix)
    {
        var file = TestImage.CreateNoiseFile(suffix);

        foreach (var share in (double[])[0.3, 0.5, 0.7, 0.9])
        {
            foreach (var variant in (VariantJob[])[CreateVariant(100), CreateVariant()])
            {
                (await decoder.DecodeAsync(file[..(int)(file.Length * share)], variant)).Reply.Failure.Should().Be(
                    ImageFailure.Unreadable, "{0:P0} of {1} bytes are no image", share, file.Length);
            }
        }

        (await decoder.DecodeAsync(file)).Reply.Failure.Should().Be(ImageFailure.None, "the next image is not blamed");
    }

    [Fact]
    public async Task Render_PixelsBeyondTheLimit_AreRefused()
    {
        var job = CreateJob() with { MaxPixels = (640 * 400) - 1 };

        (await DecodeAsync(decoder.Pool, TestImage.CreateFile(".jpg"), job)).Reply.Failure.Should().Be(ImageFailure.TooManyPixels);
        (await DecodeAsync(decoder.Pool, TestImage.CreateFile(".jpg"), job with { MaxPixels = 640 * 400 }))
            .Reply.Failure.Should().Be(ImageFailure.None);
    }

    [Theory]
    [InlineData(true, ImageFailure.TooManyPixels)]
    [InlineData(false, ImageFailure.None)]
    internal async Task Render_PixelsOfKeptFrames_CountTogether(bool keepAnimation, ImageFailure failure)
    {
        var job = CreateJob(CreateVariant(30, format: ImageFormat.Webp, keepAnimation: keepAnimation)) with { MaxPixels = 60 * 40 * 4 };

        (await DecodeAsync(decoder.Pool, TestImage.CreateAnimation(".gif", frames: 5), job)).Reply.Failure.Should().Be(failure);
    }

    [Fact]
    public async Task Render_FramesBeyondTheLimit_AreRefused()
    {
        var file = TestImage.CreateAnimation(".gif", frames: 5);

        (await DecodeAsync(decoder.Pool, file, CreateJob() with { MaxFrames = 4 })).Reply.Failure.Should().Be(ImageFailure.TooManyFrames);
        (await DecodeAsync(decoder.Pool, file, CreateJob() with { MaxFrames = 5 })).Reply.Failure.Should().Be(ImageFailure.None);
    }

    private static void ShouldBe(Image image, int x, int y, double[] color) =>
        image.Getpoint(x, y)[..3].Zip(color).Should().AllSatisfy(pair => pair.First.Should().BeApproximately(pair.Second, 14));
}
