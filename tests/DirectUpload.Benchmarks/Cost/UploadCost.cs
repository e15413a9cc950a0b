using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Benchmarks.Growth;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;
using DirectUpload.DynamoDB;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Cost;

/// <summary>What AWS bills for one upload: each request to S3 and each capacity unit of DynamoDB, counted step by step.</summary>
internal sealed class UploadCost
{
    public const string Switch = "upload-cost";

    // List prices of us-east-1, on demand, in dollars per million; DynamoDB's are those since November 2024.
    private const double WriteUnitPrice = 0.625;
    private const double ReadUnitPrice = 0.125;
    private const double StorageWritePrice = 5.00;
    private const double StorageReadPrice = 0.40;

    private const string Profile = "photo";

    // Together, as in an application with many users: a poll of the worker finds many of them.
    private const int Uploads = 100;

    private static readonly byte[] Content = Encoding.ASCII.GetBytes("%PDF-1.7\n" + new string(' ', 10_000));

    private readonly CapacityCounter _capacity = new();
    private readonly StorageRequestCounter _storage = new();
    private readonly Report _report;
    private Cost _sum = new(0, 0, 0, 0, 0, 0, 0);

    private UploadCost(Report report) => _report = report;

    public static async Task RunAsync(string[] options)
    {
        var report = new Report(Switch, options);
        await new UploadCost(report).RunAsync(report);
        await report.SaveAsync();
    }

    private async Task RunAsync(Report report)
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
        var clock = new ShiftedClock();
        await using var services = await CreateServicesAsync(storage.Address, clock);
        var uploads = services.GetRequiredService<IDirectUploadService>();
        var worker = services.GetRequiredService<UploadWorker>();
        report.Add(
            "| step | S3: PUT, COPY, LIST | S3: GET, HEAD | record writes | write units: table | indexes | read units "
            + "| dollars per million |");
        report.Add("|---|--:|--:|--:|--:|--:|--:|--:|");

