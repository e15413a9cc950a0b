using System.Collections;
using System.Reflection;

namespace DirectUpload.StoreConformance.Samples;

/// <summary>Creates records whose properties have extreme values, chosen by the type of each property.</summary>
/// <remarks>Properties added later are included; a property of a type without extreme values here throws.</remarks>
internal static class ExtremeRecords
{
    /// <summary>The properties that a store sets, and the id.</summary>
    private static readonly string[] Excluded = [nameof(UploadRecord.Id), nameof(UploadRecord.Version), nameof(UploadRecord.NotifyAt)];

    /// <summary>The properties that no update may change, according to the contract.</summary>
    private static readonly string[] Immutable =
        [
            nameof(UploadRecord.Profile), nameof(UploadRecord.Owner), nameof(UploadRecord.DeclaredSize), nameof(UploadRecord.CreatedAt),
            nameof(UploadRecord.NotificationCheckpoints),
        ];

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly PropertyInfo[] Properties = [.. typeof(UploadRecord).GetProperties()
        .Where(property => property.CanWrite && !Excluded.Contains(property.Name))];

    private static readonly Dictionary<PropertyInfo, object?[]> Values = Properties.ToDictionary(
        property => property, property => GetValues(property).ToArray());

    /// <summary>Creates one record for each extreme value of each property; the other properties are ordinary.</summary>
    public static IEnumerable<(string Property, UploadRecord Record)> CreateOnePerValue() =>
        from property in Properties
        from value in Values[property]
        select (property.Name, With(SampleRecords.Create(), property, value));

    /// <summary>Creates the same records for the properties that an update may change.</summary>
    public static IEnumerable<(string Property, UploadRecord Record)> CreateOnePerMutableValue() =>
        CreateOnePerValue().Where(one => !Immutable.Contains(one.Property));

    /// <summary>Creates the fewest records that together contain every extreme value.</summary>
    public static IEnumerable<UploadRecord> CreateCombined() =>
        from turn in Enumerable.Range(0, Values.Values.Max(values => values.Length))
        select Properties.Aggregate(
            SampleRecords.Create(), (record, property) => With(record, property, Values[property][turn % Values[property].Length]));

    private static IEnumerable<object?> GetValues(PropertyInfo property)
    {
        var isNullable = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        return (isNullable ? new object?[] { null } : [])
            .Concat(GetValues(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
    }

    private static IEnumerable<object?> GetValues(Type type)
    {
        if (type == typeof(string))
            return [.. SampleTexts.Unusual, SampleTexts.Long];
        if (type == typeof(bool))
            return [false, true];
        if (type == typeof(int))
            return [0, 1, int.MaxValue];
        if (type == typeof(long))
            return [0L, 1L, 1L + int.MaxValue, long.MaxValue - 1, long.MaxValue];
        if (type == typeof(DateTimeOffset))
            return [
                DateTimeOffset.UnixEpoch.AddTicks(1), SampleRecords.Start.AddTicks(9),
                new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.Zero), DateTimeOffset.MaxValue];
        if (type == typeof(UploadTokenHash))
            return [UploadTokenHash.Parse(new string('0', 64)), UploadTokenHash.Parse(new string('f', 64)), UploadTokenHash.Parse(
                "00" + new string('c', 62))];
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return [new Dictionary<string, string>(), CreateEntries(), CreateLargeEntries()];
        if (type == typeof(IReadOnlyDictionary<string, DateTimeOffset>))
            return [new Dictionary<string, DateTimeOffset>(), CreateEntries().Keys.ToDictionary(name => name, _ => SampleRecords.Start)];
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return CreateLists(type.GetGenericArguments()[0]);
        if (type.Assembly == typeof(UploadRecord).Assembly && type.IsClass)
            return CreateObjects(type);
        throw new NotSupportedException(
            $"UploadRecord has a property of type {type.Name}; add the extreme values of that type to ExtremeRecords.");
    }

    /// <summary>Uses each text as a name and as a value; some names differ only by case or by invisible characters.</summary>
    private static Dictionary<string, string> CreateEntries() =>
        SampleTexts.Unusual.Where(name => name.Length > 0).Select((name, at) => (name, value: SampleTexts.Unusual[at]))
            .ToDictionary(entry => entry.name, entry => entry.value);

    /// <summary>Creates the maximum that a request may contain.</summary>
    private static Dictionary<string, string> CreateLargeEntries() =>
        Enumerable.Range(0, 32).ToDictionary(number => $"{number}-{new string('n', 96)}", _ => new string('é', 1000));

    private static IEnumerable<object> CreateLists(Type type)
    {
        object?[] items = [.. type == typeof(string) ? GetValues(type) : CreateObjects(type)];
        yield return CreateList(type, []);
        yield return CreateList(type, items);
        yield return CreateList(type, Enumerable.Range(0, 300).Select(at => items[at % items.Length]));
    }

    private static IList CreateList(Type type, IEnumerable<object?> items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    /// <summary>Creates objects of a record type whose properties are all extreme at once.</summary>
    private static IEnumerable<object> CreateObjects(Type type)
    {
        var properties = type.GetProperties().Where(property => property.CanWrite).ToArray();
        var values = properties.ToDictionary(property => property, property => GetValues(property).ToArray());
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
