namespace DirectUpload.Imaging.Decoding;

/// <summary>The entry point of the separate process in applications that <c>dotnet</c> runs.</summary>
internal static class Program
{
    public static int Main() => ImageProcess.TryRun() ? 0 : 1;
}
