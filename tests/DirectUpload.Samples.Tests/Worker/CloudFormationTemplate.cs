using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>Reads samples/Worker/infra/template.yaml with the names that its resources have.</summary>
/// <param name="names">The values of references: a resource's or parameter's name, or <c>NAME.Arn</c>. Others remain as they are.</param>
internal sealed partial class CloudFormationTemplate(IReadOnlyDictionary<string, string> names)
{
    public static string Path { get; } = Repository.GetPath("samples", "Worker", "infra", "template.yaml");

    public JsonObject Resources { get; private init; } = [];

    public static CloudFormationTemplate Read(IReadOnlyDictionary<string, string>? names = null)
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(Path))
            yaml.Load(text);
        var reader = new CloudFormationTemplate(names ?? new Dictionary<string, string>());
        return new(reader.Names) { Resources = (JsonObject)reader.Convert(yaml.Documents[0].RootNode)[nameof(Resources)]! };
    }

    public JsonObject PropertiesOf(string resource) => (JsonObject)Resources[resource]!["Properties"]!;

    private IReadOnlyDictionary<string, string> Names => names;

    [GeneratedRegex(@"\$\{([^}]+)\}")]
    private static partial Regex Reference();

    private JsonNode Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(
            child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, (JsonNode?)Convert(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Convert)]),
        YamlScalarNode { Tag.IsEmpty: false } scalar when scalar.Tag.Value is "!Ref" or "!GetAtt" => Resolve(scalar.Value!),
        YamlScalarNode { Tag.IsEmpty: false } scalar when scalar.Tag.Value is "!Sub" =>
            Reference().Replace(scalar.Value!, match => Resolve(match.Groups[1].Value)),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, out var number) => number,
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when bool.TryParse(scalar.Value, out var truth) => truth,
        YamlScalarNode scalar => scalar.Value!,
        _ => throw new InvalidDataException($"{node.NodeType} at {node.Start}"),
    };

    private string Resolve(string name) => names.TryGetValue(name, out var value) ? value : $"${{{name}}}";
}
