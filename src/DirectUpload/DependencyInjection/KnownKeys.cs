using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;

namespace DirectUpload.DependencyInjection;

/// <summary>Holds the keys that a configuration section may have, and reports other keys, which the binder would ignore.</summary>
internal sealed class KnownKeys
{
    private readonly SortedDictionary<string, KnownKeys?> _keys = new(StringComparer.OrdinalIgnoreCase);
    private KnownKeys? _items;

    private KnownKeys()
    {
    }

    /// <summary>Creates the keys of an options class from the properties that the binder can set or fill.</summary>
    public static KnownKeys Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>()
    {
        var known = new KnownKeys();
        foreach (var property in typeof(T).GetProperties().Where(IsBindable))
            known._keys.Add(property.Name, null);
        return known;
    }

    /// <summary>Creates a section whose own keys are arbitrary, such as the names of profiles.</summary>
    public static KnownKeys Named(KnownKeys items) => new() { _items = items };

    /// <summary>Sets the keys that are known below a key; null allows any.</summary>
    public KnownKeys With(string key, KnownKeys? below = null)
    {
        _keys[key] = below;
        return this;
    }

    public IEnumerable<string> FindErrors(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            var below = _items;
            if (below is null && !_keys.TryGetValue(child.Key, out below))
            {
                yield return $"{child.Path} is not a known key; did you mean \"{EditDistance.FindNearest(child.Key, _keys.Keys)}\"?";
                continue;
            }

            foreach (var error in below?.FindErrors(child) ?? [])
                yield return error;
        }
    }

    internal static bool IsBindable(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 && !typeof(Delegate).IsAssignableFrom(property.PropertyType)
        && property.PropertyType.Namespace != "System.Net.Http"
        && (property.SetMethod?.IsPublic == true
            || (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)));
}
