using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Binds the store's options to the host's configuration, if there is one.</summary>
internal sealed class DynamoDBConfiguration(IConfiguration? configuration = null) : IConfigureOptions<DynamoDBStoreOptions>
{
    public const string Section = "DirectUploads:DynamoDB";

    public void Configure(DynamoDBStoreOptions options) => configuration?.GetSection(Section).Bind(options);
}
