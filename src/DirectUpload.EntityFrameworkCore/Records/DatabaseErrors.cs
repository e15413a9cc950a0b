using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Distinguishes an unavailable database (no connection, timeout, deadlock, lock timeout, disk full, retry limit) from an error of the
/// caller (constraint, type, syntax, missing table).
/// </summary>
/// <remarks>
/// The class searches all inner exceptions that Entity Framework Core or an execution strategy has added. It recognizes providers by the
/// standard members of <see cref="DbException"/> and references none.
/// </remarks>
internal static class DatabaseErrors
{
    // SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE. Source: https://www.sqlite.org/rescode.html
    private static readonly int[] SqlitePermanentErrors = [1, 18, 19, 20, 21, 25];

    // Cardinality, data exception, constraint, syntax or access rule, feature not supported, check option. Source:
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static readonly string[] PermanentSqlStates = ["21", "22", "23", "42", "0A", "44"];

    // Constraints, truncation, conversion, syntax, missing names. Source:
    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
    private static readonly int[] SqlServerPermanentErrors =
    [
        102, 156, 201, 207, 208, 220, 245, 515, 547, 2601, 2627, 2628, 2812, 8114, 8152,
    ];

    public static bool IsUnavailable(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RetryLimitExceededException or SocketException or TimeoutException or IOException:
                // SqlClient's pool has no exception of its own for this.
                case InvalidOperationException when cause.Message.StartsWith("Timeout expired.", StringComparison.Ordinal):
                    return true;
                case DbException engine:
                    return IsUnavailable(engine);
            }
        }

        return false;
    }

    private static bool IsUnavailable(DbException engine) => engine.GetType().Name switch
    {
        _ when engine.IsTransient => true,
        "SqliteException" => !SqlitePermanentErrors.Contains(GetNumber(engine, "SqliteErrorCode")),
        "SqlException" => !SqlServerPermanentErrors.Contains(GetNumber(engine, "Number")),
        _ => engine.SqlState is not { Length: >= 2 } state || !PermanentSqlStates.Contains(state[..2]),
    };

    private static int GetNumber(DbException engine, string property) =>
        Convert.ToInt32(engine.GetType().GetProperty(property)?.GetValue(engine) ?? 0, CultureInfo.InvariantCulture);
}
