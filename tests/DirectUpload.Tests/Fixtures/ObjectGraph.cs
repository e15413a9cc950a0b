using System.Reflection;

namespace DirectUpload.Tests.Fixtures;

/// <summary>Finds the library's objects that are reachable from others by fields, collections and the closures of delegates.</summary>
internal static class ObjectGraph
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyCollection<object> Find(IEnumerable<object> roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var next = new Queue<object>(roots);
        while (next.TryDequeue(out var current))
        {
            if (!IsFollowed(current.GetType()) || (!current.GetType().IsValueType && !seen.Add(current)))
                continue;
            foreach (var held in GetHeldObjects(current))
                next.Enqueue(held);
        }

        return [.. seen.Where(it => IsOwnType(it.GetType()))];
    }

    public static bool IsOwnType(Type type) => type.Assembly.GetName().Name == "DirectUpload";

    // Other classes of the platform lead to the container, and with it to everything.
    private static bool IsFollowed(Type type) =>
        IsOwnType(type) || type.IsArray || typeof(Delegate).IsAssignableFrom(type)
        || type.Name.StartsWith("Lazy`", StringComparison.Ordinal)
        || type.Name.StartsWith("<>c", StringComparison.Ordinal)
        || type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true;

    private static IEnumerable<object> GetHeldObjects(object current) => current switch
    {
        Delegate { Target: { } target } => [target],
        Array array when array.GetType().GetElementType()!.IsPrimitive => [],
        Array array => array.Cast<object?>().OfType<object>(),
        _ => GetFields(current.GetType()).Select(field => field.GetValue(current)).OfType<object>(),
    };

    private static IEnumerable<FieldInfo> GetFields(Type type)
    {
        for (Type? declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Declared).Where(field => !field.FieldType.IsPointer && !field.FieldType.IsByRefLike))
                yield return field;
        }
    }
}
