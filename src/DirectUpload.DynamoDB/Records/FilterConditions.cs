namespace DirectUpload.DynamoDB.Records;

/// <summary>Writes the conditions of a filter as conditions of DynamoDB.</summary>
internal static class FilterConditions
{
    /// <summary>Gets the conditions that the entries of an index can answer, without those of its key.</summary>
    public static IEnumerable<string> GetForIndex(UploadFilter filter, Placeholders names)
    {
        if (filter.Association is { } association)
        {
            if (association.Kind is { } kind)
                yield return IsAssociatedBy("kind", kind, names);
            if (filter.IsByOwner)
                yield return IsOwnedBy(filter.Owner, names);
        }

        foreach (var condition in GetForCreationTime(filter, names))
            yield return condition;
    }

    /// <summary>Gets all conditions, for items of the table.</summary>
    public static IEnumerable<string> GetAll(UploadFilter filter, Placeholders names)
    {
        if (filter.IsByOwner && filter.Association is null)
            yield return IsOwnedBy(filter.Owner, names);
        if (filter.Association is { } association)
        {
            yield return IsAssociatedBy("type", association.Type, names);
            yield return IsAssociatedBy("id", association.Id, names);
        }

        if (filter.Status is { } status)
            yield return $"{names.Name(AttributeNames.Status)} = {names.Value(AttributeValues.From(status.ToString()))}";
        if (filter.Before is { } before)
            yield return $"{names.Name(AttributeNames.Id)} < {names.Value(AttributeValues.From(before.ToString()))}";
        foreach (var condition in GetForIndex(filter, names))
            yield return condition;
    }

    private static string IsAssociatedBy(string name, string value, Placeholders names) =>
        $"{names.Name(AttributeNames.Association)}.{names.Name(name)} = {names.Value(AttributeValues.From(value))}";

    private static string IsOwnedBy(string? owner, Placeholders names) => owner is null
        ? $"attribute_not_exists({names.Name(AttributeNames.Owner)})"
        : $"{names.Name(AttributeNames.Owner)} = {names.Value(AttributeValues.From(owner))}";

    private static IEnumerable<string> GetForCreationTime(UploadFilter filter, Placeholders names)
    {
        if (filter.CreatedFrom is { } from)
            yield return $"{names.Name(AttributeNames.CreatedAt)} >= {names.Value(AttributeValues.From(from))}";
        if (filter.CreatedBefore is { } end)
            yield return $"{names.Name(AttributeNames.CreatedAt)} < {names.Value(AttributeValues.From(end))}";
    }
}
