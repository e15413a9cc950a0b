using System.Diagnostics;
using DirectUpload.AspNetCore.Tests.Flows;

namespace DirectUpload.AspNetCore.Tests.OpenApi;

/// <summary>Generates a TypeScript client from the document, compiles it strictly, and runs the whole flow in Node.js.</summary>
public sealed class OpenApiClientTests(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task GeneratedClient_RunsTheWholeFlow()
    {
        var engine = OpenApiClientEngine.Require();
        var folder = Directory.CreateTempSubdirectory("directupload-openapi-").FullName;
        try
        {
            foreach (var file in new[] { "flow.ts", "tsconfig.json" })
                File.Copy(Path.Combine(AppContext.BaseDirectory, "OpenApi", file), Path.Combine(folder, file));
            await File.WriteAllTextAsync(
                Path.Combine(folder, "package.json"), """{ "type": "module" }""", TestContext.Current.CancellationToken);
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), engine.Packages);

            await RunAsync(folder, "node_modules/openapi-typescript/bin/cli.js", OpenApiFile.Path, "-o", "schema.d.ts");
            await RunAsync(folder, "node_modules/typescript/bin/tsc", "--project", ".");
            (await RunAsync(folder, "built/flow.js", App.Http.BaseAddress!.ToString())).Should().Contain("The whole flow succeeded.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.Should().Be(0, "{0}{1}", await output, await errors);
        return await output;
    }
}
