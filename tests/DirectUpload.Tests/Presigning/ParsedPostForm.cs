using System.Text;
using System.Text.Json;
using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning;

/// <summary>A signed form with its policy read back, as storage would read it.</summary>
internal sealed record ParsedPostForm(
    PresignedPost Post, string PolicyText, string Expiration,
    IReadOnlyList<KeyValuePair<string, string>> Exact, IReadOnlyList<KeyValuePair<string, string>> StartsWith,
    IReadOnlyList<(long Min, long Max)> Lengths)
{
    // The fields that S3 takes without a condition.
    private static readonly string[] FieldsWithoutCondition = ["policy", "x-amz-signature", "file"];

    public IReadOnlyDictionary<string, string> Fields => Post.Fields;

    public IEnumerable<string> FieldsWithCondition => Fields.Keys.Where(name => !FieldsWithoutCondition.Contains(name));

    /// <summary>The conditions about a field, whatever their kind, by its name (names are case-insensitive).</summary>
    public int CountConditions(string field) =>
        Exact.Concat(StartsWith).Count(condition => string.Equals(condition.Key, field, StringComparison.OrdinalIgnoreCase));

    public static ParsedPostForm Parse(PresignedPost post)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(post.Fields["policy"]));
        using var policy = JsonDocument.Parse(text);
        policy.RootElement.EnumerateObject().Select(property => property.Name).Should().Equal("expiration", "conditions");

        var exact = new List<KeyValuePair<string, string>>();
        var startsWith = new List<KeyValuePair<string, string>>();
        var lengths = new List<(long, long)>();
        foreach (var condition in policy.RootElement.GetProperty("conditions").EnumerateArray())
        {
            if (condition.ValueKind == JsonValueKind.Object)
            {
                var only = condition.EnumerateObject().Should().ContainSingle("S3 takes one property per condition").Subject;
                only.Value.ValueKind.Should().Be(JsonValueKind.String, "S3 takes strings only");
                exact.Add(new(only.Name, only.Value.GetString()!));
                continue;
            }

            condition.GetArrayLength().Should().Be(3, "MinIO and Garage refuse anything else");
            if (condition[0].GetString() == "content-length-range")
            {
                lengths.Add((condition[1].GetInt64(), condition[2].GetInt64()));
                continue;
            }

            condition[0].GetString().Should().Be("starts-with");
            condition[1].GetString().Should().StartWith("$");
            startsWith.Add(new(condition[1].GetString()![1..], condition[2].GetString()!));
        }

        return new(post, text, policy.RootElement.GetProperty("expiration").GetString()!, exact, startsWith, lengths);
    }
}
