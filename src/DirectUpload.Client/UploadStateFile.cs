using System.Text.Json;

namespace DirectUpload.Client;

/// <summary>
/// Keeps an <see cref="UploadState"/> in a file that only its owner may read (mode 0600; on Windows the folder's own permissions hold). A crash leaves the old file or the new
/// one, never half of one.
/// </summary>
/// <param name="path">The file. Its folder is made when it is missing.</param>
public sealed class UploadStateFile(string path)
{
    /// <summary>Writes the state; fits <see cref="TransferOptions.SaveState"/>.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SaveAsync(UploadState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var fresh = $"{path}.{Guid.NewGuid():N}";
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(fresh, open))
            await writer.WriteAsync(state.ToJson().AsMemory(), cancellationToken).ConfigureAwait(false);
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>The state; null when there is none, or the file holds something else.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadState?> LoadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return UploadState.Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Forgets the state: when the upload is ready, or can't be resumed.</summary>
    public void Delete()
    {
        if (File.Exists(path))
            File.Delete(path);
    }
}
