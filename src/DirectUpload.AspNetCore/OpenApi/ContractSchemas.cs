using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DirectUpload.AspNetCore.Contract;
using Microsoft.OpenApi;

namespace DirectUpload.AspNetCore.OpenApi;

/// <summary>Creates the schemas of the contract's types from the JSON serialization that the endpoints use.</summary>
/// <param name="document">The document, whose components contain a schema for each object type.</param>
internal sealed class ContractSchemas(OpenApiDocument document)
{
    private const string Prefix = "DirectUpload";

    /// <summary>Gets the schema of a type, or a reference to it.</summary>
    public IOpenApiSchema Get(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (CreatePrimitive(plain) is { } primitive)
            return primitive;
        var json = ContractJson.Default.GetTypeInfo(plain)
            ?? throw new InvalidOperationException($"{plain} is not a type of the contract; add it to ContractJson.");
        return json.Kind switch
        {
            JsonTypeInfoKind.Object => GetObject(json),
            JsonTypeInfoKind.Dictionary =>
                new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Get(json.ElementType!) },
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Get(json.ElementType!) },
            _ => throw new InvalidOperationException($"The contract has no schema for {plain}; write it as a string, or describe it here."),
        };
    }

    private static OpenApiSchema? CreatePrimitive(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => new() { Type = JsonSchemaType.String },
        TypeCode.Boolean => new() { Type = JsonSchemaType.Boolean },
        TypeCode.Int32 => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        TypeCode.Int64 => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        TypeCode.DateTime => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ => null,
    };

    private OpenApiSchemaReference GetObject(JsonTypeInfo json)
    {
        var name = CreateName(json.Type);
        if (document.Components?.Schemas?.ContainsKey(name) != true)
        {
            var schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = GetAttribute<DescriptionAttribute>(json.Type)?.Description,
                Properties = new Dictionary<string, IOpenApiSchema>(),
                Required = new HashSet<string>(),
            };
            // First the name, for a type that contains itself.
            document.AddComponent(name, schema);
            foreach (var property in json.Properties)
                AddProperty(schema, property);
        }

        return new(name, document);
    }

    private void AddProperty(OpenApiSchema owner, JsonPropertyInfo property)
    {
        var attributes = property.AttributeProvider;
        var schema = Get(property.PropertyType);
        var values = GetAttribute<ContractValuesAttribute>(attributes);
        var description = GetAttribute<DescriptionAttribute>(attributes)?.Description;
        if (schema is OpenApiSchema own)
        {
            own.Description = description;
            var names = values?.Values.Select(value => (JsonNode)JsonValue.Create(value)).ToList();
            if (values?.IsExtensible == true)
            {
                own.AnyOf = [new OpenApiSchema { Type = own.Type, Enum = names }, new OpenApiSchema { Type = own.Type }];
                own.Type = null;
            }
            else
            {
                own.Enum = names;
            }
        }
        else if (schema is OpenApiSchemaReference reference)
        {
            reference.Description = description;
        }

        owner.Properties![property.Name] = schema;
        if (IsRequired(property))
            owner.Required!.Add(property.Name);
    }

    // A response omits what is null; a request may omit what is null or has a default. The schema names no default, because some client
    // generators treat a property with a default as required.
    private static bool IsRequired(JsonPropertyInfo property) =>
        GetAttribute<RequiredAttribute>(property.AttributeProvider) is not null
        || (GetAttribute<DefaultValueAttribute>(property.AttributeProvider) is null
            && (property.PropertyType.IsValueType
                ? Nullable.GetUnderlyingType(property.PropertyType) is null
                : !property.IsGetNullable));

    private static string CreateName(Type type)
    {
        var name = type.Name;
        name = name.EndsWith("Body", StringComparison.Ordinal) ? name[..^"Body".Length] : name;
        return name.StartsWith("Upload", StringComparison.Ordinal) ? $"{Prefix}{name["Upload".Length..]}" : Prefix + name;
    }

    private static T? GetAttribute<T>(ICustomAttributeProvider? provider)
        where T : Attribute => provider?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
