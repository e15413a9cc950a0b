namespace DirectUpload.Samples.Tests.Worker;

/// <summary>samples/Worker from the upload to the record in DynamoDB, on the engines of the tests.</summary>
public sealed class WorkerFlowTests(LocalS3Fixture storage) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Uploads_BecomeRecordsInDynamoDB()
    {
        await using var resources = await AwsResources.CreateAsync(storage);
        using var dynamoDB = AwsResources.CreateDynamoDB();
        using var sqs = AwsResources.CreateSqs();
        await using var application = await WorkerApplication.StartAsync(
            resources, new(storage.S3, dynamoDB), new(storage.S3, dynamoDB, sqs));

        (await new WorkerFlow(application, resources).FindFailureAsync()).Should().BeNull();
    }
}
