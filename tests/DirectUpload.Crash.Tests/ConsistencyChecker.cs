using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Crash.Host;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Crash.Tests;

/// <summary>Looks at database and bucket from outside, and says what is wrong with them.</summary>
internal sealed class ConsistencyChecker : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly IAmazonS3 _s3;
    private readonly string _bucket;

    public ConsistencyChecker(Database database, IAmazonS3 s3, string bucket)
    {
        var services = new ServiceCollection();
        services.AddDirectUploads().UseDatabase(database.Kind, database.ConnectionString);
        _provider = services.BuildServiceProvider();
        (_s3, _bucket) = (s3, bucket);
    }

    private IUploadRecordStore Store => _provider.GetRequiredService<IUploadRecordStore>();

    public async Task<List<UploadRecord>> GetRecordsAsync() => await Store.ListAllAsync().ToListAsync();

    /// <summary>
    /// Until nothing is due by then, nothing is being processed, and the event handlers were notified; the host is started again whenever
    /// it has died.
    /// </summary>
    public async Task<bool> WaitUntilIdleAsync(HostProcess host, TimeSpan patience)
    {
        for (var giveUpAt = TimeProvider.System.GetUtcNow() + patience; TimeProvider.System.GetUtcNow() < giveUpAt;)
        {
            await host.EnsureAliveAsync();
            var now = TimeProvider.System.GetUtcNow() + host.ClockOffset;
            var records = await GetRecordsAsync();
            // A claim, of the living or of the dead, and a pause before the next try are over within a minute; whatever else is to come is
            // further away.
            var soon = now + TimeSpan.FromMinutes(1.5);
            // The host retires records a day late, so that they can be judged (CrashingStore).
            var retired = soon - TimeSpan.FromDays(1);
            if (records.All(record => !(record.NextActionAt <= soon)
                && !(record.PurgeAt <= retired)
                && (host.NotificationLog is null || IsNotified(record))
                && record.Status is not (UploadStatus.Uploaded or UploadStatus.Processing)))
                return true;
            await Task.Delay(50);
        }

        return false;
    }

    // Later than that handlers would not be called any more: time may only pass when they have been.
    private static bool IsNotified(UploadRecord record) =>
        !record.IsTerminal || record.NotificationCheckpoints.Values.Any(notifiedAt => notifiedAt >= record.Transitions[^1].At);

    /// <summary>Everything that must never be, when all is over.</summary>
    public async Task<List<string>> FindViolationsAsync(IEnumerable<GrantedUpload> sent)
    {
        var texts = sent.ToDictionary(granted => granted.Id, granted => granted.Text);
        var faults = new List<string>();
        var keys = (await ListKeysAsync()).ToHashSet();
        foreach (var record in await GetRecordsAsync())
        {
            if (!record.IsTerminal)
                faults.Add($"stuck: {record.Id} is {record.Status}");
            if (record.Transitions.Count(taken => taken.Status == UploadStatus.Ready) > 1)
                faults.Add($"twice: {record.Id} became ready more than once");
            if (record.Status != UploadStatus.Ready)
                continue;
            var text = texts.GetValueOrDefault(record.Id);
            if (!keys.Remove(record.FinalKey))
                faults.Add($"lost: {record.Id} is ready, and nothing is at {record.FinalKey}");
            else if (text is not null && await ReadTextAsync(record.FinalKey) != text)
                faults.Add($"changed: what is at {record.FinalKey} is not what was sent");
            foreach (var derivative in record.Variants)
            {
                if (!keys.Remove(derivative.Key))
                    faults.Add($"lost: {record.Id} has no {derivative.Name}");
                else if (text is not null
                    && !string.Equals(await ReadTextAsync(derivative.Key), text.ToUpperInvariant(), StringComparison.Ordinal))
                    faults.Add($"changed: what is at {derivative.Key} was not made from what was sent");
            }
        }

        faults.AddRange(keys.Select(key => $"orphan: {key}"));
        var unfinished = await _s3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _bucket });
        faults.AddRange((unfinished.MultipartUploads ?? []).Select(parts => $"orphan: parts of {parts.Key}"));
        return faults;
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private async Task<List<string>> ListKeysAsync()
    {
        var keys = new List<string>();
        await foreach (var found in _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = _bucket }).S3Objects)
            keys.Add(found.Key);
        return keys;
    }

    private async Task<string> ReadTextAsync(string key)
    {
        using var answer = await _s3.GetObjectAsync(_bucket, key);
        using var reader = new StreamReader(answer.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
