using NetVips;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Restricts libvips to the formats that the package reads and writes.</summary>
/// <remarks>
/// libvips calls loaders untrusted that were not written for hostile input, such as those for MATLAB files (CVE-2026-66066). They are
/// blocked first. All others that are not listed here are blocked as well: what cannot be called cannot be attacked.
/// </remarks>
internal static class Codecs
{
    private static readonly string[] Loaders =
        ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif", "VipsForeignLoadHeif"];

    private static readonly string[] Savers =
        ["VipsForeignSaveJpeg", "VipsForeignSavePng", "VipsForeignSaveWebp", "VipsForeignSaveHeif", "VipsForeignSaveCgif"];

    public static void Restrict()
    {
        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeign", true);
        foreach (var codec in Loaders.Concat(Savers))
            Operation.Block(codec, false);
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
    }

    /// <summary>Decodes and encodes one pixel, so that a process that lacks libvips ends before it gets an image.</summary>
    public static void Check()
    {
        using var pixel = Image.Black(1, 1);
        using var read = Image.NewFromBuffer(pixel.PngsaveBuffer());
        read.Avg();
    }
}
