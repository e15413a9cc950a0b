using System.Text.Json;
using System.Text.Json.Nodes;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>What a role of the template may do: one permission for each action of each statement.</summary>
internal sealed record RolePolicy(IReadOnlyList<Permission> Permissions)
{
    public static RolePolicy Read(string role, IReadOnlyDictionary<string, string>? names = null)
    {
        var policy = CloudFormationTemplate.Read(names).PropertiesOf(role)["Policies"]!.AsArray().Should().ContainSingle().Subject!;
        return new([.. policy["PolicyDocument"]!["Statement"]!.AsArray().SelectMany(statement => ReadStatement(statement!))]);
    }

    public RolePolicy Without(string statement, string action) =>
        new([.. Permissions.Where(one => one.Statement != statement || one.Action != action)]);

    public bool Allows(string action, string resource) => Permissions.Any(one => one.Action == action && one.Covers(resource));

    /// <summary>The permissions that concern S3, as an IAM policy.</summary>
    public string ToS3Policy() => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = Permissions.Where(one => one.Action.StartsWith("s3:", StringComparison.Ordinal))
            .Select(one => new { Effect = "Allow", one.Action, one.Resource }),
    });

    private static IEnumerable<Permission> ReadStatement(JsonNode statement)
    {
        statement["Effect"]!.GetValue<string>().Should().Be("Allow");
        var actions = statement["Action"] is JsonArray several ? several.Select(one => one!.GetValue<string>())
            : [statement["Action"]!.GetValue<string>()];
        return actions.Select(action => new Permission(
            statement["Sid"]!.GetValue<string>(), action, statement["Resource"]!.GetValue<string>()));
    }
}

/// <summary>One action on one resource; a resource may end in an asterisk.</summary>
internal sealed record Permission(string Statement, string Action, string Resource)
{
    public bool Covers(string resource) => Resource.EndsWith('*')
        ? resource.StartsWith(Resource[..^1], StringComparison.Ordinal)
        : resource == Resource;
}
