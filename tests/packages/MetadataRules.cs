using System.Text;
using System.Text.RegularExpressions;

namespace Packages;

/// <summary>What a person reads about a package in a gallery.</summary>
internal static partial class MetadataRules
{
    private static readonly string[] Required =
        ["title", "description", "tags", "projectUrl", "releaseNotes", "copyright", "license", "repository", "icon", "readme"];

    public static IEnumerable<string> Violations(Package package)
    {
        foreach (var name in Required.Where(name => !package.Has(name)))
            yield return $"the nuspec has no <{name}>.";
        if (package.File(package.Text("icon") ?? "") is not [0x89, (byte)'P', (byte)'N', (byte)'G', ..])
            yield return "the package has no PNG as icon.";
        if (package.Text("tags")?.Split(' ').Contains("aspnetcore") == true && !package.Id.Contains("AspNetCore", StringComparison.Ordinal))
            yield return "the tag \"aspnetcore\" belongs to DirectUpload.AspNetCore.";
        if (package.File(package.Text("readme") ?? "") is not { } readme)
            yield return "the package has no README.";
        else
            foreach (Match link in RelativeLink().Matches(Encoding.UTF8.GetString(readme)))
                yield return $"README.md links to {link.Groups[1].Value}; a gallery needs an absolute address.";
    }

    [GeneratedRegex(@"\]\((?!https://|#)([^)]*)\)")]
    private static partial Regex RelativeLink();
}
