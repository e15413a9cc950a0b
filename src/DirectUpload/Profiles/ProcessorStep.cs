namespace DirectUpload.Profiles;

/// <summary>One of the application's steps in a profile: its name in the log, and how a processor is made from the services of a scope.</summary>
internal sealed record ProcessorStep(string Name, Func<IServiceProvider, object> Create);
