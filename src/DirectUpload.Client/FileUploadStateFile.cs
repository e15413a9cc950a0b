using System.Text.Json;

namespace DirectUpload.Client;

/// <summary>Stores a <see cref="FileUploadState"/> in a file that only its owner may read.</summary>
/// <remarks>
/// The file has mode 0600; on Windows, the folder's permissions apply. A crash leaves the old file or the new one, never a part of it.
/// </remarks>
/// <param name="path">The file's path. A missing folder is created.</param>
public sealed class FileUploadStateFile(string path)
{
    /// <summary>Writes the state; the method fits <see cref="FileUploadOptions.OnStateCreated"/>.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the state is on disk.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is <see langword="null"/>.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async Task SaveAsync(FileUploadState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(temporary, open))
            await writer.WriteAsync(state.ToJson().AsMemory(), cancellationToken).ConfigureAwait(false);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads the state.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The state, or null if the file does not exist or does not contain a state.</returns>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<FileUploadState?> LoadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return FileUploadState.Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Deletes the state; call it when the upload is ready or can't be resumed.</summary>
    public void Delete()
    {
        if (File.Exists(path))
            File.Delete(path);
    }
}
