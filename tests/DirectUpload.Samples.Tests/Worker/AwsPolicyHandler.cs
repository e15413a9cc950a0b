using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>Stands before DynamoDB and SQS of the tests, which have no policies, and refuses what a role may not do.</summary>
internal sealed class AwsPolicyHandler(RolePolicy policy) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    public const string Region = "us-east-1";

    private const string Account = "000000000000";

    /// <summary>Gets the actions that were asked for.</summary>
    public ConcurrentDictionary<string, bool> Used { get; } = new();

    /// <summary>Gets or sets how long DynamoDB takes to read a record.</summary>
    public TimeSpan ReadDelay { get; set; }

    public static string GetTableArn(string table) => $"arn:aws:dynamodb:{Region}:{Account}:table/{table}";

    public static string GetQueueArn(string queueUrl) => $"arn:aws:sqs:{Region}:{Account}:{queueUrl.Split('/')[^1]}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.LoadIntoBufferAsync(cancellationToken);
        var body = JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!;
        // Such as DynamoDB_20120810.GetItem and AmazonSQS.DeleteMessageBatch.
        var target = request.Headers.GetValues("X-Amz-Target").Single().Split('.');
        var action = target[0] == "AmazonSQS" ? $"sqs:{target[1].Replace("Batch", "")}" : $"dynamodb:{target[1]}";
        Used[action] = true;
        if (action == "dynamodb:GetItem")
            await Task.Delay(ReadDelay, cancellationToken);
        if (FindResources(body).All(resource => policy.Allows(action, resource)))
            return await base.SendAsync(request, cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            RequestMessage = request,
            Content = new StringContent(
                """{"__type":"com.amazon.coral.service#AccessDeniedException","message":"Access denied"}""", Encoding.UTF8,
                "application/x-amz-json-1.0"),
        };
    }

    private static IEnumerable<string> FindResources(JsonNode body)
    {
        if (body["QueueUrl"] is { } queue)
            return [GetQueueArn(queue.GetValue<string>())];
        if (body["RequestItems"] is JsonObject tables)
            return tables.Select(table => GetTableArn(table.Key));
        var arn = GetTableArn(body["TableName"]!.GetValue<string>());
        return [body["IndexName"] is { } index ? $"{arn}/index/{index.GetValue<string>()}" : arn];
    }
}
