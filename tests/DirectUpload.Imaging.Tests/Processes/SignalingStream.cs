using System.Runtime.InteropServices;

namespace DirectUpload.Imaging.Tests.Processes;

/// <summary>The content of an image; when it is read, a process gets a signal.</summary>
internal sealed partial class SignalingStream(byte[] content, Func<int?> findProcess, int signal) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == 0 && findProcess() is { } process)
            _ = SendSignal(process, signal);
        return base.ReadAsync(buffer, cancellationToken);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
