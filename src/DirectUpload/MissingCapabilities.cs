using System.Collections.Concurrent;
using DirectUpload.Signing;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>What the profiles of a bucket need and its server cannot do, found out by doing it; each answer is kept for a day.</summary>
internal sealed class MissingCapabilities(BucketNeeds needs, IPresignedUploadIssuer issuer, HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan KeptUnknown = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, bool? Has)> _known = new(StringComparer.Ordinal);

    /// <returns>Sentences that name profile, need and cure. What could not be found out is not among them.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (bucket is not IServerCapabilities server)
            return [];
        var clients = new ClientProbe(needs.Bucket, server, issuer, http);
        var missing = new List<string>();
        if (needs.Forms is { } forms && needs.IsReachedAsByClients && await LacksAsync("POST", () => clients.TakesFormsAsync(Key(), bucket, cancellationToken)).ConfigureAwait(false))
            missing.Add($"{forms} sends files by POST, which the server of this bucket does not accept: set Method to Put.");
        if (needs.ConditionalWrites is { } writes && await LacksAsync("If-None-Match", async () => await server.HonorsConditionalWritesAsync(Key(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
            missing.Add($"{writes} finishes uploads in place, and the server of this bucket has no conditional writes (If-None-Match), so that finished content could be overwritten: set Finalisation to Promote.");
        if (needs.PartsInPlace is { } parts && await LacksAsync("parts", async () => await server.ProtectsInPlacePartsAsync(Key(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
            missing.Add($"{parts} finishes uploads in place, and the server of this bucket does not protect them from later parts: multipart uploads are promoted instead. Set Finalisation to Promote.");
        missing.AddRange(await FindCorsAsync(server, clients, cancellationToken).ConfigureAwait(false));
        return missing;
    }

    private async Task<IReadOnlyList<string>> FindCorsAsync(IServerCapabilities server, ClientProbe clients, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        if (needs.BrowserOrigins is not { } origins || !needs.IsReachedAsByClients)
        {
            if (needs.BrowserOrigins is not { Count: 0 } && await LacksAsync("CORS", () => server.HasCorsRulesAsync(cancellationToken)).ConfigureAwait(false))
                missing.Add($"{needs.All}: the bucket has no CORS rules, so browsers cannot upload to it. Add a rule for your pages' origin, or set BrowserOrigins to an empty list if no browser uploads.");
            return missing;
        }

        foreach (var (origin, method) in origins.SelectMany(origin => needs.Methods.Select(method => (origin, method))))
        {
            if (await LacksAsync($"CORS {method} {origin}", () => clients.AdmitsAsync(origin, method, Key(), cancellationToken)).ConfigureAwait(false))
                missing.Add($"{needs.All}: the bucket's CORS rules do not admit {method} from {origin}. Add a rule for that origin with its methods and headers.");
        }

        return missing;
    }

    private string Key() => $"{needs.StagingPrefix}health/{UploadToken.New().Value}.txt";

    private async Task<bool> LacksAsync(string need, Func<Task<bool?>> probe)
    {
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(need, out var known) || known.Until <= now)
        {
            var has = await TryAsync(probe).ConfigureAwait(false);
            _known[need] = known = (now + (has is null ? KeptUnknown : Kept), has);
        }

        return known.Has == false;
    }

    private static async Task<bool?> TryAsync(Func<Task<bool?>> probe)
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
