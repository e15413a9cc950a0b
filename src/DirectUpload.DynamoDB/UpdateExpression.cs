using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB;

/// <summary>Builds an update: every name and value by a placeholder, so that none can be a reserved word or a piece of syntax.</summary>
internal sealed class UpdateExpression
{
    private readonly List<string> _sets = [];
    private readonly List<string> _removes = [];

    public Dictionary<string, string> Names { get; } = [];

    public Item Values { get; } = [];

    public string Name(string attribute) => Placeholder('#', Names, attribute);

    public string Value(AttributeValue value) => Placeholder(':', Values, value);

    /// <param name="value">What to set.</param>
    /// <param name="path">The attribute, and what within it.</param>
    public UpdateExpression Set(AttributeValue value, params ReadOnlySpan<string> path)
    {
        _sets.Add($"{Path(path)} = {Value(value)}");
        return this;
    }

    public UpdateExpression Remove(params ReadOnlySpan<string> path)
    {
        _removes.Add(Path(path));
        return this;
    }

    public override string ToString() =>
        $"SET {string.Join(", ", _sets)}{(_removes.Count == 0 ? "" : $" REMOVE {string.Join(", ", _removes)}")}";

    private string Path(ReadOnlySpan<string> path)
    {
        var names = new List<string>();
        foreach (var part in path)
            names.Add(Name(part));
        return string.Join('.', names);
    }

    private static string Placeholder<T>(char sign, Dictionary<string, T> all, T what)
    {
        var placeholder = string.Create(CultureInfo.InvariantCulture, $"{sign}{all.Count}");
        all.Add(placeholder, what);
        return placeholder;
    }
}
