namespace DirectUpload.Browser.Tests.Client.Browsers;

/// <summary>A real browser with a profile folder of its own, which survives the process.</summary>
public interface IClientBrowser : IAsyncDisposable
{
    string Name { get; }

    Task<IClientPage> OpenAsync(string address);

    /// <summary>Ends the browser as a crash does: without a chance to save anything.</summary>
    Task CrashAsync();
}

/// <summary>A page in a browser, with the few actions that the scenarios need.</summary>
public interface IClientPage : IAsyncDisposable
{
    /// <summary>What scripts wrote to the console as an error, and errors that no script caught.</summary>
    IReadOnlyCollection<string> Errors { get; }

    /// <summary>Evaluates an expression, awaits its promise, and returns the value as JSON.</summary>
    Task<string> EvaluateAsync(string expression);

    /// <summary>Chooses files in a file input, as a person does.</summary>
    Task SetFilesAsync(string selector, params string[] paths);

    Task ReloadAsync();

    /// <summary>Sets the browser offline, as a lost connection does, or online again.</summary>
    Task SetOfflineAsync(bool offline);
}
