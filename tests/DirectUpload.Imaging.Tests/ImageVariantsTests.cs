using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Imaging.Tests;

public sealed class ImageVariantsTests
{
    [Fact]
    public void Add_Variants_HaveDefaultsAndSettings()
    {
        var variants = Create(images => images
            .Add("thumb", 320, 200, thumb => thumb.Fit = ImageFit.Cover)
            .Add("large", 1600, configure: large => (large.Format, large.Quality) = (ImageFormat.Jpeg, 60))
            .AddOptimizedOriginal("optimized")).Variants;

        variants.Select(it => (it.Name, it.Width, it.Height, it.Fit, it.Format, it.Quality, it.KeepAnimation)).Should().Equal(
            ("thumb", 320, 200, ImageFit.Cover, ImageFormat.Webp, 80, false),
            ("large", 1600, null, ImageFit.Inside, ImageFormat.Jpeg, 60, false),
            ("optimized", null, null, ImageFit.Inside, null, 80, true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Thumb")]
    [InlineData("a/b")]
    [InlineData(".thumb")]
    [InlineData("name-of-more-than-64-characters-which-no-variant-of-an-upload-may-have")]
    public void Add_InvalidName_Throws(string name) => Throws<ArgumentException>(images => images.Add(name, 1), $"\"{name}\" is not*");

    [Fact]
    public void Add_NameTwice_Throws() =>
        Throws<ArgumentException>(images => images.Add("a", 1).AddOptimizedOriginal("a"), "*\"a\" is already added*");

    [Theory]
    [InlineData(0, 1, 80)]
    [InlineData(16_384, 1, 80)]
    [InlineData(1, 0, 80)]
    [InlineData(1, 16_384, 80)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 101)]
    public void Add_OutOfRange_Throws(int width, int height, int quality) =>
        Throws<ArgumentOutOfRangeException>(images => images.Add("a", width, height, it => it.Quality = quality), "*\"a\" is invalid*");

    [Fact]
    public void Add_FitWithoutHeight_Throws() =>
        Throws<ArgumentException>(images => images.Add("a", 1, configure: it => it.Fit = ImageFit.Cover), "*Cover*no height*");

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(2_000_000_001, 1, 1)]
    [InlineData(1, 100_001, 1)]
    [InlineData(1, 1, (1L << 30) + 1)]
    public void AddImageVariants_LimitOutOfRange_Throws(long pixels, int frames, long size) =>
        Throws<ArgumentOutOfRangeException>(
            images => (images.MaxPixels, images.MaxFrames, images.MaxFileSize) = (pixels, frames, size), "*set it between*");

    [Fact]
    public void AddImageVariants_Twice_AddsToTheSameSettings()
    {
        var profile = new UploadProfile();
        profile.AddImageVariants(images => images.Add("a", 1));

        profile.AddImageVariants(images => images.Variants.Select(it => it.Name).Should().Equal("a"));
    }

    private static ImageVariants Create(Action<ImageVariants> configure)
    {
        ImageVariants? created = null;
        new UploadProfile().AddImageVariants(images =>
        {
            configure(images);
            created = images;
        });
        return created!;
    }

    private static void Throws<TException>(Action<ImageVariants> configure, string message)
        where TException : ArgumentException =>
        configure.Invoking(Create).Should().ThrowExactly<TException>().WithMessage(message);
}
