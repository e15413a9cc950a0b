using Microsoft.Data.Sqlite;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>A SQLite database in a folder of its own.</summary>
internal sealed class SqliteFile
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("du-sqlite-");

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "uploads.db")}";

    public void Delete()
    {
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        _folder.Delete(recursive: true);
    }
}
