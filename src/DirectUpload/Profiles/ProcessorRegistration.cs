namespace DirectUpload.Profiles;

/// <summary>A processor of a profile.</summary>
/// <param name="Name">The name in records and in the log.</param>
/// <param name="Type">The type of the processor.</param>
/// <param name="Create">Creates the processor from a service scope.</param>
/// <param name="Options">How the processor runs.</param>
internal sealed record ProcessorRegistration(string Name, Type Type, Func<IServiceProvider, object> Create, ProcessorOptions Options);
