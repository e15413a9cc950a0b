using System.Collections.Concurrent;
using DirectUpload.Presigning;
using DirectUpload.Storage;

namespace DirectUpload.Health;

/// <summary>Finds the features that the profiles of a bucket require and its server lacks.</summary>
/// <remarks>Each feature is probed with real requests. A result is cached for a day; an unknown result for five minutes.</remarks>
internal sealed class MissingCapabilities(BucketRequirements needs, IPresignedUploadIssuer issuer, HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan CacheDuration = TimeSpan.FromDays(1);
    private static readonly TimeSpan UnknownCacheDuration = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, bool? Has)> _cache = new(StringComparer.Ordinal);

    /// <summary>Probes the required features.</summary>
    /// <returns>
    /// A sentence for each missing feature, with the profiles, the feature and the fix; features whose probe failed are left out.
    /// </returns>
    public async Task<IReadOnlyList<string>> FindAsync(IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (bucket is not IServerCapabilities server)
            return [];
        var clients = new ClientProbe(needs.Bucket, server, issuer, http);
        var missing = new List<string>();
        if (needs.FormProfiles is { } forms && needs.UsesClientEndpoint && await IsMissingAsync(
            "POST", () => clients.AcceptsFormsAsync(CreateProbeKey(), bucket, cancellationToken)).ConfigureAwait(false))
            missing.Add($"{forms} sends files by POST, which the server of this bucket does not accept: set UploadMethod to Put.");
        if (needs.ConditionalWriteProfiles is { } writes && await IsMissingAsync("If-None-Match", async () =>
            await server.HonorsConditionalWritesAsync(CreateProbeKey(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
        {
            missing.Add(
                $"{writes} finalizes uploads in place, and the server of this bucket has no conditional writes (If-None-Match), "
                + "so that finished content could be overwritten: set FinalizeInPlace to false.");
        }

        if (needs.InPlaceMultipartProfiles is { } parts && await IsMissingAsync("parts", async () =>
            await server.ProtectsInPlacePartsAsync(CreateProbeKey(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
        {
            missing.Add(
                $"{parts} finalizes uploads in place, and the server of this bucket does not protect them from later parts: "
                + "multipart uploads are promoted instead. Set FinalizeInPlace to false.");
        }

        if (needs.StorageChecksumProfiles is { } compared && await IsMissingAsync(
            "checksum", () => ReportsChecksumAsync(bucket, cancellationToken)).ConfigureAwait(false))
        {
            missing.Add(
                $"{compared} requires the checksum of storage, and the server of this bucket reports no CRC-64/NVME, so that each upload is "
                + "rejected: set RequireIntegrity to ReadObject.");
        }

        missing.AddRange(await FindCorsAsync(server, clients, cancellationToken).ConfigureAwait(false));
        return missing;
    }

    private async Task<IReadOnlyList<string>> FindCorsAsync(
        IServerCapabilities server, ClientProbe clients, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        if (needs.BrowserOrigins is not { } origins || !needs.UsesClientEndpoint)
        {
            if (needs.BrowserOrigins is not { Count: 0 }
                && await IsMissingAsync("CORS", () => server.HasCorsRulesAsync(cancellationToken)).ConfigureAwait(false))
            {
                missing.Add(
                    $"{needs.AllProfiles}: the bucket has no CORS rules, so browsers cannot upload to it. "
                    + "Add a rule for your pages' origin, or set BrowserOrigins to an empty list if no browser uploads.");
            }

            return missing;
        }

        foreach (var (origin, method) in origins.SelectMany(origin => needs.HttpMethods.Select(method => (origin, method))))
        {
            if (await IsMissingAsync($"CORS {method} {origin}", () =>
                clients.AllowsOriginAsync(origin, method, CreateProbeKey(), cancellationToken)).ConfigureAwait(false))
            {
                missing.Add(
                    $"{needs.AllProfiles}: the bucket's CORS rules do not allow {method} from {origin}. "
                    + "Add a rule for that origin with its methods and headers.");
            }
        }

        return missing;
    }

    private async Task<bool?> ReportsChecksumAsync(IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var (key, settings) = (CreateProbeKey(), needs.StagingSettings.FirstOrDefault() ?? new ObjectSettings());
        try
        {
            await bucket.PutAsync(key, "text/plain", new MemoryStream([0]), settings, cancellationToken).ConfigureAwait(false);
            var stored = await bucket.HeadAsync(key, cancellationToken).ConfigureAwait(false);
            return stored is null ? null : stored.Checksum?.Find(UploadChecksum.Crc64Nvme) is not null;
        }
        finally
        {
            await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    private string CreateProbeKey() => $"{needs.StagingPrefix}health/{UploadToken.Create().Value}.txt";

    private async Task<bool> IsMissingAsync(string capability, Func<Task<bool?>> probe)
    {
        var now = clock.GetUtcNow();
        if (!_cache.TryGetValue(capability, out var known) || known.Until <= now)
        {
            var has = await TryProbeAsync(probe).ConfigureAwait(false);
            _cache[capability] = known = (now + (has is null ? UnknownCacheDuration : CacheDuration), has);
        }

        return known.Has == false;
    }

    private static async Task<bool?> TryProbeAsync(Func<Task<bool?>> probe)
    {
        try
        {
            return await probe().ConfigureAwait(false);
        }
        catch (Exception unknown) when (unknown is not OperationCanceledException)
        {
            return null;
        }
    }
}
