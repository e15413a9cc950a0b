using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>The same calls to Uppy's own server and to ours, compared field by field: names, types and statuses.</summary>
public abstract class CompanionCompatibilityTests(S3ServerFixture server) : FlowTests(server)
{
    private const int PartSize = 5 * 1024 * 1024;

    /// <summary>What differs on purpose, and why; anything else is a mistake.</summary>
    private static readonly Dictionary<string, string> IntendedDifferences = new()
    {
        ["- form .fields.x-amz-meta-name: String"] = "metadata goes into the record, which is what the application reads",
        ["- form: POST, expires in 15 minutes, a slash ends the URL False"] = "Uppy 6.0 puts URL and key together to the file's location",
        ["+ form: POST, expires in 15 minutes, a slash ends the URL True"] = "the same",
        ["- list [].LastModified: String"] = "Uppy reads none of it",
        ["+ complete .id: String"] = "for a page that wants to ask about its upload",
        ["+ complete .status: String"] = "the same",
        ["+ form without a name .message: String"] = "what Uppy 5 shows to people; Companion's reason is not shown",
        ["+ create without a name .message: String"] = "the same",
        ["+ list without a key .message: String"] = "the same",
        ["+ sign a part that is no number .message: String"] = "the same",
        ["+ sign parts without numbers .message: String"] = "the same",
        ["+ complete without parts .message: String"] = "the same",
    };

    protected override TestHostOptions HostOptions => new() { Map = app => app.MapUppyUploads("/uppy", "uppy").AllowAnonymous() };

    [Fact]
    public async Task Responses_MatchCompanion()
    {
        await using var companion = await CompanionProcess.StartAsync(Server);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = companion.Address };
        var theirs = await RecordResponsesAsync(new UploadClient(http, ""));
        var ours = await RecordResponsesAsync(App.ClientOf("/uppy"));

        var differences = theirs.Except(ours).Select(only => $"- {only}").Concat(ours.Except(theirs).Select(only => $"+ {only}"));

        theirs.Should().HaveCountGreaterThan(40);
        differences.Should().BeEquivalentTo(IntendedDifferences.Keys);
    }

    /// <summary>Each call's status, and each field of its answer with its type.</summary>
    private async Task<IReadOnlySet<string>> RecordResponsesAsync(UploadClient client)
    {
        var found = new HashSet<string>();
        async Task<ApiResponse> AskAsync(string call, HttpMethod method, string path, object? body = null)
        {
            var content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            var answer = await client.SendAsync(method, path, null, content);
            found.Add($"{call}: {answer.Code}");
            found.UnionWith(Fields(answer.Json).Select(field => $"{call} {field}"));
            return answer;
        }

        var form = await AskAsync("form", HttpMethod.Get, "/s3/params?filename=holiday.png&type=image%2Fpng&metadata[name]=holiday.png");
        found.Add($"form: {form["method"]}, {Minutes(form)}, a slash ends the URL {form["url"]!.EndsWith('/')}");
        found.Add($"form: success is {form.Json.GetProperty("fields").GetProperty("success_action_status").GetString()}");
        var created = await AskAsync(
            "create", HttpMethod.Post, "/s3/multipart",
            new { filename = "film.bin", type = "application/octet-stream", metadata = new { name = "film.bin" } });
        var (uploadId, key) = (created["uploadId"]!, Uri.EscapeDataString(created["key"]!));
        var signed = await AskAsync("sign", HttpMethod.Get, $"/s3/multipart/{uploadId}/1?key={key}");
        found.Add($"sign: {Minutes(signed)}");
        var eTag = (await StorageClient.PutAsync(signed["url"]!, [], new byte[PartSize])).ShouldBe(200).Header("etag")!;
        await AskAsync("batch", HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?key={key}&partNumbers=2,3");
        var listed = await AskAsync("list", HttpMethod.Get, $"/s3/multipart/{uploadId}?key={key}");
        found.Add($"list: an ETag in quotes {listed.Json[0].GetProperty("ETag").GetString() == eTag}");
        await AskAsync("complete without parts", HttpMethod.Post, $"/s3/multipart/{uploadId}/complete?key={key}", new { });
        await AskAsync("list without a key", HttpMethod.Get, $"/s3/multipart/{uploadId}");
        await AskAsync("sign a part that is no number", HttpMethod.Get, $"/s3/multipart/{uploadId}/first?key={key}");
        await AskAsync("sign parts without numbers", HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?key={key}");
        var completed = await AskAsync(
            "complete", HttpMethod.Post, $"/s3/multipart/{uploadId}/complete?key={key}",
            new { parts = new[] { new { PartNumber = 1, ETag = eTag } } });
        found.Add(
            $"complete: the location ends with the key {completed["location"]!.EndsWith(created["key"]!, StringComparison.Ordinal)}, " +
            $"the same key {completed["key"] == created["key"]}");
        var abandoned = await AskAsync(
            "create", HttpMethod.Post, "/s3/multipart",
            new { filename = "film.bin", type = "application/octet-stream", metadata = new { } });
        await AskAsync("abort", HttpMethod.Delete, $"/s3/multipart/{abandoned["uploadId"]}?key={Uri.EscapeDataString(abandoned["key"]!)}");
        await AskAsync("form without a name", HttpMethod.Get, "/s3/params?type=image%2Fpng");
        await AskAsync("create without a name", HttpMethod.Post, "/s3/multipart", new { type = "image/png" });
        return found;
    }

    private static string Minutes(ApiResponse answer) =>
        $"expires in {Math.Round(answer.Json.GetProperty("expires").GetInt32() / 60.0)} minutes";

    // Form fields are the same to S3 whatever their case.
    private static IEnumerable<string> Fields(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Object when path.Length == 0 || value.EnumerateObject().Any() =>
            value.EnumerateObject().SelectMany(
                property => Fields(property.Value, $"{path}.{(path == ".fields" ? property.Name.ToLowerInvariant() : property.Name)}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Fields(item, $"{path}[]")).Distinct(),
        _ => [$"{path}: {value.ValueKind}"],
    };
}
