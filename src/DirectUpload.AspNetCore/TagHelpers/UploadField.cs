using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>What a model's property says about its field.</summary>
/// <param name="Ids">The ids to submit again: those of the refused form, or those of the model.</param>
/// <param name="IsMultiple">Whether the property is a collection.</param>
/// <param name="IsRequired">Whether the property needs an upload.</param>
/// <param name="MaxCount">The maximum number of uploads; null if the model has no limit.</param>
internal sealed record UploadField(IReadOnlyList<string> Ids, bool IsMultiple, bool IsRequired, int? MaxCount)
{
    private static readonly UploadField None = new([], IsMultiple: false, IsRequired: false, MaxCount: null);

    /// <summary>Reads the property and the form that was refused.</summary>
    public static UploadField Create(ModelExpression? property, string? name, ViewContext view)
    {
        if (property is null)
            return None;
        var metadata = property.Metadata;
        var isMultiple = metadata.IsEnumerableType;
        CheckType(property.Name, isMultiple ? FindElementType(metadata.ModelType) : metadata.ModelType);
        IEnumerable<object?> values = FindAttempted(name!, view)
            ?? (isMultiple ? ((IEnumerable?)property.Model)?.Cast<object?>() ?? [] : [property.Model]);
        var ids = values.Where(value => value is not UploadId id || id != default).Select(value => value?.ToString()?.Trim())
            .OfType<string>().Where(id => id.Length > 0).Distinct();
        return new([.. isMultiple ? ids : ids.Take(1)], isMultiple, IsFieldRequired(metadata), FindMaxCount(metadata));
    }

    private static string?[]? FindAttempted(string name, ViewContext view) =>
        view.ViewData.ModelState.TryGetValue(name, out var entry)
            ? entry.RawValue switch
            {
                string one => [one],
                string?[] many => many,
                _ => null,
            }
            : null;

    // ModelMetadata.ElementType cannot be trimmed. The type of another collection's items stays unknown.
    private static Type? FindElementType(Type collection) =>
        collection.IsArray ? collection.GetElementType() : collection.GenericTypeArguments is [var item] ? item : null;

    private static void CheckType(string name, Type? type)
    {
        if (type is not null && (Nullable.GetUnderlyingType(type) ?? type) is var id && id != typeof(UploadId) && id != typeof(string))
        {
            throw new InvalidOperationException(
                $"<direct-upload asp-for=\"{name}\"> needs a property of type UploadId?, or a collection of UploadId; this one holds {id}.");
        }
    }

    // MVC requires each collection that is not nullable. It means that the collection is not null: an empty one is valid.
    private static bool IsFieldRequired(ModelMetadata metadata) => metadata.IsEnumerableType
        ? metadata is DefaultModelMetadata { Attributes.PropertyAttributes: { } declared }
            && declared.Any(attribute =>
                attribute is RequiredAttribute or MinLengthAttribute { Length: > 0 } or LengthAttribute { MinimumLength: > 0 })
        : metadata.IsRequired;

    private static int? FindMaxCount(ModelMetadata metadata) => metadata.IsEnumerableType
        ? metadata.ValidatorMetadata.Select(attribute => attribute switch
        {
            MaxLengthAttribute { Length: > 0 } limit => limit.Length,
            LengthAttribute limit => limit.MaximumLength,
            _ => (int?)null,
        }).Min()
        : null;
}
