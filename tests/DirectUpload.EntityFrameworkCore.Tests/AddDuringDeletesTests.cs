using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class AddDuringDeletesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Add_IdAddedAndDeletedByOthers_Succeeds(int times)
    {
        var file = new SqliteFile();
        var others = new AddingAndDeleting(file.ConnectionString);
        await using var subject = await EntityFrameworkStoreUnderTest.OpenAsync(
            options => options.UseSqlite(file.ConnectionString).AddInterceptors(others),
            () =>
            {
                file.Delete();
                return ValueTask.CompletedTask;
            });
        var (taken, added) = (TestData.CreateRecord(), TestData.CreateRecord());
        await subject.Store.AddAsync(taken);
        others.Start(taken.Id, added.Id, times);

        (await subject.Store.AddAsync(added)).Version.Should().Be(1);

        others.Remaining.Should().Be(0);
        (await subject.Store.FindAsync(added.Id)).Should().NotBeNull();
    }

    /// <summary>Gives a stored row the id that is being added before an insert, and another id after the insert has failed.</summary>
    private sealed class AddingAndDeleting(string connectionString) : DbCommandInterceptor
    {
        private string _takenId = "";
        private string _addedId = "";

        public int Remaining { get; private set; }

        public void Start(UploadId taken, UploadId added, int times) =>
            (_takenId, _addedId, Remaining) = (taken.ToString(), added.ToString(), times);

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Remaining > 0)
                await RenameAsync(_takenId, _addedId);
            return result;
        }

        public override async Task CommandFailedAsync(
            DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            await RenameAsync(_addedId, _takenId);
            Remaining--;
        }

        private async Task RenameAsync(string from, string to)
        {
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE direct_uploads SET id = $to WHERE id = $from";
            command.Parameters.AddWithValue("$from", from);
            command.Parameters.AddWithValue("$to", to);
            await command.ExecuteNonQueryAsync();
        }
    }
}
