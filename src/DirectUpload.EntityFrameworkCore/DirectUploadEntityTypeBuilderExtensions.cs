using System.Linq.Expressions;
using DirectUpload;
using DirectUpload.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Provides extension methods that declare which properties of an entity refer to uploads.</summary>
/// <remarks>
/// When <c>SaveChanges</c> saves such a property, it attaches the upload to the entity in the same transaction. It throws
/// <see cref="UploadAttachmentException"/>, and saves nothing, if the upload is not ready, has another profile or owner, or is attached to
/// another entity. When an entity is deleted, its uploads are detached, and so are those of its dependents that are deleted by a cascade.
/// Statements that bypass <c>SaveChanges</c>, such as <c>ExecuteUpdate</c> and <c>ExecuteDelete</c>, attach and detach nothing. There is no
/// foreign key to the table of uploads: its rows are purged some time after their objects, and that must neither fail nor change entities
/// of the application.
/// </remarks>
/// <example>
/// <code>
/// modelBuilder.Entity&lt;Person&gt;().HasUpload(user => user.AvatarId, profile: "avatar").OwnedBy(user => user.Id);
/// modelBuilder.Entity&lt;Album&gt;().HasUploads(album => album.PhotoIds, profile: "photo").OwnedBy(album => album.UserId);
/// </code>
/// </example>
public static class DirectUploadEntityTypeBuilderExtensions
{
    /// <summary>Declares that a property refers to one upload.</summary>
    /// <remarks>When the property gets another value, the previous upload is deleted after the commit.</remarks>
    /// <typeparam name="TEntity">The type of the entity.</typeparam>
    /// <param name="builder">The builder of the entity.</param>
    /// <param name="property">The property that stores the id of the upload; null for none.</param>
    /// <param name="profile">The profile under which the upload must have been requested.</param>
    /// <param name="kind">
    /// What the upload is to the entity, in <see cref="UploadAssociation.Kind"/>; null for the name of the property without "Id", as
    /// <c>avatar</c> for AvatarId.
    /// </param>
    /// <param name="type">
    /// The type of the entity, in <see cref="UploadAssociation.Type"/>; null for the name of its class, as <c>blog-post</c> for BlogPost.
    /// </param>
    /// <returns>A builder that sets who owns the upload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="property"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="profile"/> is null or empty.</exception>
    public static UploadReferenceBuilder<TEntity> HasUpload<TEntity>(
        this EntityTypeBuilder<TEntity> builder, Expression<Func<TEntity, UploadId?>> property, string profile, string? kind = null,
        string? type = null)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentException.ThrowIfNullOrEmpty(profile);
        // For a property that is not nullable, the compiler adds a conversion to the expression.
        var name = property.Body is UnaryExpression { Operand: MemberExpression member }
            ? member.Member.Name
            : builder.Property(property).Metadata.Name;
        var mapped = builder.Property(name).HasConversion<UploadIdConverter>().HasMaxLength(32).IsUnicode(false).Metadata;
        return UploadReferenceBuilder<TEntity>.Create(mapped, new(profile, kind, type));
    }

    /// <summary>Declares that a property refers to any number of uploads, in the order of the application.</summary>
    /// <remarks>An upload that is removed from the property is deleted after the commit. The property is stored as one column.</remarks>
    /// <typeparam name="TEntity">The type of the entity.</typeparam>
    /// <param name="builder">The builder of the entity.</param>
    /// <param name="property">The property that stores the ids of the uploads, such as a <c>List&lt;UploadId&gt;</c>.</param>
    /// <param name="profile">The profile under which the uploads must have been requested.</param>
    /// <param name="kind">
    /// What the uploads are to the entity, in <see cref="UploadAssociation.Kind"/>; null for the name of the property without "Ids", as
    /// <c>photo</c> for PhotoIds.
    /// </param>
    /// <param name="type">
    /// The type of the entity, in <see cref="UploadAssociation.Type"/>; null for the name of its class, as <c>blog-post</c> for BlogPost.
    /// </param>
    /// <returns>A builder that sets who owns the uploads.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="property"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="profile"/> is null or empty.</exception>
    public static UploadReferenceBuilder<TEntity> HasUploads<TEntity>(
        this EntityTypeBuilder<TEntity> builder, Expression<Func<TEntity, IList<UploadId>>> property, string profile, string? kind = null,
        string? type = null)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentException.ThrowIfNullOrEmpty(profile);
        var name = (property.Body is UnaryExpression cast ? cast.Operand : property.Body) is MemberExpression member
            ? member.Member.Name
            : throw new ArgumentException("The expression must be a property, such as album => album.PhotoIds.", nameof(property));
        var mapped = builder.PrimitiveCollection(name);
        mapped.ElementType(id => id.HasConversion<UploadIdConverter>().HasMaxLength(32).IsUnicode(false));
        return UploadReferenceBuilder<TEntity>.Create(mapped.Metadata, new(profile, kind, type));
    }
}
