namespace Packages;

/// <summary>
/// A package depends on what its project file names, in the lowest version that it was compiled against, and on nothing else.
/// </summary>
internal static class DependencyRules
{
    public static IEnumerable<string> Violations(Package package, Project project)
    {
        if (package.Groups.Distinct().ToList() is not ["net10.0"])
            yield return $"the nuspec has dependency groups for {string.Join(", ", package.Groups)}; only net10.0 is expected.";
        foreach (var (id, version) in package.Dependencies)
        {
            var expected = project.Projects.Contains(id) ? package.Text("version") : project.Packages.GetValueOrDefault(id);
            if (expected is null)
                yield return $"the nuspec depends on {id}, which the project file does not name.";
            else if (expected != version)
                yield return $"the nuspec depends on {id} {version}; {expected} is expected.";
        }
        foreach (var id in project.Projects.Concat(project.Packages.Keys).Except(package.Dependencies.Keys))
            yield return $"the project file names {id}, on which the nuspec does not depend.";
    }
}
