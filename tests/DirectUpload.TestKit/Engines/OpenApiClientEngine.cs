namespace DirectUpload.TestKit;

/// <summary>Finds the npm packages that generate a TypeScript client; DIRECTUPLOAD_OPENAPI_CLIENT names their folder.</summary>
/// <param name="Packages">The folder <c>node_modules</c>.</param>
public sealed record OpenApiClientEngine(string Packages)
{
    private const string Variable = "DIRECTUPLOAD_OPENAPI_CLIENT";

    public static OpenApiClientEngine? Find() =>
        Engine.GetVariable(Variable) is { } folder && Directory.Exists(folder) ? new OpenApiClientEngine(folder) : null;

    public static OpenApiClientEngine Require() => Engine.Require(Find(), "openapi-typescript", Variable);
}
