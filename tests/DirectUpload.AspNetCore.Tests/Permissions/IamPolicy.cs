using System.Text.Json;
using System.Text.Json.Nodes;

namespace DirectUpload.AspNetCore.Tests.Permissions;

/// <summary>An IAM policy as in docs/s3-setup.md: statements that allow actions on a resource.</summary>
internal sealed record IamPolicy(IReadOnlyList<IamStatement> Statements)
{
    private const string Bucket = "arn:aws:s3:::my-bucket";

    /// <summary>The policy in docs/s3-setup.md, with all of its optional statements.</summary>
    public static IamPolicy Readme { get; } = new([.. Blocks().SelectMany(StatementsIn)]);

    /// <summary>The policy in docs/s3-setup.md, without the optional statements.</summary>
    public static IamPolicy ReadmeBase { get; } = new([.. Blocks().Where(block => block is JsonObject).SelectMany(StatementsIn)]);

    public IEnumerable<string> Actions => Statements.SelectMany(statement => statement.Actions);

    public bool Allows(string action, bool onBucket) =>
        Statements.Any(statement => statement.Actions.Contains(action) && statement.Resource == (onBucket ? Bucket : Bucket + "/*"));

    public IamPolicy Without(string action) => new(
        [.. Statements.Select(statement => statement with { Actions = [.. statement.Actions.Where(other => other != action)] })
            .Where(statement => statement.Actions.Count > 0)]);

    /// <summary>As JSON, for a bucket of another name.</summary>
    public string ToJson(string bucket) => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = Statements.Select(
            statement => new { Effect = "Allow", Action = statement.Actions, Resource = statement.Resource.Replace("my-bucket", bucket) }),
    });

    private static IEnumerable<IamStatement> StatementsIn(JsonNode block) =>
        ((block is JsonObject policy ? policy["Statement"] : block) as JsonArray ?? [])
            .Where(statement => statement!["Effect"]?.GetValue<string>() == "Allow")
            .Select(statement => new IamStatement(ActionsOf(statement!["Action"]!), statement["Resource"]!.GetValue<string>()));

    private static IReadOnlyList<string> ActionsOf(JsonNode action) =>
        action is JsonArray several ? [.. several.Select(one => one!.GetValue<string>())] : [action.GetValue<string>()];

    private static IEnumerable<JsonNode> Blocks()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent!;
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "s3-setup.md"));
        return page.Split("```json\n").Skip(1).Select(rest => JsonNode.Parse(rest[..rest.IndexOf("```", StringComparison.Ordinal)])!);
    }
}

/// <summary>One statement that allows.</summary>
internal sealed record IamStatement(IReadOnlyList<string> Actions, string Resource);