        // Once, because a process finds out once what storage can do; the worker then has nothing left to do.
        await UploadAsync(uploads);
        clock.Advance(TimeSpan.FromHours(3));
        await worker.RunOnceAsync();
        // Storage refuses signatures of the future.
        clock.Advance(TimeSpan.FromHours(-3));
        _capacity.Reset();
        _storage.Reset();
        var grants = new List<UploadGrant>();
        for (var number = 0; number < Uploads; number++)
            grants.Add(await RequestAsync(uploads, number));
        Add("request");
        foreach (var grant in grants)
            await PutAsync(grant);
        Add("PUT by the client", clientWrites: Uploads);
        foreach (var grant in grants)
            (await uploads.ConfirmAsync(grant.Upload.Id, UploadAccess.FromToken(grant.WriteToken))).GetValueOrThrow();
        Add("confirm, until ready");
        clock.Advance(TimeSpan.FromMinutes(20));
        await worker.RunOnceAsync();
        Add("worker: deletes the staging object when the grant ends");
        clock.Advance(TimeSpan.FromHours(2));
        await worker.RunOnceAsync();
        Add("worker: deletes it again, after a late PUT");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| **together** | {_sum.StorageWrites} | {_sum.StorageReads} | {_sum.Writes} | {_sum.TableUnits} | {_sum.IndexUnits} " +
            $"| {_sum.ReadUnits:0.#} | **{_sum.Dollars:N2}** |"));
        foreach (var grant in grants)
            (await uploads.GetAsync(grant.Upload.Id, UploadAccess.FromToken(grant.ReadToken))).GetValueOrThrow();
        Add("each further read of the status");
        report.Add(string.Empty);
        report.Add(string.Create(
            CultureInfo.InvariantCulture, $"The record has {_capacity.LargestItem:N0} bytes when the upload is ready."));
    }

    private async Task<ServiceProvider> CreateServicesAsync(Uri storage, TimeProvider clock)
    {
        var server = Environment.GetEnvironmentVariable(DynaliteSubject.EndpointsVariable)?.Split(',')[0]
            ?? throw new InvalidOperationException(
                $"Set {DynaliteSubject.EndpointsVariable} to a server of DynamoDB's protocol: tests/engines/up starts one.");
        var dynamoDB = new AmazonDynamoDBClient(
            new BasicAWSCredentials("any", "any"),
            new AmazonDynamoDBConfig { ServiceURL = server, AuthenticationRegion = "us-east-1", HttpClientFactory = _capacity });
        var table = new DynamoDBStoreOptions { TableName = $"du-cost-{Guid.NewGuid():N}" };
        await DynamoDBTable.CreateIfMissingAsync(dynamoDB, table);
        await _capacity.ReadIndexesAsync(dynamoDB, table.TableName);
        return new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton<IAmazonDynamoDB>(dynamoDB)
            .AddSingleton<IAmazonS3>(StorageProcess.CreateClient(storage, httpClients: _storage))
            .AddDirectUploads(options =>
            {
                options.Bucket = StorageProcess.Bucket;
                options.AddProfile(Profile, static profile => profile.ContentTypes.Add("application/pdf"));
            })
            .UseDynamoDB(options => options.TableName = table.TableName).Services
            .BuildServiceProvider();
    }

    private void Add(string step, int clientWrites = 0)
    {
        var (writes, reads) = (_storage.Writes + clientWrites, _storage.Reads);
        var dollars = (writes * StorageWritePrice) + (reads * StorageReadPrice)
            + ((_capacity.TableWriteUnits + _capacity.IndexWriteUnits) * WriteUnitPrice) + (_capacity.ReadUnits * ReadUnitPrice);
        var cost = new Cost(
            writes, reads, _capacity.Writes, _capacity.TableWriteUnits, _capacity.IndexWriteUnits, _capacity.ReadUnits,
            dollars).PerUpload();
        _sum = _sum.Plus(cost);
        _report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {step} | {cost.StorageWrites} | {cost.StorageReads} | {cost.Writes} | {cost.TableUnits} | {cost.IndexUnits} " +
            $"| {cost.ReadUnits:0.#} | {cost.Dollars:N2} |"));
        _capacity.Reset();
        _storage.Reset();
    }

    private static async Task UploadAsync(IDirectUploadService uploads)
    {
        var grant = await RequestAsync(uploads, Uploads);
        await PutAsync(grant);
        (await uploads.ConfirmAsync(grant.Upload.Id, UploadAccess.FromToken(grant.WriteToken))).GetValueOrThrow();
        // Shows whether the bucket has versions, which a process finds out once.
        (await uploads.DeleteAsync(grant.Upload.Id, UploadAccess.Application)).GetValueOrThrow();
    }

    private static async Task<UploadGrant> RequestAsync(IDirectUploadService uploads, int user) => (await uploads.RequestAsync(
        new UploadRequest { Profile = Profile, FileName = "holiday picture.pdf", ContentType = "application/pdf", Size = Content.Length },
        new UploadCaller
        {
            Owner = $"user-{user:D8}",
            RemoteAddress = "203.0.113.7",
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        })).GetValueOrThrow();

    private static async Task PutAsync(UploadGrant grant)
    {
        using var http = new HttpClient();
        using var body = new ByteArrayContent(Content);
        foreach (var (name, value) in grant.Instructions.Headers)
            body.Headers.TryAddWithoutValidation(name, value);
        using var put = await http.PutAsync(new Uri(grant.Instructions.Url), body);
        put.EnsureSuccessStatusCode();
    }

    private sealed record Cost(
        double StorageWrites, double StorageReads, double Writes, double TableUnits, double IndexUnits, double ReadUnits, double Dollars)
    {
        public Cost PerUpload() => new(
            StorageWrites / Uploads, StorageReads / Uploads, Writes / Uploads, TableUnits / Uploads, IndexUnits / Uploads,
            ReadUnits / Uploads, Dollars / Uploads);

        public Cost Plus(Cost other) => new(
            StorageWrites + other.StorageWrites, StorageReads + other.StorageReads, Writes + other.Writes, TableUnits + other.TableUnits,
            IndexUnits + other.IndexUnits, ReadUnits + other.ReadUnits, Dollars + other.Dollars);
    }
}
