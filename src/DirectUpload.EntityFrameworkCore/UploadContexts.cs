using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>
/// Contexts for one call each, from the application's factory or from a scope of our own: never the one that a request of the application is working with, whose changes are not ours to save.
/// </summary>
internal sealed class UploadContexts<TContext>(IServiceScopeFactory scopes, UploadTable<TContext> table) : IDisposable
    where TContext : DbContext
{
    // SQLite has one writer; whoever waits in line here is served sooner than whoever finds the file locked and sleeps.
    private readonly SemaphoreSlim _writer = new(1);

    // A claim skips rows that another statement has locked; claims of this process wait for each other, so that they don't miss what is due because of that.
    private readonly SemaphoreSlim _claimer = new(1);

    public async ValueTask<ContextLease<TContext>> ToReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lease = Open();
        try
        {
            if (!(lease.Context.Database.GetCommandTimeout() is > 0 and var seconds && seconds <= EngineCall.CommandLimit.TotalSeconds))
                lease.Context.Database.SetCommandTimeout(EngineCall.CommandLimit);
            await table.EnsureAsync(lease.Context, cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<ContextLease<TContext>> ToWriteAsync(CancellationToken cancellationToken)
    {
        var lease = await ToReadAsync(cancellationToken).ConfigureAwait(false);
        return lease.Context.Database.ProviderName == Providers.Sqlite ? await InTurnAsync(lease, _writer, cancellationToken).ConfigureAwait(false) : lease;
    }

    public async ValueTask<ContextLease<TContext>> ToClaimAsync(CancellationToken cancellationToken)
    {
        var lease = await ToReadAsync(cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(lease, lease.Context.Database.ProviderName == Providers.Sqlite ? _writer : _claimer, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _claimer.Dispose();
    }

    private static async ValueTask<ContextLease<TContext>> InTurnAsync(ContextLease<TContext> lease, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return lease with { Writer = turn };
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ContextLease<TContext> Open()
    {
        var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory
            ? new ContextLease<TContext>(factory.CreateDbContext(), scope, OwnsContext: true)
            : new ContextLease<TContext>(scope.ServiceProvider.GetRequiredService<TContext>(), scope, OwnsContext: false);
    }
}

/// <summary>A context for one call.</summary>
internal readonly record struct ContextLease<TContext>(TContext Context, AsyncServiceScope Scope, bool OwnsContext) : IAsyncDisposable
    where TContext : DbContext
{
    /// <summary>To be released when the call has written.</summary>
    public SemaphoreSlim? Writer { get; init; }

    public async ValueTask DisposeAsync()
    {
        Writer?.Release();
        if (OwnsContext)
            await Context.DisposeAsync().ConfigureAwait(false);
        await Scope.DisposeAsync().ConfigureAwait(false);
    }
}
