using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Creates a context for one call, from the application's factory or a separate scope, so that the application's own changes are never
/// saved.
/// </summary>
internal sealed class UploadDbContextFactory<TContext>(IServiceScopeFactory scopes, UploadTableInitializer<TContext> table) : IDisposable
    where TContext : DbContext
{
    // SQLite allows one writer; waiting for this lock is faster than retrying while the file is locked.
    private readonly SemaphoreSlim _writeLock = new(1);

    // A lease skips rows that another statement has locked; leases of this process wait for each other, so that they do not miss due rows.
    private readonly SemaphoreSlim _leaseLock = new(1);

    private bool? _canShareStatements;

    /// <summary>Returns whether several callers may share a statement.</summary>
    /// <remarks>
    /// A shared statement runs in the execution context of its first caller. So a caller with an ambient transaction shares none, and
    /// neither does an application with interceptors, which may depend on the caller (its tenant, for example).
    /// </remarks>
    public async ValueTask<bool> CanShareStatementsAsync()
    {
        if (Transaction.Current is not null)
            return false;
        if (_canShareStatements is { } known)
            return known;
        var rented = Create();
        await using (rented.ConfigureAwait(false))
            _canShareStatements = rented.Context is DirectUploadDbContext context && HasStatements(context) && !HasInterceptors(context);
        return _canShareStatements.Value;
    }

    public async ValueTask<RentedContext<TContext>> RentReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lease = Create();
        try
        {
            if (!(lease.Context.Database.GetCommandTimeout() is > 0 and var seconds && seconds <= DatabaseCall.CommandTimeout.TotalSeconds))
                lease.Context.Database.SetCommandTimeout(DatabaseCall.CommandTimeout);
            await table.EnsureAsync(lease.Context, cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<RentedContext<TContext>> RentWriteAsync(CancellationToken cancellationToken)
    {
        var lease = await RentReadAsync(cancellationToken).ConfigureAwait(false);
        return lease.Context.Database.ProviderName == ProviderNames.Sqlite
            ? await LockAsync(lease, _writeLock, cancellationToken).ConfigureAwait(false)
            : lease;
    }

    public async ValueTask<RentedContext<TContext>> RentLeaseAsync(CancellationToken cancellationToken)
    {
        var lease = await RentReadAsync(cancellationToken).ConfigureAwait(false);
        return await LockAsync(lease, lease.Context.Database.ProviderName == ProviderNames.Sqlite
            ? _writeLock
            : _leaseLock, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _writeLock.Dispose();
        _leaseLock.Dispose();
    }

    // The shared statements are tested on these databases only.
    private static bool HasStatements(DbContext context) => context.Database.ProviderName is ProviderNames.Sqlite or ProviderNames.Postgres;

    // The interceptor of this package does not count.
    private static bool HasInterceptors(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors?
            .Any(static interceptor => interceptor.GetType().Assembly != typeof(UploadRow).Assembly) == true;

    private static async ValueTask<RentedContext<TContext>> LockAsync(
        RentedContext<TContext> lease, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return lease with { HeldLock = turn };
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private RentedContext<TContext> Create()
    {
        var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory
            ? new RentedContext<TContext>(factory.CreateDbContext(), scope, OwnsContext: true)
            : new RentedContext<TContext>(scope.ServiceProvider.GetRequiredService<TContext>(), scope, OwnsContext: false);
    }
}

/// <summary>Holds the context of one call.</summary>
internal readonly record struct RentedContext<TContext>(TContext Context, AsyncServiceScope Scope, bool OwnsContext) : IAsyncDisposable
    where TContext : DbContext
{
    /// <summary>Gets the lock to release when the call has written.</summary>
    public SemaphoreSlim? HeldLock { get; init; }

    public async ValueTask DisposeAsync()
    {
        HeldLock?.Release();
        if (OwnsContext)
            await Context.DisposeAsync().ConfigureAwait(false);
        await Scope.DisposeAsync().ConfigureAwait(false);
    }
}
