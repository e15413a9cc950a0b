using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace DirectUpload.Imaging.Tests.Images;

/// <summary>Generates images that are broken or built to do harm. The same index always gives the same bytes.</summary>
internal static class HostileImages
{
    /// <summary>The number of images in a complete run.</summary>
    public const int Count = 2_400;

    private static readonly Lazy<(string Name, byte[] Content)[]> Seeds = new(CreateSeeds);
    private static readonly Lazy<(string Name, byte[] Content)[]> Crafted = new(CreateCrafted);

    /// <summary>Creates an image: the crafted ones first, then mutations of each format in turn.</summary>
    public static (string Name, byte[] Content) Create(int index)
    {
        if (index < Crafted.Value.Length)
            return Crafted.Value[index];
        var random = new Random(index);
        var (seed, content) = Seeds.Value[index % Seeds.Value.Length];
        var mutation = random.Next(9);
        return ($"{seed} #{index} mutation {mutation}", Mutate([.. content], mutation, random));
    }

    private static byte[] Mutate(byte[] file, int mutation, Random random)
    {
        switch (mutation)
        {
            case 0: // truncated
                return file[..random.Next(file.Length)];
            case 1: // a few flipped bits
                for (var i = random.Next(1, 8); i > 0; i--)
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 2: // many random bytes
                for (var i = file.Length / 20; i >= 0; i--)
                    file[random.Next(file.Length)] = (byte)random.Next(256);
                return file;
            case 3: // a hostile header
                for (var i = random.Next(1, 12); i > 0; i--)
                    file[random.Next(Math.Min(file.Length, 200))] = random.Next(2) == 0 ? (byte)0xFF : (byte)random.Next(256);
                return file;
            case 4: // a block of zeros
                var start = random.Next(file.Length);
                Array.Clear(file, start, random.Next(file.Length - start));
                return file;
            case 5: // a block repeated
                var from = random.Next(file.Length);
                var length = random.Next(file.Length - from);
                return [.. file[..(from + length)], .. file[from..]];
            case 6: // a block removed
                var cut = random.Next(file.Length);
                return [.. file[..cut], .. file[(cut + random.Next(file.Length - cut))..]];
            case 7: // lengths and sizes made large
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    var value = random.Next(2) == 0 ? int.MaxValue : -1;
                    BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(random.Next(file.Length - 4)), value);
                }

