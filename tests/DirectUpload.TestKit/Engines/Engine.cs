using Xunit;

namespace DirectUpload.TestKit;

/// <summary>Finds a real program that some tests need, such as a server or a browser.</summary>
/// <remarks>
/// <c>tests/run</c> starts the engines and passes their addresses in environment variables. If an engine is not available, the test is
/// skipped with a message; under <c>CI=true</c> it fails.
/// </remarks>
public static class Engine
{
    public static string? GetVariable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Returns the engine, or skips or fails the running test if the engine is not available.</summary>
    public static T Require<T>(T? engine, string name, string variable) where T : class
    {
        if (engine is not null) return engine;
        var reason = $"{name} is absent: tests/run brings it up (it sets {variable})";
        if (GetVariable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
        return engine!;
    }
}
