using System.Net;
using DirectUpload.Crash.Host;

namespace DirectUpload.Crash.Tests;

/// <summary>An upload that waits for a decision, and what its reviewer does.</summary>
internal sealed class ReviewedUpload(RetryingClient client, GrantedUpload granted, Fate fate)
{
    private const string ForgedSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    // The wait begins a moment after the confirm; a decision before it is refused and sent again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(17);

    private volatile bool _mayBeServed;
    private volatile string? _counted;

    public GrantedUpload Granted => granted;

    public Fate Fate => fate;

    /// <summary>How it ended: <c>ready</c>, or the code of its rejection.</summary>
    public string? End { get; private set; }

    public async Task ReviewAsync(List<string> faults)
    {
        await client.SendAsync(granted);
        if (fate == Fate.BeforeTheConfirm && await client.SendDecisionAsync(granted, true, Review.Secret) != HttpStatusCode.Conflict)
            AddFault(faults, "a decision before the confirm counted");
        await client.ConfirmOnceAsync(granted);
        using var ended = new CancellationTokenSource();
        var watching = WatchContentAsync(faults, ended.Token);
        await DecideAsync(faults);
        await ended.CancelAsync();
        await watching;
    }

    /// <summary>Compares the end with the decisions that counted.</summary>
    public void Check(UploadRecord? record, List<string> faults)
    {
        End = record is { Status: UploadStatus.Ready } ? "ready" : record?.Error?.Code ?? $"{record?.Status}";
        if (_counted is { } counted ? End != counted : End == "ready" ? !_mayBeServed : End != UploadErrorCodes.DecisionMissing)
            AddFault(faults, $"is {End}, although its decision was {_counted ?? "none"}");
    }

    private async Task DecideAsync(List<string> faults)
    {
        switch (fate)
        {
            case Fate.Rejected:
                await DecideAsync(false, faults);
                break;
            case Fate.Doubled:
                await Task.WhenAll(DecideAsync(true, faults), DecideAsync(true, faults));
                break;
            case Fate.Contradicting:
                await Task.WhenAll(DecideAsync(true, faults), DecideAsync(false, faults));
                break;
            case Fate.Forged:
                for (var again = 0; again < 5; again++)
                {
                    if (await client.SendDecisionAsync(granted, true, ForgedSecret) != HttpStatusCode.Unauthorized)
                        AddFault(faults, "a forged decision was not refused");
                    await Task.Delay(200);
                }

                break;
            case Fate.Late:
                await Task.Delay(Lateness);
                if (await client.SendDecisionAsync(granted, true, Review.Secret) == HttpStatusCode.NoContent)
                    _mayBeServed = true;
                break;
            case Fate.Never:
                break;
            default:
                await DecideAsync(true, faults);
                break;
        }
    }

    // Of contradicting decisions, exactly one counts.
    private async Task DecideAsync(bool isAccepted, List<string> faults)
    {
        _mayBeServed |= isAccepted;
        for (var end = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < end; await Task.Delay(50))
        {
            if (await client.SendDecisionAsync(granted, isAccepted, Review.Secret) != HttpStatusCode.NoContent)
                continue;
            var decision = isAccepted ? "ready" : "refused";
            if (Interlocked.CompareExchange(ref _counted, decision, null) is { } other && other != decision)
                AddFault(faults, "two contradicting decisions counted");
            return;
        }
    }

    private async Task WatchContentAsync(List<string> faults, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            if (await client.IsServedAsync(granted) && !_mayBeServed)
                AddFault(faults, "was served before it was accepted");
            await Task.Delay(300, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void AddFault(List<string> faults, string fault)
    {
        lock (faults)
            faults.Add($"{granted.Id} ({fate}) {fault}");
    }
}

/// <summary>What the reviewer does.</summary>
internal enum Fate
{
    Accepted,
    Rejected,
    Doubled,
    Contradicting,
    BeforeTheConfirm,
    Forged,
    Late,
    Never,
}
