namespace DirectUpload.Crash.Tests;

/// <summary>One upload of every kind, one after the other: what clients do and what becomes of it, with time passing at the end.</summary>
internal sealed class UploadScenario(HostProcess host, RetryingClient client, ConsistencyChecker ledger)
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(4);

    private readonly List<(GrantedUpload Upload, UploadStatus End)> _expected = [];

    /// <summary>What clients have sent.</summary>
    public IEnumerable<GrantedUpload> Sent => _expected.Select(it => it.Upload);

    /// <summary>Tells it, and says what went wrong.</summary>
    public async Task<List<string>> RunAsync()
    {
        await ConfirmAsync("plain", "a plain text", UploadStatus.Ready);
        await ConfirmAsync("shouted", "a text to be shouted", UploadStatus.Ready);
        await ConfirmAsync("shouted", "a flaky text", UploadStatus.Ready);
        await ConfirmAsync("shouted", "a forbidden text", UploadStatus.Rejected);
        await RejectAsync();
        await ConfirmMisdeclaredAsync();
        await UploadPartsAsync(confirmed: true);
        await UploadPartsAsync(confirmed: false);
        Expect(await client.RequestAsync("plain", "parts that are never sent", method: "multipart"), UploadStatus.Expired);
        await AbortAsync();
        await DeleteAsync("plain");
        await DeleteAsync("shouted");
        await SendUnconfirmedAsync();
        Expect(await client.RequestAsync("plain", "never sent"), UploadStatus.Expired);

        var faults = new List<string>();
        await WaitUntilIdleAsync(faults);
        await host.AdvanceClockAsync(TimeSpan.FromHours(3)); // grants have ended, and so have the slowest PUTs
        await WaitUntilIdleAsync(faults);
        faults.AddRange(await FindWrongStatusesAsync());
        faults.AddRange(await FindMissingNotificationsAsync());
        await host.AdvanceClockAsync(TimeSpan.FromDays(40)); // records of what is gone retire
        await WaitUntilIdleAsync(faults);
        await host.StopAsync();
        faults.AddRange(await ledger.FindViolationsAsync(Sent));
        return faults;
    }

    private async Task ConfirmAsync(string profile, string text, UploadStatus end)
    {
        var granted = Expect(await client.RequestAsync(profile, text), end);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
    }

    // The bytes decide the type, and the final key changes with it.
    private async Task ConfirmMisdeclaredAsync()
    {
        var granted = Expect(
            await client.RequestAsync("shouted", "GIF89a, declared as PNG", contentType: "image/png", fileName: "picture.png"),
            UploadStatus.Ready);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
    }

    private async Task RejectAsync()
    {
        var granted = Expect(await client.RequestAsync("plain", "<html><script>alert(1)</script></html>"), UploadStatus.Rejected);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
    }

    private async Task UploadPartsAsync(bool confirmed)
    {
        var granted = Expect(
            await client.RequestAsync("plain", $"sent in parts, confirmed: {confirmed}", method: "multipart"), UploadStatus.Ready);
        await client.SendAsync(granted);
        if (confirmed)
            await client.ConfirmAsync(granted);
    }

    private async Task AbortAsync()
    {
        var granted = Expect(await client.RequestAsync("plain", "an aborted text"), UploadStatus.Aborted);
        await client.SendAsync(granted);
        await client.DeleteAsync(granted);
    }

    private async Task DeleteAsync(string profile)
    {
        var granted = Expect(await client.RequestAsync(profile, "a deleted text"), UploadStatus.Deleted);
        await client.SendAsync(granted);
        await client.ConfirmAsync(granted);
        await client.DeleteAsync(granted);
    }

    // The worker finds it when its time is over.
    private async Task SendUnconfirmedAsync() =>
        await client.SendAsync(Expect(await client.RequestAsync("shouted", "an unconfirmed text"), UploadStatus.Ready));

    private GrantedUpload Expect(GrantedUpload granted, UploadStatus end)
    {
        _expected.Add((granted, end));
        return granted;
    }

    private async Task WaitUntilIdleAsync(List<string> faults)
    {
        if (!await ledger.WaitUntilIdleAsync(host, IdleTimeout))
            faults.Add(
                "stuck: " + string.Join(
                    ", ", (await ledger.GetRecordsAsync()).Select(record => $"{record.Status} due {record.NextActionAt:O}")));
    }

    // At least once: how often does not matter, nor what happened to whoever told it.
    private async Task<IEnumerable<string>> FindMissingNotificationsAsync()
    {
        var told = (await File.ReadAllLinesAsync(host.NotificationLog!)).ToHashSet();
        var kept = (await ledger.GetRecordsAsync()).ToDictionary(record => record.Id);
        return from it in _expected
               from step in kept.TryGetValue(it.Upload.Id, out var record)
                   ? record.Transitions.Select(taken => taken.Status).Where(IsNotified)
                   : [it.End]
               where !told.Contains($"{it.Upload.Id} {step}")
               select $"untold: that \"{it.Upload.Text}\" was {step}";
    }

    private static bool IsNotified(UploadStatus step) =>
        step is not (UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing);

    private async Task<IEnumerable<string>> FindWrongStatusesAsync()
    {
        var ends = (await ledger.GetRecordsAsync()).ToDictionary(record => record.Id, record => record.Status);
        return _expected.Where(it => ends.GetValueOrDefault(it.Upload.Id) != it.End)
            .Select(it => $"wrong: \"{it.Upload.Text}\" is {ends.GetValueOrDefault(it.Upload.Id)}, not {it.End}");
    }
}
