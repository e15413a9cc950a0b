using System.Text.Json;
using System.Text.Json.Serialization;
using DirectUpload.Uploads;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>What has no column of its own, as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(UploadDerivative[]))]
[JsonSerializable(typeof(UploadTransition[]))]
[JsonSerializable(typeof(UploadTold[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RowJson : JsonSerializerContext
{
    public static string Of(IReadOnlyDictionary<string, string> texts) =>
        JsonSerializer.Serialize(texts as Dictionary<string, string> ?? new(texts), Default.DictionaryStringString);

    public static string Of(IReadOnlyList<UploadDerivative> derivatives) => JsonSerializer.Serialize([.. derivatives], Default.UploadDerivativeArray);

    public static string Of(IReadOnlyList<UploadTransition> transitions) => JsonSerializer.Serialize([.. transitions], Default.UploadTransitionArray);

    public static string Of(IReadOnlyList<UploadTold> told) => JsonSerializer.Serialize([.. told], Default.UploadToldArray);

    public static string? OfNames(IReadOnlyList<string> names) => names.Count == 0 ? null : JsonSerializer.Serialize([.. names], Default.StringArray);

    public static string[] ToNames(string? json) => json is null ? [] : Complete(JsonSerializer.Deserialize(json, Default.StringArray));

    public static UploadTold[] ToTold(string json) => Complete(JsonSerializer.Deserialize(json, Default.UploadToldArray));

    public static Dictionary<string, string> ToTexts(string json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringString) is { } texts && !texts.ContainsValue(null!) ? texts : throw new JsonException("A text is null.");

    public static UploadDerivative[] ToDerivatives(string json) => Complete(JsonSerializer.Deserialize(json, Default.UploadDerivativeArray));

    public static UploadTransition[] ToTransitions(string json) => Complete(JsonSerializer.Deserialize(json, Default.UploadTransitionArray));

    private static T[] Complete<T>(T[]? items)
        where T : class => items is not null && !items.Contains(null) ? items : throw new JsonException($"A list of {typeof(T).Name}, or an item of it, is null.");
}
