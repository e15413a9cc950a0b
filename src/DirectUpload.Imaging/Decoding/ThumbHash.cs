using DirectUpload.Imaging.Protocol;
using NetVips;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Computes ThumbHashes: placeholders of about 25 bytes with an image's aspect ratio, colors and transparency.</summary>
/// <remarks>Source: https://github.com/evanw/thumbhash</remarks>
internal static class ThumbHash
{
    private const int MaxSide = 100;

    /// <summary>Gets the box of the image from which the hash is computed.</summary>
    public static VariantJob Box { get; } = new(MaxSide, MaxSide, ImageFit.Inside, ImageFormat.Png, Quality: 100, KeepAnimation: false);

    public static byte[] Create(Image image)
    {
        using var small = image.ThumbnailImage(MaxSide, height: MaxSide, size: Enums.Size.Down);
        using var color = small.Interpretation == Enums.Interpretation.Srgb ? small.Copy() : small.Colourspace(Enums.Interpretation.Srgb);
        using var transparent = color.HasAlpha() ? color.Copy() : color.AddAlpha();
        using var bytes = transparent.Cast(Enums.BandFormat.Uchar);
        return Create(bytes.Width, bytes.Height, bytes.WriteToMemory<byte>());
    }

    /// <summary>Computes the hash of an image of at most 100 × 100 pixels, each of which has red, green, blue and alpha.</summary>
    public static byte[] Create(int width, int height, ReadOnlySpan<byte> rgba)
    {
        var pixels = new Channels(width, height, rgba);
        var longSide = Math.Max(width, height);
        var limit = pixels.HasAlpha ? 5 : 7;
        var (columns, rows) = (Math.Max(1, Round(limit * width / (double)longSide)), Math.Max(1, Round(limit * height / (double)longSide)));
        var luminance = pixels.Transform(pixels.Luminance, Math.Max(3, columns), Math.Max(3, rows));
        var yellowBlue = pixels.Transform(pixels.YellowBlue, 3, 3);
        var redGreen = pixels.Transform(pixels.RedGreen, 3, 3);

        var isLandscape = width > height;
        var header = Round(63 * luminance.Average) | (Round(31.5 + (31.5 * yellowBlue.Average)) << 6)
            | (Round(31.5 + (31.5 * redGreen.Average)) << 12) | (Round(31 * luminance.Scale) << 18) | (pixels.HasAlpha ? 1 << 23 : 0);
        var second = (isLandscape ? rows : columns) | (Round(63 * yellowBlue.Scale) << 3) | (Round(63 * redGreen.Scale) << 9)
            | (isLandscape ? 1 << 15 : 0);
        List<byte> hash = [(byte)header, (byte)(header >> 8), (byte)(header >> 16), (byte)second, (byte)(second >> 8)];
        IEnumerable<double> terms = [.. luminance.Terms, .. yellowBlue.Terms, .. redGreen.Terms];
        if (pixels.HasAlpha)
        {
            var alpha = pixels.Transform(pixels.Alpha, 5, 5);
            hash.Add((byte)(Round(15 * alpha.Average) | (Round(15 * alpha.Scale) << 4)));
            terms = terms.Concat(alpha.Terms);
        }

        hash.AddRange(terms.Chunk(2).Select(pair => (byte)(Round(15 * pair[0]) | (pair.Length > 1 ? Round(15 * pair[1]) << 4 : 0))));
        return [.. hash];
    }

    // As in JavaScript: halves are rounded up.
    private static int Round(double value) => (int)Math.Floor(value + 0.5);

    /// <summary>The pixels on the average color, as luminance, two color differences and alpha, each from 0 or -1 to 1.</summary>
    private sealed class Channels
    {
        private readonly int _width;
        private readonly int _height;

        public Channels(int width, int height, ReadOnlySpan<byte> rgba)
        {
            (_width, _height) = (width, height);
            var count = width * height;
            (Luminance, YellowBlue, RedGreen, Alpha) = (new double[count], new double[count], new double[count], new double[count]);
            var (red, green, blue, opacity) = (0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < count; i++)
            {
                Alpha[i] = rgba[(i * 4) + 3] / 255.0;
                red += Alpha[i] / 255 * rgba[i * 4];
                green += Alpha[i] / 255 * rgba[(i * 4) + 1];
                blue += Alpha[i] / 255 * rgba[(i * 4) + 2];
                opacity += Alpha[i];
            }

            HasAlpha = opacity < count;
            if (opacity > 0)
                (red, green, blue) = (red / opacity, green / opacity, blue / opacity);
            for (var i = 0; i < count; i++)
            {
                var r = (red * (1 - Alpha[i])) + (Alpha[i] / 255 * rgba[i * 4]);
                var g = (green * (1 - Alpha[i])) + (Alpha[i] / 255 * rgba[(i * 4) + 1]);
                var b = (blue * (1 - Alpha[i])) + (Alpha[i] / 255 * rgba[(i * 4) + 2]);
                (Luminance[i], YellowBlue[i], RedGreen[i]) = ((r + g + b) / 3, ((r + g) / 2) - b, r - g);
            }
        }

        public bool HasAlpha { get; }

        public double[] Luminance { get; }

        public double[] YellowBlue { get; }

        public double[] RedGreen { get; }

        public double[] Alpha { get; }

        /// <summary>Computes the lowest terms of the cosine transform, each scaled to 0 to 1.</summary>
        public (double Average, List<double> Terms, double Scale) Transform(double[] channel, int columns, int rows)
        {
            var (average, scale, terms) = (0.0, 0.0, new List<double>());
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column * rows < columns * (rows - row); column++)
                {
                    var term = ComputeTerm(channel, column, row);
                    if (row == 0 && column == 0)
                    {
                        average = term;
                        continue;
                    }

                    terms.Add(term);
                    scale = Math.Max(scale, Math.Abs(term));
                }
            }

            return (average, scale > 0 ? terms.ConvertAll(term => 0.5 + (0.5 / scale * term)) : terms, scale);
        }

        private double ComputeTerm(double[] channel, int column, int row)
        {
            var horizontal = new double[_width];
            for (var x = 0; x < _width; x++)
                horizontal[x] = Math.Cos(Math.PI / _width * column * (x + 0.5));
            var sum = 0.0;
            for (var y = 0; y < _height; y++)
            {
                var vertical = Math.Cos(Math.PI / _height * row * (y + 0.5));
                for (var x = 0; x < _width; x++)
                    sum += channel[x + (y * _width)] * horizontal[x] * vertical;
            }

            return sum / (_width * _height);
        }
    }
}
