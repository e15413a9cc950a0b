using System.Diagnostics;

namespace DirectUpload.TestKit;

/// <summary>Finds cfn-lint, AWS's checker of CloudFormation templates; DIRECTUPLOAD_CFN_LINT names the program.</summary>
public sealed record CfnLintEngine(string Program)
{
    private const string Variable = "DIRECTUPLOAD_CFN_LINT";

    public static CfnLintEngine? Find() =>
        Engine.GetVariable(Variable) is { } program && File.Exists(program) ? new CfnLintEngine(program) : null;

    public static CfnLintEngine Require() => Engine.Require(Find(), "cfn-lint", Variable);

    /// <summary>Checks a template.</summary>
    /// <returns>The exit code, 0 for a template without errors and warnings, and what it found.</returns>
    public (int ExitCode, string Output) Run(string template)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, [template])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
