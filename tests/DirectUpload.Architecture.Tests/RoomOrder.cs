namespace DirectUpload.Architecture.Tests;

/// <summary>The rooms (namespaces below a package's own) of one package, in order: a room may use those before it.</summary>
/// <param name="Rooms">The rooms, without the package's name; supporting rooms come first.</param>
/// <param name="Doors">Public types of the root namespace that belong to a room, by name: each may use what its room may use.</param>
internal sealed record RoomOrder(IReadOnlyList<string> Rooms, IReadOnlyDictionary<string, string> Doors)
{
    /// <summary>The core's rooms that every other one may use; the stages of an upload follow.</summary>
    private static readonly string[] Supporting =
        [
            "Primitives", "Concurrency", "Stores", "Diagnostics", "Lifecycle", "Presigning.Checks", "Presigning", "Profiles", "Storage",
            "Cleanup",
        ];

    public static IReadOnlyDictionary<string, RoomOrder> All { get; } = new Dictionary<string, RoomOrder>
    {
        ["DirectUpload"] = new(
            [
                .. Supporting, "Confirmation", "Requests", "Processing.Inspection", "Processing", "Events", "Content", "Health",
                "Operations", "Worker", "DependencyInjection"],
            new Dictionary<string, string>
            {
                ["BucketLifecycleManager"] = "Cleanup",
                ["DirectUploadBuilder"] = "DependencyInjection",
                ["DirectUploadService"] = "Operations",
                ["StorageEventProcessor"] = "Operations",
                ["UploadHealth"] = "Worker",
                ["UploadReconciler"] = "Cleanup",
                ["UploadWorker"] = "Worker",
            }),
        ["DirectUpload.AspNetCore"] = new(
            [
                "Contract", "Http", "OpenApi", "Authorization", "Filters", "Operations", "Forms", "Health", "StorageEvents", "Decisions",
                "Uppy", "Webhooks", "TagHelpers",
            ],
            new Dictionary<string, string> { ["WebhookVerifier"] = "Http" }),
        ["DirectUpload.Blazor"] = new(["Forms", "Interop"], new Dictionary<string, string> { ["DirectUpload"] = "Interop" }),
        ["DirectUpload.Client"] = new(
            ["Resilience", "Api", "Reading", "Sending", "DependencyInjection"],
            new Dictionary<string, string>
            {
                ["DirectUploadClient"] = "DependencyInjection",
                ["FileUploadSource"] = "Reading",
                ["FileUploadState"] = "Api",
            }),
        ["DirectUpload.Development"] = new(["Hosting"], new Dictionary<string, string>()),
        ["DirectUpload.DynamoDB"] = new(["Records"], new Dictionary<string, string> { ["DynamoDBTable"] = "Records" }),
        ["DirectUpload.EntityFrameworkCore"] = new(
            ["Records", "Attachments"], new Dictionary<string, string> { ["DirectUploadDbContext"] = "Records" }),
        ["DirectUpload.Imaging"] = new(
            ["Protocol", "Decoding", "Processes", "Processing"],
            new Dictionary<string, string> { ["ImageProcess"] = "Decoding" }),
        ["DirectUpload.LocalS3"] = new(
            [
                "Protocol", "Diagnostics", "Signing", "Checksums", "Cors", "Notifications", "Bodies", "Objects", "Lifecycle", "Events",
                "Storage", "Operations", "Forms", "Multipart", "Routing", "Hosting",
            ],
            new Dictionary<string, string> { ["LocalS3Server"] = "Hosting" }),
        ["DirectUpload.Sqs"] = new(["Receiving"], new Dictionary<string, string>()),
        ["DirectUpload.Testing"] = new(
            ["Hosting"],
            new Dictionary<string, string>
            {
                ["DirectUploadTestHost"] = "Hosting",
                ["TestUploads"] = "Hosting",
                ["UploadTestClock"] = "Hosting",
            }),
    };

    /// <summary>Whether a room comes before another one.</summary>
    public bool IsBefore(string room, string other) => Rooms.ToList().IndexOf(room) < Rooms.ToList().IndexOf(other);
}
