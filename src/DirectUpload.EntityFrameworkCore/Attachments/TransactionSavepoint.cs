using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Provides savepoints and transactions, synchronously or asynchronously.</summary>
internal static class TransactionSavepoint
{
    /// <summary>Creates a savepoint.</summary>
    /// <returns>False when the transaction is not one of the context, or its provider has no savepoints.</returns>
    public static async ValueTask<bool> TryCreateAsync(
        DatabaseFacade database, string name, bool isAsync, CancellationToken cancellationToken)
    {
        if (database.CurrentTransaction is not { SupportsSavepoints: true } transaction)
            return false;
        if (isAsync)
            await transaction.CreateSavepointAsync(name, cancellationToken).ConfigureAwait(false);
        else
            transaction.CreateSavepoint(name);
        return true;
    }

    /// <summary>Releases a savepoint.</summary>
    public static async ValueTask ReleaseAsync(DatabaseFacade database, string name, bool isAsync, CancellationToken cancellationToken)
    {
        if (isAsync)
            await database.CurrentTransaction!.ReleaseSavepointAsync(name, cancellationToken).ConfigureAwait(false);
        else
            database.CurrentTransaction!.ReleaseSavepoint(name);
    }

    /// <summary>Undoes everything since a savepoint; does nothing when the transaction has ended.</summary>
    public static async ValueTask RollbackAsync(DatabaseFacade database, string name, bool isAsync)
    {
        if (database.CurrentTransaction is not { } transaction)
            return;
        try
        {
            if (isAsync)
                await transaction.RollbackToSavepointAsync(name, CancellationToken.None).ConfigureAwait(false);
            else
                transaction.RollbackToSavepoint(name);
        }
        catch (Exception)
        {
            // The connection or the transaction is broken, so nothing of it can be committed. The failure of the save itself is thrown.
        }
    }

    /// <summary>Runs a call in a transaction of its own, as often as the execution strategy requires.</summary>
    public static async ValueTask ExecuteAsync(
        DatabaseFacade database, Func<ValueTask> call, bool isAsync, CancellationToken cancellationToken)
    {
        var strategy = database.CreateExecutionStrategy();
        if (!isAsync)
        {
            strategy.Execute(() =>
            {
                using var transaction = database.BeginTransaction();
                call().AsTask().GetAwaiter().GetResult();
                transaction.Commit();
            });
            return;
        }

        await strategy.ExecuteAsync(
            async ending =>
            {
                var transaction = await database.BeginTransactionAsync(ending).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await call().ConfigureAwait(false);
                    await transaction.CommitAsync(ending).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }
}
