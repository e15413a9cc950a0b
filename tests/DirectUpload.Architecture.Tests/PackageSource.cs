using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DirectUpload.Architecture.Tests;

/// <summary>One package, compiled in memory from its source files, so that rules resolve each name to the type that it means.</summary>
internal sealed partial class PackageSource
{
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly Lazy<IReadOnlyList<PackageSource>> Packages = new(() => [.. Names!.Select(Load)]);

    private PackageSource(string name, IEnumerable<(string Path, string Text)> files)
    {
        Name = name;
        Files = [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path))];
        // The package's own assembly is left out: its types are those of the source.
        Compilation = CSharpCompilation.Create(
            name, Files.Append(CSharpSyntaxTree.ParseText(ImplicitUsings)),
            Platform.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != name),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The packages below src.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(SourceFile.SrcFolder, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<PackageSource> All => Packages.Value;

    public string Name { get; }

    /// <summary>The files; the path of each begins with the package's folder.</summary>
    public ImmutableArray<SyntaxTree> Files { get; }

    public CSharpCompilation Compilation { get; }

    public static PackageSource Get(string name) => All.Single(package => package.Name == name);

    /// <summary>A package that breaks a rule, for the test of the rule.</summary>
    public static PackageSource Create(string name, params (string Path, string Text)[] files) => new(name, files);

    private static PackageSource Load(string name) => LoadFrom(Path.Combine(SourceFile.SrcFolder, name));

    /// <summary>Compiles the package of a folder, which may lie outside src.</summary>
    public static PackageSource LoadFrom(string folder)
    {
        var name = Path.GetFileName(folder);
        var root = Path.GetDirectoryName(folder)!;
        var linked = LinkedFile().Matches(File.ReadAllText(Path.Combine(folder, $"{name}.csproj")))
            .Select(match => Path.Combine(folder, match.Groups["path"].Value));
        return new(name, SourceFile.FilesBelow(folder).Concat(linked)
            .Select(path => (Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path))));
    }

    [GeneratedRegex("""<Compile Include="(?<path>\.\./[^"*]+\.cs)["]""")]
    private static partial Regex LinkedFile();
}
