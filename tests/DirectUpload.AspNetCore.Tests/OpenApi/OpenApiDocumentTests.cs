using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.OpenApi;

public sealed class OpenApiDocumentTests : IAsyncLifetime
{
    private JsonElement document;

    /// <summary>JSON options of hosts: each would change a schema that ASP.NET Core creates, or make its creation fail.</summary>
    public static TheoryData<string> HostJson => [.. HostJsonOptions.Keys];

    private static readonly Dictionary<string, Action<JsonSerializerOptions>> HostJsonOptions = new()
    {
        ["snake case"] = json => json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ["Pascal case"] = json => json.PropertyNamingPolicy = null,
        ["upper-case keys"] = json => json.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseUpper,
        ["strict numbers"] = json => json.NumberHandling = JsonNumberHandling.Strict,
        ["numbers as strings"] = json => json.NumberHandling = JsonNumberHandling.WriteAsString,
        ["enum converter"] = json => json.Converters.Add(new JsonStringEnumConverter()),
        ["date converter"] = json => json.Converters.Add(new TextConverter<DateTime>()),
        ["number converter"] = json => json.Converters.Add(new TextConverter<long>()),
        ["unmapped members"] = json => json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ["nullable annotations"] = json => (json.RespectNullableAnnotations, json.RespectRequiredConstructorParameters) = (true, true),
        ["native AOT, which knows only strings"] = json => json.TypeInfoResolver = new StringResolver(),
    };

    public async ValueTask InitializeAsync() => document = await GetDocumentAsync();

