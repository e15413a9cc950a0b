using DirectUpload.EntityFrameworkCore.Records;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class LeaseSqlTests
{
    /// <summary>SQL Server does not run here: what it would be asked is written down, to be read against its documentation.</summary>
    /// <remarks>
    /// Source: https://learn.microsoft.com/sql/t-sql/queries/update-transact-sql and …/hints-transact-sql-table (READPAST)
    /// </remarks>
    [Fact]
    public void ForDue_SqlServer_UpdatesWithReadPast() => LeaseSql.ForDue(
        ProviderNames.SqlServer, "[direct_uploads]", name => $"[{name}]").Should().Be(
        "WITH longest AS (SELECT TOP ({2}) * FROM [direct_uploads] WITH (ROWLOCK, UPDLOCK, READPAST) WHERE [NextActionAt] <= {0} ORDER "
        + "BY [NextActionAt], [Id]) "
        + "UPDATE longest SET [PreviousNextActionAt] = [NextActionAt], [NextActionAt] = {1}, [Version] = [Version] + 1 OUTPUT inserted.*");

    [Fact]
    public void ForNotifications_SqlServer_UpdatesWithReadPast() =>
        LeaseSql.ForNotifications(ProviderNames.SqlServer, "[direct_uploads]", name => $"[{name}]").Should().Be(
            "WITH longest AS (SELECT TOP ({2}) * FROM [direct_uploads] WITH (ROWLOCK, UPDLOCK, READPAST) WHERE [NotifyAt] <= {0} AND "
            + "([NotifyUntil] IS NULL OR [NotifyUntil] <= {0}) "
            + "ORDER BY [NotifyAt], [Id]) UPDATE longest SET [NotifyUntil] = {1} OUTPUT inserted.*");

    [Fact]
    public void ForDue_UnknownProvider_ReturnsNull() => LeaseSql.ForDue("Some.Provider", "t", name => name).Should().BeNull();
}
