namespace DirectUpload.Observers;

/// <summary>One of the application's observers: the name under which records note how far it was told, and how it is made from the services of a scope.</summary>
internal sealed record UploadObserver(string Name, Func<IServiceProvider, IUploadObserver> Create);