    private static async Task<JsonElement> GetDocumentAsync(
        Action<JsonSerializerOptions>? json = null, Action<WebApplication>? map = null)
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Services = services => services.AddOpenApi().ConfigureHttpJsonOptions(options => json?.Invoke(options.SerializerOptions)),
            Map = host =>
            {
                host.MapOpenApi("/openapi/{documentName}.json");
                host.MapDirectUploads("/uploads").AllowAnonymous();
                map?.Invoke(host);
            },
        });
        return (await app.ClientOf("/openapi").SendAsync(HttpMethod.Get, "/v1.json")).ShouldBe(200).Json;
    }

    [Theory]
    [MemberData(nameof(HostJson))]
    public async Task Document_HostJsonOptions_DoNotChangeIt(string host)
    {
        var changed = await GetDocumentAsync(HostJsonOptions[host]);

        foreach (var part in new[] { "paths", "components" })
            changed.GetProperty(part).GetRawText().Should().Be(document.GetProperty(part).GetRawText());
    }

    [Fact]
    public async Task Document_SecondMappingAndForms_HasUniqueOperationIds()
    {
        var both = await GetDocumentAsync(map: host =>
        {
            host.MapDirectUploads("/files").AllowAnonymous();
            host.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
        });

        var ids = Operations(both).Select(it => it.GetProperty("operationId").GetString()).ToList();
        ids.Should().OnlyHaveUniqueItems().And.Contain("requestUpload").And.Contain("requestUpload2").And.HaveCount(24);
    }

    [Fact]
    public void Document_EveryOperation_HasIdDescriptionAndParameterTexts()
    {
        foreach (var operation in Operations(document))
        {
            operation.GetProperty("operationId").GetString().Should().NotBeNullOrEmpty();
            operation.GetProperty("description").GetString().Should().EndWith(".");
            if (operation.TryGetProperty("parameters", out var parameters))
                parameters.EnumerateArray().Should().OnlyContain(it => it.GetProperty("description").GetString()!.EndsWith('.'));
        }
    }

    [Theory]
    [InlineData("post", "", "")]
    [InlineData("post", "/batch", "")]
    [InlineData("get", "", "query:mine query:association query:kind query:status query:limit query:before")]
    [InlineData("post", "/{id}/parts", "path:id! header:Upload-Token!")]
    [InlineData("get", "/{id}/parts", "path:id! header:Upload-Token!")]
    [InlineData("post", "/{id}/renew", "path:id! header:Upload-Token!")]
    [InlineData("post", "/{id}/confirm", "path:id! header:Upload-Token!")]
    [InlineData("get", "/{id}", "path:id! header:Upload-Token!")]
    [InlineData("delete", "/{id}", "path:id! header:Upload-Token!")]
    [InlineData("get", "/{id}/events", "path:id! header:Upload-Token query:token header:Last-Event-ID")]
    [InlineData("get", "/{id}/content", "path:id! header:Upload-Token query:token query:variant")]
    public void Document_EachOperation_ListsItsParameters(string method, string path, string parameters) =>
        string.Join(' ', Operation(method, path).TryGetProperty("parameters", out var listed)
            ? listed.EnumerateArray().Select(it => $"{it.GetProperty("in").GetString()}:{it.GetProperty("name").GetString()}"
                + (it.TryGetProperty("required", out var required) && required.GetBoolean() ? "!" : ""))
            : []).Should().Be(parameters);

    [Fact]
    public void Document_EverySchema_IsExact()
    {
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            schema.Name.Should().StartWith("DirectUpload");
            foreach (var property in schema.Value.GetProperty("properties").EnumerateObject())
            {
                property.Value.GetProperty("description").GetString().Should().EndWith(".");
                if (property.Value.TryGetProperty("type", out var type))
                    type.ValueKind.Should().Be(JsonValueKind.String, "{0} of {1} has one type", property.Name, schema.Name);
            }
        }

        Values("DirectUploadStatus", "status").Should().Equal(Enum.GetNames<UploadStatus>().Select(name => name.ToLowerInvariant()));
        Values("DirectUploadRequest", "method").Should().Equal("put", "post", "multipart");
        Values("DirectUploadInstructions", "method").Should().Equal("PUT", "POST", "MULTIPART");
        Required("DirectUploadRequest").Should().Equal("profile", "fileName", "size");
        Required("DirectUploadProblem").Should().Equal("title", "status", "detail", "code");
    }

    /// <summary>The endpoints can use no code that the document does not name.</summary>
    [Fact]
    public void Document_ProblemCodes_AreThoseOfTheLibrary() =>
        Values("DirectUploadProblem", "code").Should().BeEquivalentTo(
            typeof(UploadErrorCodes).GetFields().Concat(typeof(AspNetCore.Contract.ProblemCodes).GetFields())
                .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
                .Distinct().Except([
                    UploadErrorCodes.ProcessingFailed, UploadErrorCodes.ClientReported, UploadErrorCodes.Unattached,
                    UploadErrorCodes.Replaced, UploadErrorCodes.DecisionMissing, // only uploads have these
                    UploadErrorCodes.NotReady, UploadErrorCodes.WrongProfile, UploadErrorCodes.AttachedElsewhere, // only AttachAsync
                ]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Document_ListsExactlyTheOperations() =>
        document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name.TrimEnd('/')}"))
            .Should().BeEquivalentTo(
                "post /uploads", "post /uploads/batch", "get /uploads", "post /uploads/{id}/parts", "get /uploads/{id}/parts",
                "post /uploads/{id}/renew", "post /uploads/{id}/confirm", "get /uploads/{id}", "delete /uploads/{id}",
                "get /uploads/{id}/events", "get /uploads/events", "get /uploads/{id}/content");

    [Theory]
    [InlineData("get", "", "200 400 401 403 503")]
    [InlineData("post", "", "201 400 401 403 408 413 415 429 503")]
    [InlineData("post", "/batch", "200 400 401 403 408 503")]
    [InlineData("post", "/{id}/parts", "200 400 401 403 404 408 409 410 503")]
    [InlineData("get", "/{id}/parts", "200 401 403 404 503")]
    [InlineData("post", "/{id}/renew", "200 401 403 404 409 410 503")]
    [InlineData("post", "/{id}/confirm", "200 202 400 401 403 404 408 409 410 422 503")]
    [InlineData("get", "/{id}", "200 401 404 503")]
    [InlineData("delete", "/{id}", "204 400 401 403 404 408 503")]
    [InlineData("get", "/{id}/content", "200 302 401 403 404 409 410 503")]
    public void Document_EachOperation_ListsResponsesAndProblems(string method, string path, string statuses)
    {
        var operation = Operation(method, path);
        operation.GetProperty("summary").GetString().Should().EndWith(".");
        operation.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).Should().Equal("Uploads");
        var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
        responses.Keys.Should().BeEquivalentTo(statuses.Split(' '));
        foreach (var (_, response) in responses.Where(r => r.Key[0] is '4' or '5'))
        {
            var schema = response.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
            Properties(schema).Should().Contain("detail").And.Contain("status");
        }
    }

    [Fact]
    public void Document_DescribesTheRequest() =>
        Properties(Operation("post", "").GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
            .GetProperty("schema"))
            .Should().BeEquivalentTo(
                "profile", "fileName", "contentType", "size", "checksumSha256", "checksums", "partChecksums", "metadata", "association",
                "method");

    [Fact]
    public void Document_DescribesTheGrant()
    {
        var schema = Body("post", "", "201");
        Properties(schema).Should().BeEquivalentTo("id", "status", "writeToken", "readToken", "expiresAt", "upload");
        Properties(Resolve(schema).GetProperty("properties").GetProperty("upload"))
            .Should().BeEquivalentTo(
                "method", "url", "headers", "fields", "partSize", "partCount", "parts", "partChecksums", "requiresChecksum");
    }

    [Fact]
    public void Document_DescribesTheBatch()
    {
        Properties(Schema("DirectUploadBatchRequest")).Should().Equal("uploads");
        Required("DirectUploadBatchRequest").Should().Equal("uploads");
        Required("DirectUploadBatch").Should().Equal("uploads");
        Properties(Schema("DirectUploadBatchItem")).Should().Equal("grant", "problem");
        Schema("DirectUploadBatchItem").TryGetProperty("required", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("get", "/{id}", "200")]
    [InlineData("post", "/{id}/confirm", "200")]
    [InlineData("post", "/{id}/confirm", "202")]
    public void Document_DescribesTheStatus(string method, string path, string status) =>
        Properties(Body(method, path, status)).Should().BeEquivalentTo(
            "id", "status", "profile", "fileName", "contentType", "size", "checksumSha256", "createdAt", "updatedAt", "attempts",
            "progress", "error", "variants", "properties", "contentUrl", "association", "attachBy");

    [Fact]
    public void Document_DescribesTheList()
    {
        Properties(Body("get", "", "200")).Should().Equal("uploads", "next");
        Required("DirectUploadList").Should().Equal("uploads");
        Properties(Schema("DirectUploadAssociation")).Should().Equal("type", "id", "kind");
        Required("DirectUploadAssociation").Should().Equal("type", "id");
    }

    private JsonElement Operation(string method, string path)
    {
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(p => p.Name.TrimEnd('/'), p => p.Value);
        return paths["/uploads" + path].GetProperty(method);
    }

    private JsonElement Body(string method, string path, string status) =>
        Operation(method, path).GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json")
            .GetProperty("schema");

    private string[] Properties(JsonElement schema) => [.. Resolve(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name)];

    private JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema.TryGetProperty("oneOf", out var any) ? Resolve(any.EnumerateArray().Last()) : schema;

    private static IEnumerable<JsonElement> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(it => it.Value);

    private JsonElement Schema(string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private IEnumerable<string?> Values(string schema, string property) =>
        Schema(schema).GetProperty("properties").GetProperty(property).GetProperty("enum").EnumerateArray().Select(it => it.GetString());

    private IEnumerable<string?> Required(string schema) =>
        Schema(schema).GetProperty("required").EnumerateArray().Select(it => it.GetString());

    private sealed class TextConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue($"{value}");
    }

    private sealed class StringResolver : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type == typeof(string) ? new DefaultJsonTypeInfoResolver().GetTypeInfo(type, options) : null;
    }
}
