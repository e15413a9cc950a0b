using DirectUpload.Client;
using Spectre.Console;

namespace ConsoleUpload;

/// <summary>Shows the bytes, the speed and the remaining time that the client reports.</summary>
internal sealed class ProgressBar(ProgressTask task) : IProgress<FileUploadProgress>
{
    public void Report(FileUploadProgress value)
    {
        task.Value = value.TotalBytes == 0 ? 1 : (double)value.BytesSent / value.TotalBytes;
        task.Description =
            $"{value.BytesSent / 1e6:N1} of {value.TotalBytes / 1e6:N1} MB, {value.BytesPerSecond / 1e6:N1} MB/s, " +
            $"{FormatRemaining(value.Remaining)}";
    }

    public static Task<T> ShowAsync<T>(Func<ProgressBar, Task<T>> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(progress => work(new ProgressBar(progress.AddTask("…", maxValue: 1))));

    private static string FormatRemaining(TimeSpan? remaining) =>
        remaining is { } left ? $"{left:h\\:mm\\:ss} left" : "remaining time unknown";
}
