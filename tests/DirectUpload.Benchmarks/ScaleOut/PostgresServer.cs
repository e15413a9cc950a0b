using System.Globalization;
using Npgsql;

namespace DirectUpload.Benchmarks.ScaleOut;

/// <summary>The processes of a PostgreSQL server on this machine.</summary>
internal static class PostgresServer
{
    private const double TicksPerSecond = 100;

    /// <summary>Finds the process that starts all others of the server.</summary>
    public static async Task<int> FindPostmasterAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return ReadStatistics((int)(await command.ExecuteScalarAsync())!)!.Parent;
    }

    /// <summary>Gets the processor time of all processes of the server, those that have ended included.</summary>
    public static TimeSpan GetProcessorTime(int postmaster)
    {
        var time = TimeSpan.Zero;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || ReadStatistics(id) is not { } process)
                continue;
            if (id == postmaster)
                time += ReadTime(id) + TimeSpan.FromSeconds(process.TicksOfEndedChildren / TicksPerSecond);
            else if (process.Parent == postmaster)
                time += ReadTime(id);
        }

        return time;
    }

    // In nanoseconds, where the statistics have ticks: a round costs each of the server's processes only a few of them. Each has one thread.
    private static TimeSpan ReadTime(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/schedstat");
            return TimeSpan.FromMicroseconds(long.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture) / 1_000);
        }
        catch (IOException)
        {
            // It has ended.
            return TimeSpan.Zero;
        }
    }

    private static Statistics? ReadStatistics(int process)
    {
        try
        {
            // The name, in parentheses, may contain spaces; the fields after it are numbered from 3 (proc_pid_stat(5)).
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(int.Parse(fields[1], CultureInfo.InvariantCulture), Sum(13, 14));

            long Sum(int one, int other) =>
                long.Parse(fields[one], CultureInfo.InvariantCulture) + long.Parse(fields[other], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    private sealed record Statistics(int Parent, long TicksOfEndedChildren);
}
