using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace DirectUpload.Primitives;

/// <summary>Compares option values with the bounds of <see cref="OptionRangeAttribute"/>.</summary>
internal static class OptionBounds
{
    public static IEnumerable<string> FindErrors<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(T options)
        where T : class
    {
        foreach (var property in typeof(T).GetProperties())
        {
            if (property.GetCustomAttribute<OptionRangeAttribute>()?.FindError(property.Name, property.GetValue(options)) is { } error)
                yield return error;
        }
    }
}
