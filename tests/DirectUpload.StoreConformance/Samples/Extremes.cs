using System.Collections;
using System.Reflection;

namespace DirectUpload.StoreConformance.Samples;

/// <summary>
/// What each property of a record can hold, by its type: a property added later is tried like the others, and one of a type that is not known here
/// fails.
/// </summary>
internal static class Extremes
{
    /// <summary>What a store sets itself, and what records are found by.</summary>
    private static readonly string[] NotOurs = [nameof(UploadRecord.Id), nameof(UploadRecord.Version), nameof(UploadRecord.NotifyAt)];

    /// <summary>What the contract says no update changes.</summary>
    private static readonly string[] Fixed =
        [nameof(UploadRecord.Profile), nameof(UploadRecord.Owner), nameof(UploadRecord.ClaimedSize), nameof(UploadRecord.CreatedAt), nameof(UploadRecord.Told)];

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly PropertyInfo[] Properties = [.. typeof(UploadRecord).GetProperties().Where(property => !NotOurs.Contains(property.Name))];

    private static readonly Dictionary<PropertyInfo, object?[]> Values = Properties.ToDictionary(property => property, property => Of(property).ToArray());

    /// <summary>Records that differ from an ordinary one in one property each, which takes each of its extremes in turn.</summary>
    public static IEnumerable<(string Property, UploadRecord Record)> OneByOne() =>
        from property in Properties
        from value in Values[property]
        select (property.Name, With(Sample.Record(), property, value));

    /// <summary>The same, of the properties that may change.</summary>
    public static IEnumerable<(string Property, UploadRecord Record)> ChangesOneByOne() => OneByOne().Where(one => !Fixed.Contains(one.Property));

    /// <summary>Few records whose properties are all extreme at once, so that together they hold every value.</summary>
    public static IEnumerable<UploadRecord> AllAtOnce() =>
        from turn in Enumerable.Range(0, Values.Values.Max(values => values.Length))
        select Properties.Aggregate(Sample.Record(), (record, property) => With(record, property, Values[property][turn % Values[property].Length]));

    private static IEnumerable<object?> Of(PropertyInfo property)
    {
        var mayBeNull = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        return (mayBeNull ? new object?[] { null } : []).Concat(Of(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
    }

    private static IEnumerable<object?> Of(Type type)
    {
        if (type == typeof(string))
            return [.. Texts.Odd, Texts.Long];
        if (type == typeof(bool))
            return [false, true];
        if (type == typeof(int))
            return [0, 1, int.MaxValue];
        if (type == typeof(long))
            return [0L, 1L, 1L + int.MaxValue, long.MaxValue - 1, long.MaxValue];
        if (type == typeof(DateTimeOffset))
            return [DateTimeOffset.UnixEpoch.AddTicks(1), Sample.Start.AddTicks(9), new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.Zero), DateTimeOffset.MaxValue];
        if (type == typeof(UploadTokenHash))
            return [UploadTokenHash.Parse(new string('0', 64)), UploadTokenHash.Parse(new string('f', 64)), UploadTokenHash.Parse("00" + new string('c', 62))];
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return [new Dictionary<string, string>(), Entries(), LargeEntries()];
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Lists(type.GetGenericArguments()[0]);
        if (type.Namespace == typeof(UploadRecord).Namespace && type.IsClass)
            return Objects(type);
        throw new NotSupportedException($"UploadRecord holds a {type.Name}: say in Extremes what its extremes are.");
    }

    /// <summary>Each text is a name once, and a value once: names that differ by case only, or by nothing that can be seen.</summary>
    private static Dictionary<string, string> Entries() =>
        Texts.Odd.Where(name => name.Length > 0).Select((name, at) => (name, value: Texts.Odd[at])).ToDictionary(entry => entry.name, entry => entry.value);

    /// <summary>As much as a request may bring.</summary>
    private static Dictionary<string, string> LargeEntries() =>
        Enumerable.Range(0, 32).ToDictionary(number => $"{number}-{new string('n', 96)}", _ => new string('é', 1000));

    private static IEnumerable<object> Lists(Type type)
    {
        object?[] items = [.. type == typeof(string) ? Of(type) : Objects(type)];
        yield return List(type, []);
        yield return List(type, items);
        yield return List(type, Enumerable.Range(0, 300).Select(at => items[at % items.Length]));
    }

    private static IList List(Type type, IEnumerable<object?> items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    /// <summary>Objects of a record type whose properties are all extreme at once.</summary>
    private static IEnumerable<object> Objects(Type type)
    {
        var properties = type.GetProperties();
        var values = properties.ToDictionary(property => property, property => Of(property).ToArray());
        for (var turn = 0; turn < values.Values.Max(all => all.Length); turn++)
        {
            var made = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            foreach (var property in properties)
                property.SetValue(made, values[property][turn % values[property].Length]);
            yield return made;
        }
    }

    private static UploadRecord With(UploadRecord record, PropertyInfo property, object? value)
    {
        var copy = record with { };
        property.SetValue(copy, value);
        return copy;
    }
}
