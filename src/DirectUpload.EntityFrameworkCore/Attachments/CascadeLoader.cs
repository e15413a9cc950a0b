using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Loads the entities with uploads that the database would delete by a cascade, so that their uploads are detached too.</summary>
internal static class CascadeLoader
{
    private static readonly MethodInfo LoadDependents = typeof(CascadeLoader).GetMethod(
        nameof(LoadDependentsAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly MethodInfo GetProperty = typeof(EF).GetMethod(nameof(EF.Property))!;

    /// <summary>Loads the dependents of deleted entities, and their dependents, and marks them as deleted.</summary>
    public static async ValueTask LoadAsync(DbContext context, bool isAsync, CancellationToken cancellationToken)
    {
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        while (true)
        {
            var deleted = context.ChangeTracker.Entries()
                .Where(entry => entry.State == EntityState.Deleted && visited.Add(entry.Entity)).ToList();
            if (deleted.Count == 0)
                return;
            foreach (var entry in deleted)
            {
                foreach (var key in entry.Metadata.GetReferencingForeignKeys().Where(IsCascadedToUploads))
                {
                    var load = (ValueTask)LoadDependents.MakeGenericMethod(key.DeclaringEntityType.ClrType)
                        .Invoke(null, [context, entry, key, isAsync, cancellationToken])!;
                    await load.ConfigureAwait(false);
                }
            }

            context.ChangeTracker.CascadeChanges();
        }
    }

    private static bool IsCascadedToUploads(IForeignKey key) =>
        key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.ClientCascade && !key.IsOwnership
        && HasUploads(key.DeclaringEntityType, []);

    private static bool HasUploads(IEntityType type, HashSet<IEntityType> visited) => visited.Add(type)
        && type.GetDerivedTypesInclusive().Any(it => UploadReference.GetAll(it).Count > 0
            || it.GetReferencingForeignKeys().Any(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.ClientCascade
                && HasUploads(key.DeclaringEntityType, visited)));

    private static async ValueTask LoadDependentsAsync<TDependent>(
        DbContext context, EntityEntry principal, IForeignKey key, bool isAsync, CancellationToken cancellationToken)
        where TDependent : class
    {
        var dependent = Expression.Parameter(typeof(TDependent));
        var matches = key.Properties.Zip(key.PrincipalKey.Properties, Expression (foreign, primary) => Expression.Equal(
                Expression.Call(GetProperty.MakeGenericMethod(foreign.ClrType), dependent, Expression.Constant(foreign.Name)),
                Expression.Constant(principal.Property(primary.Name).CurrentValue, foreign.ClrType)))
            .Aggregate(Expression.AndAlso);
        // Also in contexts that track no queries.
        var query = context.Set<TDependent>().AsTracking().IgnoreQueryFilters()
            .Where(Expression.Lambda<Func<TDependent, bool>>(matches, dependent));
        if (isAsync)
            await query.LoadAsync(cancellationToken).ConfigureAwait(false);
        else
            query.Load();
    }
}
