namespace DirectUpload.Primitives;

/// <summary>Creates files in the temporary folder that only this process can read, and that end with it.</summary>
internal static class TemporaryFile
{
    /// <summary>Creates an empty file, which is deleted when the stream is disposed or the process ends.</summary>
    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"directupload-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Without a name, the file also disappears if the process is killed. Windows itself deletes it then.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
