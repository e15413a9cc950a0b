using Packages;

// Checks the packed packages against the project files that they come from: tests/packages/run PACKAGES_DIR
var root = args[0];
var failures = Directory.EnumerateFiles(args[1], "*.nupkg").Order(StringComparer.Ordinal).Select(file => new Package(file))
    .SelectMany(package => new[]
        {
            MetadataRules.Violations(package),
            DependencyRules.Violations(package, Project.Find(root, package.Id)),
            DocumentationRules.Violations(package),
            BrowserFileRules.Violations(package, root),
        }
        .SelectMany(rule => rule).Select(violation => $"{package.Id}: {violation}"))
    .ToList();
failures.ForEach(Console.Error.WriteLine);
return failures.Count == 0 ? 0 : 1;
