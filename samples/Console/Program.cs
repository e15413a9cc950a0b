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
services.AddDirectUploadClient(options => options.ServerAddress = wanted.Server);   // .AddHttpMessageHandler<…>(): your application's sign-in
await using var provider = services.BuildServiceProvider();
var client = provider.GetRequiredService<DirectUploadClient>();

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var kept = Interrupted.StateOf(wanted);
try
{
    var state = await kept.LoadAsync(stop.Token);
    if (state is not null)
        AnsiConsole.MarkupLineInterpolated($"[grey]Going on with {state.FileName}, as upload {state.Id}.[/]");
    var source = UploadSource.FromFile(wanted.File);
    var result = await Bar.ShowAsync(bar => state is null
        ? client.UploadAsync(source, new UploadRequest { Profile = wanted.Profile, ContentType = wanted.ContentType }, new TransferOptions { Progress = bar, SaveState = kept.SaveAsync }, stop.Token)
        : client.ResumeAsync(state, source, new TransferOptions { Progress = bar }, stop.Token));
    kept.Delete();
    AnsiConsole.MarkupLineInterpolated($"[green]Ready[/]: {result.Id}, SHA-256 {result.ChecksumSha256}");
    Console.WriteLine(result.ContentUrl);
    return 0;
}
catch (OperationCanceledException)
{
    AnsiConsole.MarkupLine("Stopped. Run it again to go on.");
    return 130;
}
catch (DirectUploadException failed)
{
    // Nothing to go on with: the next time begins anew.
    if (failed.State is null && failed.Code != UploadErrorCodes.Interrupted)
        kept.Delete();
    AnsiConsole.MarkupLineInterpolated($"[red]{failed.Code}[/]: {failed.Detail}");
    return 1;
}
catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
{
    AnsiConsole.MarkupLineInterpolated($"[red]{unreadable.Message}[/]");
    return 1;
}
