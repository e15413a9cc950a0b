using Amazon.DynamoDBv2;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Creates the table, if configured, before any other service of the host starts, including the worker.</summary>
internal sealed class TableInitializer(
    Func<IAmazonDynamoDB> client, DynamoDBStoreOptions options, TimeProvider clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.CreateTableIfMissing)
            await DynamoDBTable.CreateIfMissingAsync(client(), options, clock, cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
