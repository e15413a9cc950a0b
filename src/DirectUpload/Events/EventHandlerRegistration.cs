namespace DirectUpload.Events;

/// <summary>An event handler of the application.</summary>
/// <param name="Name">The name of its checkpoints.</param>
/// <param name="Create">Creates the handler from a service scope.</param>
internal sealed record EventHandlerRegistration(string Name, Func<IServiceProvider, IUploadEventHandler> Create);
