using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Creates a placeholder for every name and value of an expression, which may be reserved words or contain syntax.</summary>
internal sealed class Placeholders
{
    public Dictionary<string, string> Names { get; } = [];

    public Item Values { get; } = [];

    /// <summary>Returns the placeholder of a name, the same for each of its uses.</summary>
    public string Name(string attribute) =>
        Names.FirstOrDefault(entry => entry.Value == attribute).Key ?? Add('#', Names, attribute);

    public string Value(AttributeValue value) => Add(':', Values, value);

    private static string Add<T>(char sign, Dictionary<string, T> all, T what)
    {
        var placeholder = string.Create(CultureInfo.InvariantCulture, $"{sign}{all.Count}");
        all.Add(placeholder, what);
        return placeholder;
    }
}
