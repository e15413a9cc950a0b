using Microsoft.CodeAnalysis;

namespace DirectUpload.Architecture.Tests;

/// <summary>The rules of rooms: namespaces have an order and no circle, and the root namespace holds public types only.</summary>
internal static class NamespaceDependencyRules
{
    /// <summary>The uses of one room by another, each once: the rooms, and the types of the first use that was found.</summary>
    public static IReadOnlyList<RoomUse> RoomUses(PackageSource package, RoomOrder order) =>
        [.. from reference in TypeReference.In(package)
            where IsOwn(reference.To, package)
            let user = RoomOf(reference.From, package, order)
            let used = RoomOf(reference.To, package, order)
            where user != used && used.Length > 0
            group $"{reference.From.Name} uses {reference.To.Name}" by (user, used) into uses
            select new RoomUse(uses.Key.user, uses.Key.used, uses.First())];

    /// <summary>Rooms that use a later one, and types of the root that use a room to which they do not belong.</summary>
    public static IEnumerable<string> OrderViolations(PackageSource package, RoomOrder order) =>
        from use in RoomUses(package, order)
        where use.From.Length > 0 && use.From != Framework && !order.IsBefore(use.To, use.From)
        select use.ToString();

    /// <summary>Rooms that use each other, directly or through others.</summary>
    public static IEnumerable<string> Circles(PackageSource package, RoomOrder order)
    {
        var uses = RoomUses(package, order).Where(use => use.From.Length > 0).ToLookup(use => use.From, use => use.To);
        return uses.Select(room => room.Key).Where(room => Reachable(room, uses).Contains(room)).Order(StringComparer.Ordinal);
    }

    /// <summary>Rooms that have no place in the order.</summary>
    public static IEnumerable<string> UnknownRooms(PackageSource package, RoomOrder order) =>
        TypesOf(package).Select(type => RoomOf(type, package, order))
            .Where(room => room.Length > 0 && room != Framework && !order.Rooms.Contains(room)).Distinct();

    /// <summary>Internal types of the root namespace.</summary>
    public static IEnumerable<string> InternalRootTypes(PackageSource package) =>
        TypesOf(package).Where(type => type.ContainingNamespace.ToString() == package.Name
            && type.DeclaredAccessibility != Accessibility.Public).Select(type => type.Name);

    /// <summary>Types of the root namespace, no doors of a room, that use a stage: plain data uses supporting rooms only.</summary>
    public static IEnumerable<string> RootUses(PackageSource package, RoomOrder order, string firstStage) =>
        from use in RoomUses(package, order)
            // A profile names the processors that run for it: the contract alone.
        where use.From.Length == 0 && !order.IsBefore(use.To, firstStage)
            && !use.ToString().EndsWith("uses IUploadProcessor", StringComparison.Ordinal)
        select use.ToString();

    /// <summary>Namespaces with public types.</summary>
    public static IEnumerable<string> PublicNamespaces(PackageSource package) =>
        TypesOf(package).Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .Select(type => type.ContainingNamespace.ToString()!).Distinct().Order(StringComparer.Ordinal);

    /// <summary>
    /// Files that are not in the folder of their namespace, and files without a type of their name; several internal types of one idea may
    /// share a file with a name of its own.
    /// </summary>
    public static IEnumerable<string> MisplacedFiles(PackageSource package) =>
        from type in TypesOf(package)
        group type by type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath into file
        where file.Key.StartsWith($"{package.Name}/", StringComparison.Ordinal)
            && !(file.All(type => FitsFolder(type, package, file.Key)) && HasName(file.Key, [.. file]))
        select $"{file.Key} holds {string.Join(", ", file.Select(type => type.ToString()))}";

    public static IEnumerable<INamedTypeSymbol> TypesOf(PackageSource package) => TypesOf(package.Compilation.Assembly.GlobalNamespace);

    private const string Framework = "(framework)";

    private static bool FitsFolder(INamedTypeSymbol type, PackageSource package, string path)
    {
        var space = type.ContainingNamespace.ToString()!;
        return space == Path.GetDirectoryName(path)!.Replace('\\', '/').Replace('/', '.') || !IsBelow(space, package.Name);
    }

    private static bool HasName(string path, IReadOnlyList<INamedTypeSymbol> types) =>
        types.Any(type => type.Name == Path.GetFileNameWithoutExtension(path).Split('.')[0])
        || (types.Count > 1 && types.All(type => type.DeclaredAccessibility != Accessibility.Public));

    // Extension methods live in namespaces of the framework, and see everything.
    private static string RoomOf(INamedTypeSymbol type, PackageSource package, RoomOrder order)
    {
        var space = type.ContainingNamespace.ToString()!;
        if (space == package.Name)
            return order.Doors.GetValueOrDefault(type.Name, "");
        return space.StartsWith($"{package.Name}.", StringComparison.Ordinal) ? space[(package.Name.Length + 1)..] : Framework;
    }

    private static bool IsOwn(INamedTypeSymbol type, PackageSource package) =>
        type.Locations.Any(location => location.IsInSource) && IsBelow(type.ContainingNamespace.ToString()!, package.Name);

    private static bool IsBelow(string space, string package) =>
        space == package || space.StartsWith($"{package}.", StringComparison.Ordinal);

    private static HashSet<string> Reachable(string room, ILookup<string, string> uses)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(uses[room]);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var further in uses[next])
                    open.Push(further);
            }
        }

        return found;
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesOf));
}

/// <summary>One room that uses another, with an example.</summary>
internal sealed record RoomUse(string From, string To, string Example)
{
    public override string ToString() => $"{From} uses {To}: {Example}";
}
