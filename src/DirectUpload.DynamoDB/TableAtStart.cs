using Amazon.DynamoDBv2;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.DynamoDB;

/// <summary>Sees to the table before any other service of the host starts, the worker among them.</summary>
internal sealed class TableAtStart(Func<IAmazonDynamoDB> client, DynamoDBStoreOptions options, TimeProvider clock) : IHostedLifecycleService
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
