using System.Reflection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Architecture.Tests;

/// <summary>Finds log messages whose event ids or names do not identify them in their package, and so in any category.</summary>
internal static class LogEventRules
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<(string Method, int Id)> GetEvents(IEnumerable<Type> types) =>
    [
        .. from type in types
           from method in type.GetMethods(Declared | BindingFlags.Instance)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select (method.Name, message.EventId),
    ];

    /// <summary>Returns the ids that are not positive, and the ids and names that two messages share.</summary>
    public static IEnumerable<string> FindAmbiguous(IEnumerable<Type> types)
    {
        var events = GetEvents(types);
        return
        [
            .. events.Where(it => it.Id <= 0).Select(it => $"{it.Method} has no id"),
            .. events.GroupBy(it => it.Id, it => it.Method).Where(it => it.Count() > 1).Select(it => $"{it.Key}: {string.Join(", ", it)}"),
            .. events.GroupBy(it => it.Method, it => it.Id).Where(it => it.Count() > 1).Select(it => $"{it.Key}: {string.Join(", ", it)}"),
        ];
    }

    /// <summary>Returns the ids that are missing between 1 and the highest one.</summary>
    public static IEnumerable<int> FindGaps(IEnumerable<Type> types)
    {
        var ids = GetEvents(types).Select(it => it.Id).ToArray();
        return Enumerable.Range(1, ids.DefaultIfEmpty().Max()).Except(ids);
    }
}
