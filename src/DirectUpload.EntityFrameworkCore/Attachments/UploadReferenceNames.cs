namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Holds the names of a property that refers to uploads.</summary>
internal sealed record UploadReferenceNames(string Profile, string? Kind, string? Type)
{
    /// <summary>Gets the kind from the name of the property: <c>avatar</c> from AvatarId, <c>photo</c> from PhotoIds.</summary>
    public static string GetKind(string property)
    {
        var stem = property.EndsWith("Ids", StringComparison.Ordinal) ? property[..^3]
            : property.EndsWith("Id", StringComparison.Ordinal) ? property[..^2]
            : property;
        return ToKebabCase(stem.Length > 0 ? stem : property);
    }

    /// <summary>Gets the type from the name of the class: <c>blog-post</c> from BlogPost.</summary>
    public static string GetType(Type entity) => ToKebabCase(entity.Name.Split('`')[0]);

    private static string ToKebabCase(string name) => string.Concat(name.Select((letter, at) =>
        at > 0 && char.IsUpper(letter) && !char.IsUpper(name[at - 1])
            ? $"-{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}"));
}