                return file;
            default: // the beginning of one format before the rest of another
                var other = Seeds.Value[random.Next(Seeds.Value.Length)].Content;
                return [.. file[..random.Next(Math.Min(file.Length, 400))], .. other[random.Next(other.Length)..]];
        }
    }

    private static (string, byte[])[] CreateSeeds() =>
    [
        ("jpeg", TestImage.CreateFile(".jpg", 300, 200)),
        ("progressive jpeg", TestImage.CreateFile(".jpg[interlace=true]", 300, 200)),
        ("jpeg with metadata", TestImage.CreateJpegWithMetadata(orientation: 5, 200, 100)),
        ("png", TestImage.CreateFile(".png", 300, 200)),
        ("interlaced png", TestImage.CreateFile(".png[interlace=true]", 120, 90)),
        ("palette png", TestImage.CreateFile(".png[palette=true]", 300, 200)),
        ("webp", TestImage.CreateFile(".webp", 300, 200)),
        ("lossless webp", TestImage.CreateFile(".webp[lossless=true]", 300, 200)),
        ("animated webp", TestImage.CreateAnimation(".webp", 6)),
        ("gif", TestImage.CreateFile(".gif", 300, 200)),
        ("animated gif", TestImage.CreateAnimation(".gif", 12)),
        ("avif", TestImage.CreateFile(".avif[effort=0]", 160, 120)),
    ];

    private static (string, byte[])[] CreateCrafted() =>
    [
        ("empty png", [0x89, .. "PNG\r\n\x1a\n"u8]),
        ("50,000 x 50,000 png", CreatePng(50_000, 50_000, CreateZeros(64 << 20))),
        ("50,000 x 50,000 gif", CreateGif(50_000, 50_000, 1)),
        ("50,000 x 50,000 jpeg", WithJpegSize(TestImage.CreateFile(".jpg"), 50_000, 50_000)),
        ("16,000 x 16,000 webp", WithWebpSize(TestImage.CreateFile(".webp"), 16_000, 16_000)),
        ("png bomb within the pixel limit", CreatePng(10_000, 10_000, CreateZeros(300_010_000))),
        ("png with too little data", CreatePng(2_000, 2_000, CreateZeros(1_000))),
        ("png with too much data", CreatePng(10, 10, CreateZeros(64 << 20))),
        ("png with a color profile of 200 MB", CreateTinyPng(("iCCP", [.. "a\0\0"u8, .. CreateZeros(200 << 20)]))),
        ("png with a compressed text of 200 MB", CreateTinyPng(("zTXt", [.. "a\0\0"u8, .. CreateZeros(200 << 20)]))),
        ("png with 20,000 text chunks", CreateTinyPng([.. Enumerable.Repeat(("tEXt", "a\0b"u8.ToArray()), 20_000)])),
        ("gif with 10,000 frames", CreateGif(400, 400, 10_000)),
        ("gif with 10,000 large frames", CreateGif(20_000, 20_000, 10_000)),
        ("webp with 2,000 frames", TestImage.CreateAnimation(".webp[effort=0]", 2_000, 16, 16)),
        ("svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='file:///etc/passwd'/></svg>"u8.ToArray()),
        ("pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"u8.ToArray()),
        ("tiff", TestImage.CreateFile(".tif", 30, 20)),
        ("vips", CreateVips()),
        ("csv", "1,2,3\n4,5,6\n"u8.ToArray()),
        ("hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 9999999 +X 9999999\n"u8.ToArray()),
        ("matlab", [.. "MATLAB 5.0 MAT-file"u8, .. new byte[200]]),
        ("avif header only", TestImage.CreateFile(".avif", 30, 20)[..200]),
        ("heic", Convert.FromBase64String(HeicFile.Base64)),
        ("random", CreateRandom(100_000)),
        ("zeros", new byte[100_000]),
        ("jpeg without an end", [.. TestImage.CreateFile(".jpg")[..^2]]),
        ("jpeg of markers", [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 1 << 20)]),
    ];

    private static byte[] CreateTinyPng(params (string Type, byte[] Content)[] chunks) => CreatePng(10, 10, CreateZeros(310), chunks);

    private static byte[] CreatePng(int width, int height, byte[] data, params (string Type, byte[] Content)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\x1a\n"u8]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        foreach (var (type, content) in ((string, byte[])[])[("IHDR", header), .. chunks, ("IDAT", data), ("IEND", [])])
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            file.Write(number);
            file.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
            file.Write(number);
        }

        return file.ToArray();
    }

    private static byte[] CreateZeros(int length)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
            zlib.Write(new byte[length]);
        return compressed.ToArray();
    }

    private static byte[] CreateGif(int width, int height, int frames)
    {
        using var file = new MemoryStream();
        file.Write("GIF89a"u8);
        var screen = new byte[7];
        BinaryPrimitives.WriteUInt16LittleEndian(screen, (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(screen.AsSpan(2), (ushort)height);
        screen[4] = 0x80; // a global table of two colors
        file.Write(screen);
        file.Write([0, 0, 0, 255, 255, 255]);
        for (var i = 0; i < frames; i++)
            file.Write([0x21, 0xF9, 4, 0, 1, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
        file.WriteByte(0x3B);
        return file.ToArray();
    }

    private static byte[] WithJpegSize(byte[] jpeg, int width, int height)
    {
        var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), (ushort)width);
        return jpeg;
    }

    private static byte[] WithWebpSize(byte[] webp, int width, int height)
    {
        var start = webp.AsSpan().IndexOf([(byte)0x9D, (byte)0x01, (byte)0x2A]);
        BinaryPrimitives.WriteUInt16LittleEndian(webp.AsSpan(start + 3), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(webp.AsSpan(start + 5), (ushort)height);
        return webp;
    }

    /// <summary>Creates a file in libvips's own format: a header of 64 bytes, and pixels.</summary>
    public static byte[] CreateVips()
    {
        var file = new byte[64 + (30 * 20)];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x08F2A6B6);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), 30);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), 20);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), 1);
        return file;
    }

    private static byte[] CreateRandom(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
