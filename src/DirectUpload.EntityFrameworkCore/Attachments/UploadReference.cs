using System.Globalization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Describes a property of an entity that refers to uploads.</summary>
/// <remarks>The annotations are texts, so that migrations and compiled models can contain them.</remarks>
internal sealed class UploadReference(IProperty property)
{
    public const string ProfileAnnotation = "DirectUpload:Profile";
    public const string KindAnnotation = "DirectUpload:Kind";
    public const string TypeAnnotation = "DirectUpload:Type";
    public const string OwnerAnnotation = "DirectUpload:Owner";

    private const string CacheAnnotation = "DirectUpload:References";

    public string Profile { get; } = (string)property[ProfileAnnotation]!;

    public string Kind { get; } = (string)property[KindAnnotation]!;

    public string Type { get; } = (string)property[TypeAnnotation]!;

    public string? OwnerProperty { get; } = (string?)property[OwnerAnnotation];

    public IProperty Property => property;

    /// <summary>Gets the references of an entity type, those of its base types included.</summary>
    public static IReadOnlyList<UploadReference> GetAll(IEntityType type) => type.GetOrAddRuntimeAnnotationValue(
        CacheAnnotation,
        static declared => (IReadOnlyList<UploadReference>)
            [.. declared!.GetProperties().Where(it => it.FindAnnotation(ProfileAnnotation) is not null)
                .Select(it => new UploadReference(it))],
        type);

    /// <summary>Reads the ids from a value of the property.</summary>
    public static IReadOnlyList<UploadId> GetIds(object? value) => value switch
    {
        UploadId id => id == default ? [] : [id],
        IEnumerable<UploadId> ids => [.. ids.Distinct()],
        _ => [],
    };

    /// <summary>Creates the association of an entity, whose key must have its final value.</summary>
    public UploadAssociation CreateAssociation(EntityEntry entry)
    {
        var key = entry.Metadata.FindPrimaryKey()?.Properties ?? throw new InvalidOperationException(
            $"{entry.Metadata.DisplayName()} has no primary key, so no upload can be attached to it.");
        return new(Type, string.Join(',', key.Select(part => Format(entry, part))), Kind);
    }

    /// <summary>Gets the owner whose uploads the entity may refer to; null without one.</summary>
    public string? GetOwner(EntityEntry entry) =>
        OwnerProperty is { } name ? Convert.ToString(entry.Property(name).CurrentValue, CultureInfo.InvariantCulture) : null;

    private static string Format(EntityEntry entry, IProperty part) =>
        Convert.ToString(entry.Property(part.Name).CurrentValue, CultureInfo.InvariantCulture)!;
}
