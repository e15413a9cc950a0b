using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.TestKit;
using WebDriverBiDi;
using WebDriverBiDi.BrowsingContext;
using WebDriverBiDi.Emulation;
using WebDriverBiDi.Input;
using WebDriverBiDi.Log;
using WebDriverBiDi.Script;
using WebDriverBiDi.Session;

namespace DirectUpload.Browser.Tests.Client.Browsers;

/// <summary>Firefox, driven by WebDriver BiDi.</summary>
internal sealed class FirefoxBrowser : IClientBrowser
{
    private const string Listening = "WebDriver BiDi listening on ";
    private readonly Process _process;
    private readonly BiDiDriver _driver = new(TimeSpan.FromSeconds(60));

    private FirefoxBrowser(Process process) => _process = process;

    public string Name => "Firefox";

    public static async Task<IClientBrowser> StartAsync(string profile)
    {
        await File.WriteAllTextAsync(Path.Combine(profile, "user.js"), """
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("app.normandy.enabled", false);
            user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("browser.sessionstore.resume_from_crash", false);
            user_pref("toolkit.startup.max_resumed_crashes", -1);

            """);
        var start = new ProcessStartInfo(
            FirefoxEngine.Require().Path,
            ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new FirefoxBrowser(Process.Start(start)!);
        await browser.ConnectAsync();
        return browser;
    }

    public async Task<IClientPage> OpenAsync(string address)
    {
        var context = (await _driver.BrowsingContext.CreateAsync(new CreateCommandParameters(CreateType.Tab))).BrowsingContextId;
        var page = new FirefoxPage(_driver, context);
        await page.NavigateAsync(address);
        return page;
    }

    public async Task CrashAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        _process.Dispose();
    }

    private async Task ConnectAsync()
    {
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        var address = new TaskCompletionSource<string>();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Listening, StringComparison.Ordinal) == true)
                address.TrySetResult(line.Data[Listening.Length..]);
            else if (line.Data is null)
                address.TrySetException(new InvalidOperationException("Firefox ended before it listened."));
        };
        _process.BeginErrorReadLine();
        await _driver.StartAsync($"{await address.Task.WaitAsync(TimeSpan.FromSeconds(60))}/session");
        await _driver.Session.NewSessionAsync(new NewCommandParameters());
        await _driver.Session.SubscribeAsync(new SubscribeCommandParameters(["log.entryAdded"]));
    }

    private sealed class FirefoxPage : IClientPage
    {
        private readonly BiDiDriver _driver;
        private readonly string _context;
        private readonly ConcurrentQueue<string> _errors = [];

        public FirefoxPage(BiDiDriver driver, string context)
        {
            (_driver, _context) = (driver, context);
            driver.Log.OnEntryAdded.AddObserver(entry =>
            {
                if (entry.Level == LogLevel.Error && entry.Source.BrowsingContextId == context)
                    _errors.Enqueue(entry.Text ?? string.Empty);
            });
        }

        public IReadOnlyCollection<string> Errors => _errors;

        public async Task NavigateAsync(string address) =>
            await _driver.BrowsingContext.NavigateAsync(
                new NavigateCommandParameters(_context, address) { Wait = ReadinessState.Complete });

        public async Task<string> EvaluateAsync(string expression)
        {
            var result = await _driver.Script.EvaluateAsync(new EvaluateCommandParameters(
                $"(async () => JSON.stringify(await ({expression})) ?? 'null')()", new ContextTarget(_context), awaitPromise: true));
            return result switch
            {
                EvaluateResultSuccess { Result: StringRemoteValue text } => text.Value,
                EvaluateResultException error => throw new InvalidOperationException(error.ExceptionDetails.Text),
                _ => throw new InvalidOperationException($"Unexpected result: {result}"),
            };
        }

        public async Task SetFilesAsync(string selector, params string[] paths)
        {
            var found = await _driver.BrowsingContext.LocateNodesAsync(
                new LocateNodesCommandParameters(_context, new CssLocator(selector)));
            var parameters = new SetFilesCommandParameters(_context, found.Nodes[0].ToSharedReference());
            parameters.Files.AddRange(paths);
            await _driver.Input.SetFilesAsync(parameters);
        }

        public Task ReloadAsync() =>
            _driver.BrowsingContext.ReloadAsync(new ReloadCommandParameters(_context) { Wait = ReadinessState.Complete });

        public Task SetOfflineAsync(bool offline)
        {
            var parameters = offline
                ? new SetNetworkConditionsCommandParameters { NetworkConditions = new NetworkConditionsOffline() }
                : SetNetworkConditionsCommandParameters.ResetNetworkConditions;
            parameters.Contexts.Add(_context);
            return _driver.Emulation.SetNetworkConditionsAsync(parameters);
        }

        public async ValueTask DisposeAsync() =>
            await _driver.BrowsingContext.CloseAsync(new CloseCommandParameters(_context) { PromptUnload = false });
    }
}
