using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Limits what this process may use, for good: a hostile image cannot lift the limits again.</summary>
/// <remarks>
/// Only Linux enforces them in the kernel. Everywhere, the application watches the process besides and ends it beyond its limits.
/// Source: https://man7.org/linux/man-pages/man2/setrlimit.2.html
/// </remarks>
internal static partial class ResourceLimits
{
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;

    public static void Apply(long memoryLimit)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return;
        // Data counts private memory that can be written. The address space would also count what .NET reserves and never uses.
        Set(Data, (ulong)memoryLimit);
        // No file is written, and a crash leaves no copy of the image behind.
        Set(FileSize, 0);
        Set(Core, 0);
    }

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Current = value, Max = value };
        if (SetLimit(resource, in limit) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setrlimit({resource}, {value}) failed.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Max;
    }
}
