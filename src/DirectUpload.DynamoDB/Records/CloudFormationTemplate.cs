using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Writes the table as a CloudFormation template, with the property names of a CreateTable request.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html</remarks>
internal static class CloudFormationTemplate
{
    public static string Create(CreateTableRequest table, TimeToLiveSpecification timeToLive)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("AWSTemplateFormatVersion", "2010-09-09");
            json.WriteString("Description", "The records of DirectUpload");
            json.WriteStartObject("Resources");
            json.WriteStartObject("DirectUploads");
            json.WriteString("Type", "AWS::DynamoDB::Table");
            // Deleting or replacing the stack must not delete the upload records.
            json.WriteString("DeletionPolicy", "Retain");
            json.WriteString("UpdateReplacePolicy", "Retain");
            json.WriteStartObject("Properties");
            WriteProperties(json, table, timeToLive);
            for (var depth = 0; depth < 4; depth++)
                json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void WriteProperties(Utf8JsonWriter json, CreateTableRequest table, TimeToLiveSpecification timeToLive)
    {
        json.WriteString("TableName", table.TableName);
        json.WriteString("BillingMode", table.BillingMode.Value);
        json.WriteStartArray("AttributeDefinitions");
        foreach (var attribute in table.AttributeDefinitions)
            WriteObject(json, ("AttributeName", attribute.AttributeName), ("AttributeType", attribute.AttributeType.Value));
        json.WriteEndArray();
        WriteKey(json, table.KeySchema);
        json.WriteStartArray("GlobalSecondaryIndexes");
        foreach (var index in table.GlobalSecondaryIndexes)
            WriteIndex(json, index);
        json.WriteEndArray();
        json.WriteStartObject("TimeToLiveSpecification");
        json.WriteString("AttributeName", timeToLive.AttributeName);
        json.WriteBoolean("Enabled", timeToLive.Enabled == true);
        json.WriteEndObject();
    }

    private static void WriteIndex(Utf8JsonWriter json, GlobalSecondaryIndex index)
    {
        json.WriteStartObject();
        json.WriteString("IndexName", index.IndexName);
        WriteKey(json, index.KeySchema);
        json.WriteStartObject("Projection");
        json.WriteString("ProjectionType", index.Projection.ProjectionType.Value);
        if (index.Projection.NonKeyAttributes is { Count: > 0 } attributes)
        {
            json.WriteStartArray("NonKeyAttributes");
            foreach (var attribute in attributes)
                json.WriteStringValue(attribute);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter json, List<KeySchemaElement> key)
    {
        json.WriteStartArray("KeySchema");
        foreach (var element in key)
            WriteObject(json, ("AttributeName", element.AttributeName), ("KeyType", element.KeyType.Value));
        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> properties)
    {
        json.WriteStartObject();
        foreach (var (name, value) in properties)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
