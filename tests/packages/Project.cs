using System.Xml.Linq;

namespace Packages;

/// <summary>The dependencies that a project file names, with their lowest versions from Directory.Packages.props.</summary>
internal sealed record Project(IReadOnlyDictionary<string, string> Packages, IReadOnlyList<string> Projects)
{
    public static Project Find(string root, string id)
    {
        var file = new[] { "src", "tests" }.Select(folder => Path.Combine(root, folder, id, id + ".csproj")).First(File.Exists);
        var project = XDocument.Load(file);
        var versions = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);
        return new(
            project.Descendants("PackageReference").Where(item => item.Attribute("PrivateAssets") is null)
                .Select(item => item.Attribute("Include")!.Value).ToDictionary(name => name, name => versions[name]),
            [.. project.Descendants("ProjectReference")
                .Select(item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value))]);
    }
}
