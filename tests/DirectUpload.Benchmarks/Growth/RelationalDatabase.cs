using System.Data.Common;
using System.Globalization;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>A store by Entity Framework Core, whatever the database.</summary>
internal static class RelationalDatabase
{
    /// <param name="configure">Which database.</param>
    /// <param name="fillAsync">Puts records into it.</param>
    /// <param name="explain">What asks it for a statement's plan, before the statement.</param>
    /// <param name="readsAll">Whether a line of a plan says that every row is looked at, or that rows are sorted.</param>
    /// <param name="removeAsync">Takes it away.</param>
    public static async Task<GrowthDatabase> CreateAsync(
        Action<DbContextOptionsBuilder> configure, Func<IEnumerable<UploadRecord>, Task> fillAsync, string explain,
        Func<string, bool> readsAll, Func<Task> removeAsync)
    {
        var statements = new StatementRecorder();
        var services = new ServiceCollection();
        services.AddDirectUploads().UseEntityFrameworkCore(options =>
        {
            configure(options);
            options.AddInterceptors(statements);
        });
        var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<IUploadRecordStore>();
        // The first call creates the table.
        await store.FindAsync(UploadId.Create(Population.Now));
        return new(store, fillAsync, PlanAsync, RemoveAsync);

        async Task<GrowthPlan> PlanAsync(Func<Task> verb)
        {
            var statement = await statements.RecordAsync(verb);
            await using var context = await provider.GetRequiredService<IDbContextFactory<EntityFrameworkCore.DirectUploadDbContext>>()
                .CreateDbContextAsync();
            await context.Database.OpenConnectionAsync();
            var lines = await ExplainAsync(context.Database.GetDbConnection(), explain, statement);
            return new(lines, lines.Any(readsAll));
        }

        async Task RemoveAsync()
        {
            await provider.DisposeAsync();
            await removeAsync();
        }
    }

    private static async Task<List<string>> ExplainAsync(DbConnection connection, string explain, Statement statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is the store's own.
        command.CommandText = $"{explain} {statement.Text}";
#pragma warning restore CA2100
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        // The last column is the one in words.
        while (await reader.ReadAsync())
            lines.Add(Convert.ToString(reader.GetValue(reader.FieldCount - 1), CultureInfo.InvariantCulture)!);
        return lines;
    }
}
