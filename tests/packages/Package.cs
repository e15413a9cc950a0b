using System.IO.Compression;
using System.Xml.Linq;

namespace Packages;

/// <summary>A packed package.</summary>
internal sealed class Package
{
    private readonly Dictionary<string, byte[]> _files;
    private readonly XElement _metadata;

    public Package(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        _files = zip.Entries.ToDictionary(entry => entry.FullName, Read);
        var nuspec = XDocument.Load(new MemoryStream(
            _files.Single(entry => entry.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value));
        _metadata = nuspec.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public string Id => Text("id")!;

    public IReadOnlyDictionary<string, string> Dependencies => _metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    public IReadOnlyList<string> Groups => [.. _metadata.Descendants()
        .Where(element => element.Name.LocalName == "group").Select(element => element.Attribute("targetFramework")?.Value ?? "")];

    public string? Text(string name) => _metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    public bool Has(string name) => _metadata.Elements().Any(element => element.Name.LocalName == name);

    public byte[]? File(string path) => _files.GetValueOrDefault(path);

    public byte[] Library(string extension) => _files[$"lib/net10.0/{Id}{extension}"];

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
