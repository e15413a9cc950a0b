// A console application that references only the packed packages. It presigns a PUT, a POST and a GET for a real S3 server, records an
// upload in DynamoDB, and completes an upload whose record is in SQLite.
using System.Net.Http.Headers;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload;
using DirectUpload.Client;
using DirectUpload.DynamoDB;
using DirectUpload.Presigning;
using DirectUpload.Sqs;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

var endpoint = Setting("ENDPOINT");
const string bucket = "packed-consumer";
using var s3 = new AmazonS3Client(
    new BasicAWSCredentials(Setting("ACCESS_KEY"), Setting("SECRET_KEY")),
    new AmazonS3Config
    {
        ServiceURL = endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = Setting("REGION"),
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });
await s3.PutBucketAsync(bucket);

var services = new ServiceCollection();
services.AddSingleton<IAmazonS3>(s3);
services.AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient(
    new BasicAWSCredentials("any", "any"),
    new AmazonDynamoDBConfig { ServiceURL = Engine("DYNAMODB"), AuthenticationRegion = "us-east-1" }));
var table = new DynamoDBStoreOptions { TableName = "packed-consumer" };
services.AddDirectUploads(o =>
{
    o.Bucket = bucket;
    o.AddProfile("notes", notes => notes.ContentTypes.Add("text/plain"));
}).UseDynamoDB(o => o.TableName = table.TableName);
await using var provider = services.BuildServiceProvider();
var issuer = provider.GetRequiredService<IPresignedUploadIssuer>();

using var http = new HttpClient();
var bytes = Encoding.UTF8.GetBytes("Hello from a packed package");

var put = await issuer.PresignAsync(new PutUrlRequest { Key = "put/hello.txt", ContentType = "text/plain", ContentLength = bytes.Length });
using var putContent = new ByteArrayContent(bytes);
putContent.Headers.ContentType = MediaTypeHeaderValue.Parse(put.Headers["content-type"]);
Expect("the PUT", 200, await http.PutAsync(put.Url, putContent));

using var longer = new ByteArrayContent([.. bytes, (byte)'!']);
longer.Headers.ContentType = MediaTypeHeaderValue.Parse(put.Headers["content-type"]);
Expect("a PUT of another size", 403, await http.PutAsync(put.Url, longer));

var post = await issuer.PresignPostAsync(new PostPolicyRequest { KeyPrefix = "post/", MaxLength = 1024, ContentType = "text/plain" });
using var form = new MultipartFormDataContent();
foreach (var (name, value) in post.Fields)
    form.Add(new StringContent(value), name);
form.Add(new ByteArrayContent(bytes), "file", "hello.txt");
Expect("the POST", 204, await http.PostAsync(post.Url, form));

foreach (var key in new[] { "put/hello.txt", "post/hello.txt" })
{
    var get = await issuer.PresignAsync(new GetUrlRequest { Key = key });
    var read = await http.GetByteArrayAsync(get.Url);
    if (!read.AsSpan().SequenceEqual(bytes))
        throw new InvalidOperationException($"{key} was altered.");
    Console.WriteLine($"{key}: {read.Length} bytes came back as they were sent");
}

await DynamoDBTable.CreateIfMissingAsync(provider.GetRequiredService<IAmazonDynamoDB>(), table);
var request = new UploadRequest { Profile = "notes", FileName = "hello.txt", ContentType = "text/plain", Size = bytes.Length };
var granted = (await provider.GetRequiredService<IDirectUploadService>().RequestAsync(request, UploadCaller.Anonymous)).GetValueOrThrow();
var record = await provider.GetRequiredService<IUploadRecordStore>().FindAsync(granted.Upload.Id)
    ?? throw new InvalidOperationException("The store has no record of the upload.");
Console.WriteLine($"{record.FileName}: {record.Status}, recorded in DynamoDB");

// A complete upload, with its record in SQLite.
var durable = new ServiceCollection();
durable.AddSingleton<IAmazonS3>(s3);
durable.AddDirectUploads(o =>
{
    o.Bucket = bucket;
    o.AddProfile("notes", notes => notes.ContentTypes.Add("text/plain"));
}).UseEntityFrameworkCore(o => o.UseSqlite("Data Source=records/uploads.db"));
await using var sqlite = durable.BuildServiceProvider();
var uploads = sqlite.GetRequiredService<IDirectUploadService>();
var grant = (await uploads.RequestAsync(request, UploadCaller.Anonymous)).GetValueOrThrow();
using var content = new ByteArrayContent(bytes);
foreach (var (name, value) in grant.Instructions.Headers)
    content.Headers.TryAddWithoutValidation(name, value);
Expect("the granted PUT", 200, await http.PutAsync(grant.Instructions.Url, content));
var upload = (await uploads.ConfirmAsync(grant.Upload.Id, UploadAccess.WriteToken(grant.WriteToken))).GetValueOrThrow();
Console.WriteLine($"{upload.FileName}: {upload.Status}, recorded in SQLite");

// Registration of an SQS queue does not need the queue to exist.
var queued = new ServiceCollection();
queued.AddDirectUploads(o => o.Bucket = bucket).AddSqsEvents($"{Engine("SQS")}/000000000000/packed-consumer");
await using var receiving = queued.BuildServiceProvider();
Console.WriteLine($"{receiving.GetRequiredService<SqsQueueHealth>().QueueUrl} is registered");

// The client library, as an application registers it.
var app = new ServiceCollection();
app.AddDirectUploadClient(o => o.ServerAddress = new Uri("https://app.example.com/uploads"));
await using var device = app.BuildServiceProvider();
Console.WriteLine($"{device.GetRequiredService<DirectUploadClient>()} is registered");

return upload.Status == UploadStatus.Ready ? 0 : 1;

static string Setting(string name) => Engine($"RGW_{name}");

static string Engine(string name) => Environment.GetEnvironmentVariable($"DIRECTUPLOAD_{name}")
    ?? throw new InvalidOperationException($"Set DIRECTUPLOAD_{name}; tests/engines/up prints it.");

static void Expect(string what, int status, HttpResponseMessage answer)
{
    Console.WriteLine($"{what}: {(int)answer.StatusCode}");
    if ((int)answer.StatusCode != status)
        throw new InvalidOperationException(
            $"{what} answered {(int)answer.StatusCode} instead of {status}: {answer.Content.ReadAsStringAsync().Result}");
}
