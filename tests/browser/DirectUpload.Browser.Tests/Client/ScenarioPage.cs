using System.Text.Json;
using DirectUpload.Browser.Tests.Client.Browsers;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>The page of the scenarios in a browser.</summary>
internal sealed class ScenarioPage(IClientPage page) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public IClientPage Page => page;

    public static async Task<ScenarioPage> OpenAsync(IClientBrowser browser, ClientHost host, object? options = null)
    {
        var hash = Uri.EscapeDataString(JsonSerializer.Serialize(options ?? new { }, Json));
        var page = new ScenarioPage(await browser.OpenAsync($"{host.Address}/#{hash}"));
        await page.WaitUntilLoadedAsync();
        return page;
    }

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await WaitUntilLoadedAsync();
    }

    public Task<int[]> StartAsync(object options, params GeneratedFile[] files) =>
        GetAsync<int[]>($"scenario.start({Text(files)}, {Text(options)})");

    /// <summary>Chooses files from disk and begins their uploads.</summary>
    public async Task<int[]> StartChosenAsync(object options, params string[] paths)
    {
        await page.SetFilesAsync("#files", paths);
        return await GetAsync<int[]>($"scenario.startChosen({Text(options)})");
    }

    public Task<UploadView> UntilAsync(int index, params string[] states) =>
        GetAsync<UploadView>($"scenario.until({index}, {Text(states)})");

    public Task<UploadView> UntilReadyAsync(int index) => UntilAsync(index, "ready", "failed", "rejected", "expired", "aborted", "deleted");

    public Task<UploadView> LookAsync(int index) => GetAsync<UploadView>($"scenario.look({index})");

    public Task<long> UntilLoadedAsync(int index, long least) => GetAsync<long>($"scenario.untilLoaded({index}, {least})");

    public Task<long[]> GetProgressAsync(int index) => GetAsync<long[]>($"scenario.progress({index})");

    public Task<string[]> GetStatesAsync(int index) => GetAsync<string[]>($"scenario.states({index})");

    public Task<InterruptedView[]> GetInterruptedAsync() => GetAsync<InterruptedView[]>("scenario.interrupted()");

    public Task RunAsync(string statement) => page.EvaluateAsync(statement);

    public async Task<T> GetAsync<T>(string expression) =>
        JsonSerializer.Deserialize<T>(await page.EvaluateAsync(expression), Json)
        ?? throw new InvalidOperationException($"{expression} returned null.");

    public ValueTask DisposeAsync() => page.DisposeAsync();

    private static string Text(object value) => JsonSerializer.Serialize(value, Json);

    private async Task WaitUntilLoadedAsync()
    {
        for (var attempt = 0; await page.EvaluateAsync("typeof scenario") != "\"object\""; attempt++)
        {
            if (attempt == 200)
                throw new InvalidOperationException($"The page did not load its script: {string.Join('\n', page.Errors)}");
            await Task.Delay(25);
        }
    }
}

/// <summary>An upload of an earlier page, as the page lists it.</summary>
internal sealed record InterruptedView(string Id, string FileName, long Size, double Fraction);
