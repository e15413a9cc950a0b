using System.Text;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Converts two escapes of S3's policies that JSON does not have: <c>\$</c> and <c>\v</c>.</summary>
internal static class PolicyEscapes
{
    public static string ToJson(string policy)
    {
        if (!policy.Contains('\\', StringComparison.Ordinal))
            return policy;
        var json = new StringBuilder(policy.Length);
        for (var i = 0; i < policy.Length; i++)
        {
            // An escape is consumed as a pair, so that the second half of "\\" does not start another one.
            if (policy[i] != '\\' || i + 1 == policy.Length)
                json.Append(policy[i]);
            else
                json.Append(policy[++i] switch { '$' => "$", 'v' => "\\u000b", var other => $"\\{other}" });
        }
        return json.ToString();
    }
}
