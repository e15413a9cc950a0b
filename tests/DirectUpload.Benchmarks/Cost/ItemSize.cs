using System.Text;
using System.Text.Json;

namespace DirectUpload.Benchmarks.Cost;

/// <summary>The size of an item as DynamoDB bills it.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html</remarks>
internal static class ItemSize
{
    private const int CollectionOverhead = 3;

    /// <param name="item">The attributes as JSON: each a name and a value with its type.</param>
    public static int GetBytes(JsonElement item) =>
        item.EnumerateObject().Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Name) + GetValueBytes(attribute.Value));

    private static int GetValueBytes(JsonElement typed)
    {
        var value = typed.EnumerateObject().Single();
        return value.Name switch
        {
            "S" => Encoding.UTF8.GetByteCount(value.Value.GetString()!),
            "N" => (value.Value.GetString()!.Length / 2) + 1,
            "M" => CollectionOverhead + value.Value.EnumerateObject().Count() + GetBytes(value.Value),
            "L" => CollectionOverhead + value.Value.EnumerateArray().Sum(element => 1 + GetValueBytes(element)),
            "BOOL" or "NULL" => 1,
            _ => throw new NotSupportedException($"An attribute of type {value.Name}."),
        };
    }
}
