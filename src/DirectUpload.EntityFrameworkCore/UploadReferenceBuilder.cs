using System.Linq.Expressions;
using DirectUpload.EntityFrameworkCore.Attachments;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Configures a property that refers to uploads.</summary>
/// <typeparam name="TEntity">The type of the entity.</typeparam>
public sealed class UploadReferenceBuilder<TEntity>
    where TEntity : class
{
    private readonly IMutableProperty _property;

    private UploadReferenceBuilder(IMutableProperty property) => _property = property;

    /// <summary>Sets the property of the entity that contains the owner whose uploads it may refer to.</summary>
    /// <remarks>
    /// The owner is the <see cref="UploadCaller.Owner"/> of the request. Without this call, each upload must be authorized with
    /// <see cref="UploadUnitOfWork.Authorize"/> before it is saved.
    /// </remarks>
    /// <param name="owner">The property, whose value is converted to text: <c>user => user.Id</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="owner"/> is null or not a property of the entity.</exception>
    public UploadReferenceBuilder<TEntity> OwnedBy(Expression<Func<TEntity, object?>> owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var body = owner.Body is UnaryExpression conversion ? conversion.Operand : owner.Body;
        _property.SetAnnotation(UploadReference.OwnerAnnotation, body is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException("The owner must be a property of the entity itself, such as user => user.Id.", nameof(owner)));
        return this;
    }

    internal static UploadReferenceBuilder<TEntity> Create(IMutableProperty property, UploadReferenceNames names)
    {
        property.SetAnnotation(UploadReference.ProfileAnnotation, names.Profile);
        property.SetAnnotation(UploadReference.KindAnnotation, names.Kind ?? UploadReferenceNames.GetKind(property.Name));
        property.SetAnnotation(UploadReference.TypeAnnotation, names.Type ?? UploadReferenceNames.GetType(typeof(TEntity)));
        return new(property);
    }
}
