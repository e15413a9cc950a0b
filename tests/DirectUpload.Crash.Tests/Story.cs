namespace DirectUpload.Crash.Tests;

/// <summary>One upload of every kind, one after the other: what clients do and what becomes of it, with time passing at the end.</summary>
internal sealed class Story(HostProcess host, Client client, Ledger ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly List<(Granted Upload, UploadStatus End)> _told = [];

    /// <summary>What clients have sent.</summary>
    public IEnumerable<Granted> Sent => _told.Select(it => it.Upload);

    /// <summary>Tells it, and says what went wrong.</summary>
    public async Task<List<string>> TellAsync()
    {
        await ConfirmedAsync("plain", "a plain text", UploadStatus.Ready);
        await ConfirmedAsync("shouted", "a text to be shouted", UploadStatus.Ready);
        await ConfirmedAsync("shouted", "a flaky text", UploadStatus.Ready);
        await ConfirmedAsync("shouted", "a forbidden text", UploadStatus.Rejected);
        await RejectedAsync();
        await InPartsAsync(confirmed: true);
        await InPartsAsync(confirmed: false);
        Keep(await client.RequestAsync("plain", "parts that are never sent", method: "multipart"), UploadStatus.Expired);
        await AbortedAsync();
        await DeletedAsync("plain");
        await DeletedAsync("shouted");
        await UnconfirmedAsync();
        Keep(await client.RequestAsync("plain", "never sent"), UploadStatus.Expired);

        var faults = new List<string>();
        await QuietAsync(faults);
        await host.PassTimeAsync(TimeSpan.FromHours(3)); // grants have ended, and so have the slowest PUTs
        await QuietAsync(faults);
        faults.AddRange(await WrongEndsAsync());
        faults.AddRange(await UntoldAsync());
        await host.PassTimeAsync(TimeSpan.FromDays(40)); // records of what is gone retire
        await QuietAsync(faults);
        await host.StopAsync();
        faults.AddRange(await ledger.FaultsAsync(Sent));
        return faults;
    }

    private async Task ConfirmedAsync(string profile, string text, UploadStatus end)
    {
        var granted = Keep(await client.RequestAsync(profile, text), end);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
    }

    private async Task RejectedAsync()
    {
        var granted = Keep(await client.RequestAsync("plain", "<html><script>alert(1)</script></html>"), UploadStatus.Rejected);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
    }

    private async Task InPartsAsync(bool confirmed)
    {
        var granted = Keep(await client.RequestAsync("plain", $"sent in parts, confirmed: {confirmed}", method: "multipart"), UploadStatus.Ready);
        await client.SendAsync(granted);
        if (confirmed)
            await client.ConfirmAsync(granted);
    }

    private async Task AbortedAsync()
    {
        var granted = Keep(await client.RequestAsync("plain", "an aborted text"), UploadStatus.Aborted);
        await client.SendAsync(granted);
        await client.DeleteAsync(granted);
    }

    private async Task DeletedAsync(string profile)
    {
        var granted = Keep(await client.RequestAsync(profile, "a deleted text"), UploadStatus.Deleted);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
        await client.DeleteAsync(granted);
    }

    // The worker finds it when its time is over.
    private async Task UnconfirmedAsync() => await client.SendAsync(Keep(await client.RequestAsync("shouted", "an unconfirmed text"), UploadStatus.Ready));

    private Granted Keep(Granted granted, UploadStatus end)
    {
        _told.Add((granted, end));
        return granted;
    }

    private async Task QuietAsync(List<string> faults)
    {
        if (!await ledger.QuietAsync(host, Patience))
            faults.Add($"stuck: {string.Join(", ", (await ledger.RecordsAsync()).Select(record => $"{record.Status} due {record.DueAt:O}"))}");
    }

    // At least once: how often does not matter, nor what happened to whoever told it.
    private async Task<IEnumerable<string>> UntoldAsync()
    {
        var told = (await File.ReadAllLinesAsync(host.Told!)).ToHashSet();
        var kept = (await ledger.RecordsAsync()).ToDictionary(record => record.Id);
        return from it in _told
               from step in kept.TryGetValue(it.Upload.Id, out var record) ? record.Audit.Transitions.Select(taken => taken.Status).Where(IsTold) : [it.End]
               where !told.Contains($"{it.Upload.Id} {step}")
               select $"untold: that \"{it.Upload.Text}\" was {step}";
    }

    private static bool IsTold(UploadStatus step) => step is not (UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing);

    private async Task<IEnumerable<string>> WrongEndsAsync()
    {
        var ends = (await ledger.RecordsAsync()).ToDictionary(record => record.Id, record => record.Status);
        return _told.Where(it => ends.GetValueOrDefault(it.Upload.Id) != it.End)
            .Select(it => $"wrong: \"{it.Upload.Text}\" is {ends.GetValueOrDefault(it.Upload.Id)}, not {it.End}");
    }
}
