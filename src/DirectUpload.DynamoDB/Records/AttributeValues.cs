using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Converts values to attribute values and back.</summary>
internal static class AttributeValues
{
    /// <summary>Specifies a format of fixed length in UTC, so that texts sort like the times, with the precision of a tick.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static AttributeValue From(string text) => new() { S = text };

    public static AttributeValue From(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue From(DateTimeOffset time) => From(FormatTime(time));

    public static AttributeValue From(IEnumerable<KeyValuePair<string, string>> entries) =>
        new() { M = entries.ToDictionary(entry => entry.Key, entry => From(entry.Value)) };

    public static string? FindText(this Item item, string name) => item.GetValueOrDefault(name)?.S;

    public static string GetText(this Item item, string name) => item.FindText(name) ?? throw CreateMissingException(item, name);

    public static long? FindNumber(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    public static long GetNumber(this Item item, string name) => item.FindNumber(name) ?? throw CreateMissingException(item, name);

    public static DateTimeOffset? FindTime(this Item item, string name) => item.FindText(name) is { } text ? ParseTime(text) : null;

    public static DateTimeOffset GetTime(this Item item, string name) => ParseTime(item.GetText(name));

    public static Item? FindMap(this Item item, string name) => item.GetValueOrDefault(name)?.M;

    public static List<AttributeValue> GetList(this Item item, string name) => item.GetValueOrDefault(name)?.L ?? [];

    private static FormatException CreateMissingException(Item item, string name) =>
        new($"The item \"{item.FindText(AttributeNames.Id)}\" lacks its {name}: "
            + "an application other than DirectUpload has written to the table.");
}
