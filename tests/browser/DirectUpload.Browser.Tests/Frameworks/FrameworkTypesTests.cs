using System.Diagnostics;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Frameworks;

/// <summary>Misspelt attributes and wrong types in templates.</summary>
public sealed class FrameworkTypesTests
{
    [Fact]
    public async Task TypeCheck_Mistakes_AreFound()
    {
        var web = Path.GetDirectoryName(FrameworksEngine.Require().Pages)!;
        using var check = Process.Start(new ProcessStartInfo("node", "mistakes.mjs")
        {
            WorkingDirectory = web,
            RedirectStandardOutput = true,
        })!;
        var output = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        check.ExitCode.Should().Be(0, output);
        output.Split('\n').Count(line => line.StartsWith("found: ", StringComparison.Ordinal)).Should().Be(7, output);
    }
}
