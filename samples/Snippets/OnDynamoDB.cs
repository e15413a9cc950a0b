using Amazon.DynamoDBv2;
using DirectUpload.DynamoDB;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Records in DynamoDB.</summary>
internal static class OnDynamoDB
{
    public static void Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient());   // region and credentials as the AWS SDK finds them

        builder.Services.AddDirectUploads().UseDynamoDB(o => o.TableName = "direct-uploads").AddWorker();
    }

    public static void Table(WebApplicationBuilder builder)
    {
        File.WriteAllText("direct-uploads-table.json", DynamoDBTable.CloudFormation(new DynamoDBStoreOptions { TableName = "direct-uploads" }));

        builder.Services.AddDirectUploads().UseDynamoDB(o => o.CreateTableIfMissing = true).AddWorker();
    }
}
