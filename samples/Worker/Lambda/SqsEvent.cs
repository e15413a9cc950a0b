using System.Text.Json.Serialization;

namespace WorkerSample.Lambda;

/// <summary>Represents the event with which Lambda passes messages of an SQS queue to a function.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html</remarks>
public sealed record SqsEvent([property: JsonPropertyName("Records")] IReadOnlyList<SqsMessage> Records);

/// <summary>Represents one message of the queue.</summary>
public sealed record SqsMessage(string MessageId, string Body);

/// <summary>Represents the answer of the function: the messages that Lambda must not delete.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html</remarks>
public sealed record SqsBatchResponse(IReadOnlyList<SqsBatchItem> BatchItemFailures);

/// <summary>Identifies a message by its id.</summary>
public sealed record SqsBatchItem(string ItemIdentifier);

/// <summary>Reads the event and writes the answer, without reflection; an event without ids or bodies is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SqsEvent))]
[JsonSerializable(typeof(SqsBatchResponse))]
public sealed partial class SqsJsonContext : JsonSerializerContext;
