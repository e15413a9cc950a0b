using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Builds an update expression.</summary>
internal sealed class UpdateExpression
{
    private readonly List<string> _sets = [];
    private readonly List<string> _removes = [];
    private readonly Placeholders _placeholders = new();

    public Dictionary<string, string> Names => _placeholders.Names;

    public Item Values => _placeholders.Values;

    public string Name(string attribute) => _placeholders.Name(attribute);

    public string Value(AttributeValue value) => _placeholders.Value(value);

    /// <summary>Sets an attribute, or a value within it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">The attribute's name and the names of nested values.</param>
    /// <returns>The same instance.</returns>
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
}
