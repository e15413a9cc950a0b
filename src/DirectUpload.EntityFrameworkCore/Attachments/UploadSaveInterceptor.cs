using System.Data.Common;
using System.Runtime.CompilerServices;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Runs the plan of a save in its transaction.</summary>
/// <remarks>
/// Without a transaction of the application, Entity Framework Core begins one, and the plan runs right before its commit, also when an
/// execution strategy repeats the save. In a transaction of the application, the plan is checked before the entities are written, and runs
/// after them; a savepoint undoes both if it fails.
/// </remarks>
internal sealed class UploadSaveInterceptor(IServiceProvider services)
    : SaveChangesInterceptor, IDbTransactionInterceptor, IDbCommandInterceptor
{
    private const string Savepoint = "direct_uploads";

    private readonly ConditionalWeakTable<DbContext, LeasedUnit> _units = [];
    private readonly ConditionalWeakTable<DbTransaction, List<UploadRecord>> _uncommitted = [];
    private readonly Lazy<IUploadAttachmentRules> _rules = new(services.GetRequiredService<IUploadAttachmentRules>);

    /// <summary>Gets the unit of work of a context; a pooled context gets a new one each time that it is rented.</summary>
    public UploadUnitOfWork GetUnit(DbContext context)
    {
        var leased = _units.GetValue(context, static created => new(created.ContextId, new(created)));
        if (leased.ContextId == context.ContextId)
            return leased.Unit;
        leased = new(context.ContextId, new(context));
        _units.AddOrUpdate(context, leased);
        return leased.Unit;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (!result.HasResult)
            GetResult(BeginAsync(eventData.Context!, isAsync: false, CancellationToken.None));
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!result.HasResult)
            await BeginAsync(eventData.Context!, isAsync: true, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result)
    {
        if (eventData is { CommandSource: CommandSource.SaveChanges, Context: { } context } && GetUnit(context).State is { } state)
            state.HasWritten = true;
        return result;
    }

    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        GetResult(ApplyBeforeCommitAsync(eventData.Context, isAsync: false, CancellationToken.None));
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await ApplyBeforeCommitAsync(eventData.Context, isAsync: true, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => NotifyCommitted(transaction);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        NotifyCommitted(transaction);
        return Task.CompletedTask;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        GetResult(CompleteAsync(eventData.Context!, isAsync: false, CancellationToken.None));
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await CompleteAsync(eventData.Context!, isAsync: true, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) =>
        GetResult(AbandonAsync(eventData.Context!, isAsync: false));

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        AbandonAsync(eventData.Context!, isAsync: true).AsTask();

    public override void SaveChangesCanceled(DbContextEventData eventData) => GetResult(AbandonAsync(eventData.Context!, isAsync: false));

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) =>
        AbandonAsync(eventData.Context!, isAsync: true).AsTask();

    private async ValueTask BeginAsync(DbContext context, bool isAsync, CancellationToken cancellationToken)
    {
        // Another interceptor may have ended the last save before it began.
        await AbandonAsync(context, isAsync).ConfigureAwait(false);
        var unit = GetUnit(context);
        if (context.ChangeTracker.AutoDetectChangesEnabled)
            context.ChangeTracker.DetectChanges();
        await CascadeLoader.LoadAsync(context, isAsync, cancellationToken).ConfigureAwait(false);
        var changes = await ReferenceChange.FindAllAsync(context, isAsync, cancellationToken).ConfigureAwait(false);
        var plan = new AttachmentPlan(context, unit, changes, _rules.Value);
        if (plan.IsEmpty)
            return;
        var database = context.Database;
        var joins = database.CurrentTransaction is not null || System.Transactions.Transaction.Current is not null
            || context.GetService<IDbContextTransactionManager>() is ITransactionEnlistmentManager { EnlistedTransaction: not null };
        var state = new SaveState(plan, joins, database.AutoTransactionBehavior);
        if (joins)
        {
            await plan.CheckAsync(isAsync, cancellationToken).ConfigureAwait(false);
            state.HasSavepoint = await TransactionSavepoint.TryCreateAsync(
                database, Savepoint, isAsync, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        }

        unit.State = state;
    }

    // Also called for other transactions of the context; in these, the save has written nothing.
    private async ValueTask ApplyBeforeCommitAsync(DbContext? context, bool isAsync, CancellationToken cancellationToken)
    {
        if (context is null || GetUnit(context).State is not { JoinsTransaction: false, HasWritten: true } state)
            return;
        await state.Plan.ApplyAsync(isAsync, cancellationToken).ConfigureAwait(false);
        state.IsApplied = true;
    }

    private async ValueTask CompleteAsync(DbContext context, bool isAsync, CancellationToken cancellationToken)
    {
        var unit = GetUnit(context);
        if (unit.State is not { } state)
            return;
        try
        {
            await ApplyAfterSaveAsync(context, state, isAsync, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await AbandonAsync(context, isAsync).ConfigureAwait(false);
            throw;
        }

        context.Database.AutoTransactionBehavior = state.Behavior;
        unit.State = null;
        if (state.IsSuppressed)
            return;
        unit.Clear();
        if (state.JoinsTransaction && context.Database.CurrentTransaction is { } transaction)
            _uncommitted.GetOrCreateValue(transaction.GetDbTransaction()).AddRange(state.Plan.Changed);
        else
            Notify(state.Plan.Changed);
    }

    private static async ValueTask ApplyAfterSaveAsync(
        DbContext context, SaveState state, bool isAsync, CancellationToken cancellationToken)
    {
        if (state.JoinsTransaction)
        {
            if (!state.IsSuppressed)
                await state.Plan.ApplyAsync(isAsync, cancellationToken).ConfigureAwait(false);
            if (state.HasSavepoint)
                await TransactionSavepoint.ReleaseAsync(context.Database, Savepoint, isAsync, cancellationToken).ConfigureAwait(false);
        }
        else if (state is { IsApplied: false, IsSuppressed: false })
        {
            // Without changed entities, Entity Framework Core begins no transaction.
            await TransactionSavepoint.ExecuteAsync(
                context.Database, () => state.Plan.ApplyAsync(isAsync, cancellationToken), isAsync,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask AbandonAsync(DbContext context, bool isAsync)
    {
        var unit = GetUnit(context);
        if (unit.State is not { } state)
            return;
        unit.State = null;
        context.Database.AutoTransactionBehavior = state.Behavior;
        if (state.HasSavepoint)
            await TransactionSavepoint.RollbackAsync(context.Database, Savepoint, isAsync).ConfigureAwait(false);
    }

    private void NotifyCommitted(DbTransaction transaction)
    {
        if (!_uncommitted.TryGetValue(transaction, out var records))
            return;
        _uncommitted.Remove(transaction);
        Notify(records);
    }

    private void Notify(IReadOnlyCollection<UploadRecord> records)
    {
        foreach (var record in records)
            _rules.Value.NotifyChanged(record);
    }

    // The calls complete synchronously when isAsync is false.
    private static void GetResult(ValueTask task) => task.GetAwaiter().GetResult();

    private sealed record LeasedUnit(DbContextId ContextId, UploadUnitOfWork Unit);
}
