using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB;

/// <summary>How values are written, and read back.</summary>
internal static class Values
{
    /// <summary>In UTC and of one length, so that texts sort as the times do, to the tick.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ReadTime(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static AttributeValue Of(string text) => new() { S = text };

    public static AttributeValue Of(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Of(DateTimeOffset time) => Of(TimeText(time));

    public static AttributeValue Of(IEnumerable<KeyValuePair<string, string>> entries) =>
        new() { M = entries.ToDictionary(entry => entry.Key, entry => Of(entry.Value)) };

    public static string? Text(this Item item, string name) => item.GetValueOrDefault(name)?.S;

    public static string TextOf(this Item item, string name) => item.Text(name) ?? throw Lacks(item, name);

    public static long? Number(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    public static long NumberOf(this Item item, string name) => item.Number(name) ?? throw Lacks(item, name);

    public static DateTimeOffset? Time(this Item item, string name) => item.Text(name) is { } text ? ReadTime(text) : null;

    public static DateTimeOffset TimeOf(this Item item, string name) => ReadTime(item.TextOf(name));

    public static Item? Map(this Item item, string name) => item.GetValueOrDefault(name)?.M;

    public static List<AttributeValue> List(this Item item, string name) => item.GetValueOrDefault(name)?.L ?? [];

    private static FormatException Lacks(Item item, string name) =>
        new($"The item \"{item.Text(Names.Id)}\" lacks its {name}: something else than DirectUpload has written to the table.");
}
