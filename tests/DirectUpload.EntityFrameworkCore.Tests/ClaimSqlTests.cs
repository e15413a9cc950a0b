namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class ClaimSqlTests
{
    /// <summary>SQL Server does not run here: what it would be asked is written down, to be read against its documentation.</summary>
    /// <remarks>Source: https://learn.microsoft.com/sql/t-sql/queries/update-transact-sql and …/hints-transact-sql-table (READPAST)</remarks>
    [Fact]
    public void On_SQL_Server() => ClaimSql.For(Providers.SqlServer, "[direct_uploads]", name => $"[{name}]").Should().Be(
        "WITH longest AS (SELECT TOP ({2}) * FROM [direct_uploads] WITH (ROWLOCK, UPDLOCK, READPAST) WHERE [DueAt] <= {0} ORDER BY [DueAt], [Id]) "
        + "UPDATE longest SET [WasDueAt] = [DueAt], [DueAt] = {1}, [Version] = [Version] + 1 OUTPUT inserted.*");

    [Fact]
    public void ForNotifications_OnSqlServer() => ClaimSql.ForNotifications(Providers.SqlServer, "[direct_uploads]", name => $"[{name}]").Should().Be(
        "WITH longest AS (SELECT TOP ({2}) * FROM [direct_uploads] WITH (ROWLOCK, UPDLOCK, READPAST) WHERE [NotifyAt] <= {0} AND ([NotifyUntil] IS NULL OR [NotifyUntil] <= {0}) "
        + "ORDER BY [NotifyAt], [Id]) UPDATE longest SET [NotifyUntil] = {1} OUTPUT inserted.*");

    [Fact]
    public void Another_database_is_claimed_from_row_by_row() => ClaimSql.For("Some.Provider", "t", name => name).Should().BeNull();
}
