using System.Text.Json;
using System.Text.Json.Serialization;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Serializes the values that have no column of their own as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(UploadVariant[]))]
[JsonSerializable(typeof(UploadTransition[]))]
[JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(UploadDecision[]))]
internal sealed partial class RowJson : JsonSerializerContext
{
    // Most records have none.
    private const string EmptyObject = "{}";
    private const string EmptyArray = "[]";

    public static string Serialize(IReadOnlyDictionary<string, string> texts) => texts.Count == 0
        ? EmptyObject
        : JsonSerializer.Serialize(texts as Dictionary<string, string> ?? new(texts), Default.DictionaryStringString);

    public static string Serialize(IReadOnlyList<UploadVariant> variants) => variants.Count == 0
        ? EmptyArray
        : JsonSerializer.Serialize([.. variants], Default.UploadVariantArray);

    public static string Serialize(IReadOnlyList<UploadTransition> transitions) =>
        JsonSerializer.Serialize([.. transitions], Default.UploadTransitionArray);

    public static string Serialize(IReadOnlyDictionary<string, DateTimeOffset> checkpoints) => checkpoints.Count == 0
        ? EmptyObject
        : JsonSerializer.Serialize(new(checkpoints), Default.DictionaryStringDateTimeOffset);

    public static string? SerializeNames(IReadOnlyList<string> names) =>
        names.Count == 0 ? null : JsonSerializer.Serialize([.. names], Default.StringArray);

    public static string? SerializeDecisions(IReadOnlyList<UploadDecision> decisions) =>
        decisions.Count == 0 ? null : JsonSerializer.Serialize([.. decisions], Default.UploadDecisionArray);

    public static UploadDecision[] ToDecisions(string? json) =>
        json is null ? [] : EnsureComplete(JsonSerializer.Deserialize(json, Default.UploadDecisionArray));

    public static string[] ToNames(string? json) =>
        json is null ? [] : EnsureComplete(JsonSerializer.Deserialize(json, Default.StringArray));

    public static Dictionary<string, DateTimeOffset> ToCheckpoints(string json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringDateTimeOffset) ?? throw new JsonException("The checkpoints are null.");

    public static Dictionary<string, string> ToTexts(string json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringString) is { } texts && !texts.ContainsValue(null!)
            ? texts
            : throw new JsonException("A value of a JSON object is null.");

    public static UploadVariant[] ToVariants(string json) => EnsureComplete(JsonSerializer.Deserialize(json, Default.UploadVariantArray));

    public static UploadTransition[] ToTransitions(string json) =>
        EnsureComplete(JsonSerializer.Deserialize(json, Default.UploadTransitionArray));

    private static T[] EnsureComplete<T>(T[]? items)
        where T : class => items is not null && !items.Contains(null)
            ? items
            : throw new JsonException($"A JSON array of {typeof(T).Name}, or an item of it, is null.");
}
