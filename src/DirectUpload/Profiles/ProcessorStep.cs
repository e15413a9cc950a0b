namespace DirectUpload.Profiles;

/// <summary>One of the application's steps in a profile: its name in records and the log, its type, and how a processor is made from the services of a scope.</summary>
internal sealed record ProcessorStep(string Name, Type Type, Func<IServiceProvider, object> Create);
