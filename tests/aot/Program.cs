using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.LocalS3;

// A minimal API published as native AOT, with LocalS3 in process: uploads a file through the HTTP API, then asks for refusals. Ends with 0
// when all is as the contract says.
var folder = Directory.CreateTempSubdirectory("directupload-aot-").FullName;
var s3 = new LocalS3Options { Url = $"http://127.0.0.1:{FreePort()}", DataDirectory = folder };

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddLocalS3(options => (options.Url, options.DataDirectory, options.AllowInProduction) = (s3.Url, folder, true));
builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client(
    new BasicAWSCredentials(s3.AccessKey, s3.SecretKey),
    new AmazonS3Config { ServiceURL = s3.Url, ForcePathStyle = true, AuthenticationRegion = s3.Region }));
builder.Services.AddDirectUploads(options => options.AddProfile("text", profile =>
{
    profile.ContentTypes.Add("text/plain");
    profile.MaxSize = 1000;
}).Bucket = "uploads").UseInMemoryStore().AddWorker();
builder.Services.AddHealthChecks().AddDirectUploads();
var app = builder.Build();
app.MapDirectUploads("/uploads").AllowAnonymous();
app.MapDirectUploads("/closed");
app.MapStorageEvents("/storage-events", options => options.Secret = "correct-horse-battery");
app.MapHealthChecks("/health");
await app.StartAsync();

using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
var failures = new List<string>();

// The whole life of an upload.
var file = Encoding.UTF8.GetBytes("A file that a native AOT host took.");
var granted = await PostAsync("/uploads", Request("text", "text/plain", file.Length), 201);
var (id, writeToken, readToken) = (Text(granted, "id"), Text(granted, "writeToken"), Text(granted, "readToken"));
var upload = granted.GetProperty("upload");
using (var put = new HttpRequestMessage(HttpMethod.Put, Text(upload, "url")) { Content = new ByteArrayContent(file) })
{
    foreach (var header in upload.GetProperty("headers").EnumerateObject())
    {
        if (header.NameEquals("content-type"))
            put.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(header.Value.GetString()!);
        else if (!header.NameEquals("content-length") && !header.NameEquals("host"))
            put.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
    }

    using var stored = await http.SendAsync(put);
    Check(stored.StatusCode == HttpStatusCode.OK, $"PUT answered {(int)stored.StatusCode}: {await stored.Content.ReadAsStringAsync()}");
}

var confirmed = await SendAsync(HttpMethod.Post, $"/uploads/{id}/confirm", null, 200, writeToken);
Check(Text(confirmed, "status") == "ready", $"confirm answered {confirmed}");
using (var content = await http.GetAsync($"/uploads/{id}/content?token={readToken}"))
{
    var read = content.Headers.Location is { } location ? await http.GetStringAsync(location) : $"{(int)content.StatusCode}, no Location";
    Check(read == Encoding.UTF8.GetString(file), $"content is \"{read}\"");
}

using (var health = await http.GetAsync("/health"))
    Check(health.IsSuccessStatusCode, $"health answered {await health.Content.ReadAsStringAsync()}");

// Refusals, each with its code and its sentence.
await RefusedAsync(HttpMethod.Post, "/uploads", "{", null, 400, "invalid-request");
await RefusedAsync(HttpMethod.Post, "/uploads", Request("none", "text/plain", 10), null, 400, "unknown-profile");
await RefusedAsync(HttpMethod.Post, "/uploads", Request("text", "text/plain", 10_000), null, 413, "too-large");
await RefusedAsync(HttpMethod.Post, "/uploads", Request("text", "image/png", 10), null, 415, "type-not-allowed");
await RefusedAsync(HttpMethod.Post, "/closed", Request("text", "text/plain", 10), null, 403, "forbidden");
await RefusedAsync(HttpMethod.Get, $"/uploads/{id}", null, null, 401, "token-missing");
await RefusedAsync(HttpMethod.Get, $"/uploads/{id}", null, new string('A', 43), 404, "not-found");
await RefusedAsync(HttpMethod.Delete, $"/uploads/{id}", null, readToken, 403, "token-invalid");
await RefusedAsync(HttpMethod.Post, "/storage-events", "{}", null, 401, "unauthorized");
using (var deleted = new HttpRequestMessage(HttpMethod.Delete, $"/uploads/{id}") { Headers = { { "Upload-Token", writeToken } } })
    (await http.SendAsync(deleted)).Dispose();
await RefusedAsync(HttpMethod.Get, $"/uploads/{id}/content", null, readToken, 410, "deleted");

await app.StopAsync();
Directory.Delete(folder, recursive: true);
foreach (var failure in failures)
    Console.Error.WriteLine(failure);
Console.WriteLine(failures.Count == 0 ? "aot: an upload and 10 refusals are as the contract says" : $"aot: {failures.Count} FAILED");
return failures.Count == 0 ? 0 : 1;

void Check(bool holds, string failure)
{
    if (!holds)
        failures.Add(failure);
}

async Task RefusedAsync(HttpMethod method, string path, string? body, string? token, int status, string code)
{
    var problem = await SendAsync(method, path, body, status, token);
    Check(
        Text(problem, "code") == code && Text(problem, "detail").Length > 10 && Text(problem, "title").Length > 0,
        $"{method} {path}: {code} was expected, and came {problem}");
}

Task<JsonElement> PostAsync(string path, string body, int status) => SendAsync(HttpMethod.Post, path, body, status, null);

async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, int status, string? token)
{
    using var request = new HttpRequestMessage(method, path)
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
    };
    if (token is not null)
        request.Headers.Add("Upload-Token", token);
    using var answer = await http.SendAsync(request);
    var text = await answer.Content.ReadAsStringAsync();
    Check((int)answer.StatusCode == status, $"{method} {path} answered {(int)answer.StatusCode} instead of {status}: {text}");
    try
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
    catch (JsonException)
    {
        return default;
    }
}

static string Request(string profile, string type, long size) =>
    $$"""{"profile":"{{profile}}","fileName":"a.txt","contentType":"{{type}}","size":{{size}}}""";

static string Text(JsonElement json, string name) =>
    json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.ToString() : "";

static int FreePort()
{
    using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
