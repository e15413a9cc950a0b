using System.Globalization;
using System.Text;
using System.Text.Json;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Parses a policy document and refuses unknown conditions, because an ignored condition would be a security hole.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html</remarks>
internal static class PostPolicyParser
{
    private static readonly string[] ExpirationFormats =
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.f'Z'", "yyyy-MM-dd'T'HH:mm:ss.ff'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];

    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false };

    public static PostPolicy Parse(string base64)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(base64));
            using var document = JsonDocument.Parse(PolicyEscapes.ToJson(text), StrictJson);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException or JsonException)
        {
            throw CreateInvalidError("Invalid JSON.");
        }
    }

    private static PostPolicy Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw CreateInvalidError("Invalid JSON.");
        foreach (var property in root.EnumerateObject())
            if (property.Name is not ("expiration" or "conditions"))
                throw CreateInvalidError($"Unexpected: '{property.Name}'");
        if (!root.TryGetProperty("expiration", out var expiration))
            throw CreateInvalidError("Policy missing expiration.");
        if (!root.TryGetProperty("conditions", out var list))
            throw CreateInvalidError("Policy missing conditions.");
        if (list.ValueKind != JsonValueKind.Array)
            throw CreateInvalidError("Invalid 'conditions' value: must be a List.");

        var conditions = new List<PolicyCondition>();
        var (min, max) = (0L, RequestBody.MaxObjectSize);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 3
                && Text(item[0]).Equals("content-length-range", StringComparison.OrdinalIgnoreCase))
                (min, max) = (Math.Max(min, Number(item[1])), Math.Min(max, Number(item[2])));
            else
                conditions.Add(ReadCondition(item));
        }
        return new(ReadExpiration(expiration), conditions, min, max);
    }

    private static PolicyCondition ReadCondition(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Object)
            return item.EnumerateObject().ToList() is [var property]
                ? new("eq", property.Name.ToLowerInvariant(), Text(property.Value))
                : throw CreateInvalidError("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 3)
            throw CreateInvalidError("Invalid Condition: must be an object with one property or a list of three.");
        var operation = Text(item[0]).ToLowerInvariant();
        var field = Text(item[1]);
        if (operation is not ("eq" or "starts-with"))
            throw CreateInvalidError($"Invalid Condition: unknown operation '{operation}'.");
        if (!field.StartsWith('$') || field.Length < 2)
            throw CreateInvalidError($"Invalid Condition: '{field}' must begin with '$'.");
        return new(operation, field[1..].ToLowerInvariant(), Text(item[2]));
    }

    private static DateTimeOffset ReadExpiration(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParseExact(
            value.GetString(), ExpirationFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw CreateInvalidError($"Invalid 'expiration' value: '{value}'");

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw CreateInvalidError("Invalid Simple-Condition: value must be a string.");

    private static long Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0)
            return number;
        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? number
            : throw CreateInvalidError("Invalid content-length-range: bounds must be whole numbers of bytes.");
    }

    private static S3Exception CreateInvalidError(string reason) => new(400, "InvalidPolicyDocument", $"Invalid Policy: {reason}");
}
