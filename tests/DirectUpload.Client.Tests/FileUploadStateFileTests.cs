namespace DirectUpload.Client.Tests;

public sealed class FileUploadStateFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"directupload-{Guid.NewGuid():N}");

    private string FilePath => Path.Combine(_folder, "deep", "upload.json");

    private static FileUploadState State => new()
    {
        Id = "01a2",
        WriteToken = "write",
        ReadToken = "read",
        FileName = "film.mp4",
        Size = 5_000_000_000,
        LastWriteTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).AddTicks(9),
        Method = FileUploadMethod.Multipart,
        PartSize = 16 * 1024 * 1024,
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Load_AfterSave_ReturnsStateReadableByOwnerOnly()
    {
        var file = new FileUploadStateFile(FilePath);

        await file.SaveAsync(State with { Id = "before" });
        await file.SaveAsync(State);

        (await new FileUploadStateFile(FilePath).LoadAsync()).Should().Be(State);
        Directory.GetFiles(Path.GetDirectoryName(FilePath)!).Should().ContainSingle();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Load_MissingOrInvalidFile_ReturnsNull()
    {
        var file = new FileUploadStateFile(FilePath);
        (await file.LoadAsync()).Should().BeNull();

        await file.SaveAsync(State);
        await File.WriteAllTextAsync(FilePath, "{\"id\":\"01a2\"}");
        (await file.LoadAsync()).Should().BeNull();

        file.Delete();
        (await file.LoadAsync()).Should().BeNull();
        file.Delete();
    }
}
