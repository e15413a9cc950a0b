using System.Globalization;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>
/// Grants by Uppy's Companion, which keeps no record, and by this library with its stores, by the same requests over eight connections, in
/// turns; and beside them the files that an application without direct uploads takes itself.
/// </summary>
internal static class GrantsVsCompanion
{
    public const string Switch = "grants-vs-companion";

    private const int RoundCount = 7;

    private static readonly GrantOperation[] Operations = [GrantOperation.Form, GrantOperation.Multipart];

    public static async Task RunAsync(string[] options)
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, Path.Combine(folder.Path, "s3"));
        using var s3 = StorageProcess.CreateClient(storage.Address);
        var database = await StoreChoice.CreatePostgresDatabaseAsync();
        try
        {
            await using var companion = await CompanionServer.StartAsync(storage.Address);
            await using var memory = await HostServer.StartAsync(storage.Address, StoreChoice.Memory);
            await using var sqlite = await HostServer.StartAsync(storage.Address, StoreChoice.Sqlite(folder.Path));
            await using var postgres = await HostServer.StartAsync(storage.Address, StoreChoice.Postgres(database));
            await using var sqliteOnly = await HostServer.StartAsync(
                storage.Address, StoreChoice.Sqlite(folder.Path, "no-quotas"), hasQuotas: false);
            await using var postgresOnly = await HostServer.StartAsync(
                storage.Address, StoreChoice.Postgres(database), hasQuotas: false);
            (string Name, IGrantServer Server)[] servers =
            [
                ("Companion, no record", companion), ("record in memory", memory), ("record in SQLite", sqlite),
                ("record in SQLite, no quotas", sqliteOnly), ("record in PostgreSQL", postgres),
                ("record in PostgreSQL, no quotas", postgresOnly),
            ];
            var loads = Operations.Select(
                operation => Array.ConvertAll(servers, server => new GrantLoad(server.Server, operation))).ToArray();
            var formFile = new GrantLoad(memory, GrantOperation.FormFile);
            foreach (var load in loads.SelectMany(load => load).Append(formFile))
                await load.PrepareAsync();

            for (var round = 0; round < RoundCount; round++)
            {
                foreach (var operation in loads)
                {
                    // No server always comes after the same other.
                    for (var place = 0; place < operation.Length; place++)
                        await operation[(place + round) % operation.Length].RunAsync();
                }

                await formFile.RunAsync();
                await StorageProcess.EmptyAsync(s3);
            }

            await WriteAsync([.. servers.Select(server => server.Name)], loads, formFile, options);
        }
        finally
        {
            await StoreChoice.DropPostgresDatabaseAsync(database);
        }
    }

    private static async Task WriteAsync(string[] servers, GrantLoad[][] loads, GrantLoad formFile, string[] options)
    {
        var report = new Report(Switch, options);
        report.Add($"| server |{string.Concat(Operations.Select(
            operation => $" {operation.Name} per second | relative | processor time each |"))}");
        report.Add($"|---|{string.Concat(Enumerable.Repeat("--:|", 3 * Operations.Length))}");
        for (var server = 0; server < servers.Length; server++)
        {
            var cells = loads.Select(operation => FormatCells(operation[server].Results, operation[0].Results));
            report.Add($"| {servers[server]} |{string.Concat(cells)}");
        }

        report.Add(string.Empty);
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"The databases wait for their disk with each record. It takes {DiskLatency.MeasureMilliseconds():N2} ms to store a block for "
            + $"good (fdatasync)."));
        report.Add(string.Empty);
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"An application that takes a file of 1 MiB itself, by `IFormFile`, and puts it into storage: " +
            $"{formFile.Results.Select(result => result.PerSecond).Median():N0} files per second, " +
            $"{formFile.Results.Select(result => result.ProcessorMilliseconds).Median():N1} ms of processor time each."));
        await report.SaveAsync();
    }

    private static string FormatCells(List<GrantResult> results, List<GrantResult> anchors) => string.Create(
        CultureInfo.InvariantCulture,
        $" {results.Select(result => result.PerSecond).Median():N0} | " +
        $"{results.Select(result => result.PerSecond).MedianRatio(anchors.Select(anchor => anchor.PerSecond)):N1} | " +
        $"{results.Select(result => result.ProcessorMilliseconds).Median():N3} ms |");
}
