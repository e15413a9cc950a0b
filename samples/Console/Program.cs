using ConsoleUpload;
using DirectUpload.Client;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

if (!CommandLine.TryParse(args, out var wanted))
{
    Console.Error.WriteLine(CommandLine.Help);
    return 2;
}

var services = new ServiceCollection();
// .AddHttpMessageHandler<…>() adds your application's credentials.
services.AddDirectUploadClient(options => options.ServerAddress = wanted.Server);
await using var provider = services.BuildServiceProvider();
var client = provider.GetRequiredService<DirectUploadClient>();

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var kept = ResumeState.GetFile(wanted);
try
{
    var state = await kept.LoadAsync(stop.Token);
    if (state is not null)
        AnsiConsole.MarkupLineInterpolated($"[dim]Resuming upload {state.Id} of {state.FileName}.[/]");
    var source = FileUploadSource.FromFile(wanted.File);
    var result = await ProgressBar.ShowAsync(bar => state is null
        ? client.UploadAsync(
            source, new FileUploadRequest { Profile = wanted.Profile, ContentType = wanted.ContentType },
            new FileUploadOptions { Progress = bar, OnStateCreated = kept.SaveAsync }, stop.Token)
        : client.ResumeAsync(state, source, new FileUploadOptions { Progress = bar }, stop.Token));
    kept.Delete();
    AnsiConsole.MarkupLineInterpolated($"[green]Ready[/]: {result.Id}, SHA-256 {result.ChecksumSha256}");
    Console.WriteLine(result.ContentUrl);
    return 0;
}
catch (OperationCanceledException)
{
    AnsiConsole.MarkupLine("Stopped. Run the command again to resume.");
    return 130;
}
catch (DirectUploadException failed)
{
    // Without a state, the next run starts a new upload.
    if (failed.State is null && failed.Code != FileUploadErrorCodes.Interrupted)
        kept.Delete();
    AnsiConsole.MarkupLineInterpolated($"[red]{failed.Code}[/]: {failed.Detail}");
    return 1;
}
catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
{
    AnsiConsole.MarkupLineInterpolated($"[red]{unreadable.Message}[/]");
    return 1;
}
