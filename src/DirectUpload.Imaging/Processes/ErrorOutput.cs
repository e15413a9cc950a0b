using System.Diagnostics;
using System.Text;

namespace DirectUpload.Imaging.Processes;

/// <summary>Reads what a process writes to standard error, and keeps the beginning for the log.</summary>
internal sealed class ErrorOutput
{
    private const int MaxLength = 2_000;
    private readonly StringBuilder _text = new();

    public ErrorOutput(Process process)
    {
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_text)
            {
                if (line.Data is { } text && _text.Length < MaxLength)
                    _text.Append(text.AsSpan(0, Math.Min(text.Length, MaxLength - _text.Length))).Append(' ');
            }
        };
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (_text)
            return _text.Length == 0 ? "It wrote no error." : $"It wrote: {_text.ToString().Trim()}";
    }
}
