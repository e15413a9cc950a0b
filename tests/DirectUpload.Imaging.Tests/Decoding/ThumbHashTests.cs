using DirectUpload.Imaging.Decoding;

namespace DirectUpload.Imaging.Tests.Decoding;

public sealed class ThumbHashTests
{
    /// <summary>The hashes are those of the npm package thumbhash 0.1.1.</summary>
    [Theory]
    [InlineData(40, 30, false, "WxgKFZQwSFlzh4hwiJiIhZPMALT3")]
    [InlineData(30, 40, true, "HQiGDAookGaJOImSC89qoIkLdyeHd3h3Bw==")]
    [InlineData(1, 1, false, "AAgCBwAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(100, 10, false, "locKIYpENbJwiFiIrZxf9Hc=")]
    [InlineData(7, 100, true, "FDeFEQInMIdZeoj+eglXuIeHdXeAuFg=")]
    public void Create_Pixels_EqualsTheReference(int width, int height, bool hasAlpha, string hash)
    {
        var rgba = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                byte[] pixel = [(byte)(x * 7), (byte)(y * 11), (byte)(x * y), hasAlpha ? (byte)((x * 5) + (y * 3)) : (byte)255];
                pixel.CopyTo(rgba, ((y * width) + x) * 4);
            }
        }

        Convert.ToBase64String(ThumbHash.Create(width, height, rgba)).Should().Be(hash);
    }
}
