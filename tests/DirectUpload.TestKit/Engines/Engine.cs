using Xunit;

namespace DirectUpload.TestKit;

/// <summary>
/// A real program that some tests need: a server, a browser. <c>tests/run</c> brings the engines up and tells the tests through
/// the environment. Where one is absent a test is skipped, saying so; under <c>CI=true</c> it fails instead.
/// </summary>
public static class Engine
{
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The engine, when it is there; otherwise the running test ends here.</summary>
    public static T Require<T>(T? engine, string name, string variable) where T : class
    {
        if (engine is not null) return engine;
        var reason = $"{name} is absent: tests/run brings it up (it sets {variable})";
        if (Variable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
        return engine!;
    }
}
