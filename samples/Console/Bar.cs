using DirectUpload.Client;
using Spectre.Console;

namespace ConsoleUpload;

/// <summary>Bytes, speed and what remains, as the client says.</summary>
internal sealed class Bar(ProgressTask task) : IProgress<UploadProgress>
{
    public void Report(UploadProgress value)
    {
        task.Value = value.TotalBytes == 0 ? 1 : (double)value.BytesSent / value.TotalBytes;
        task.Description = $"{value.BytesSent / 1e6:N1} of {value.TotalBytes / 1e6:N1} MB, {value.BytesPerSecond / 1e6:N1} MB/s, {Left(value.Remaining)}";
    }

    public static Task<T> ShowAsync<T>(Func<Bar, Task<T>> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(progress => work(new Bar(progress.AddTask("…", maxValue: 1))));

    private static string Left(TimeSpan? remaining) => remaining is { } left ? $"{left:h\\:mm\\:ss} left" : "no telling how long";
}
