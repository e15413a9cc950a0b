using System.Text.Json.Nodes;

namespace DirectUpload.DynamoDB.Tests;

public sealed class DynamoDBTableTemplateTests
{
    [Fact]
    public void CloudFormation_DeletedStack_RetainsTheTable()
    {
        var resource = JsonNode.Parse(DynamoDBTable.CreateCloudFormationTemplate(new()))!["Resources"]!["DirectUploads"]!;

        resource["Type"]!.GetValue<string>().Should().Be("AWS::DynamoDB::Table");
        resource["DeletionPolicy"]!.GetValue<string>().Should().Be("Retain");
        resource["UpdateReplacePolicy"]!.GetValue<string>().Should().Be("Retain");
    }

    [Theory]
    [InlineData("ab", 8, "TableName is \"ab\"; write 3 to 255 *")]
    [InlineData("a table", 8, "TableName is \"a table\"; *")]
    [InlineData("uploads", 0, "Shards is 0; set it between 1 and 200.*")]
    [InlineData("uploads", 201, "Shards is 201; *")]
    public void CloudFormation_OptionOutOfRange_Throws(string name, int shards, string message) =>
        FluentActions.Invoking(() => DynamoDBTable.CreateCloudFormationTemplate(new() { TableName = name, Shards = shards }))
            .Should().Throw<ArgumentException>().WithMessage(message);
}
