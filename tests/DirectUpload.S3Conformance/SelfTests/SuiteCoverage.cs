namespace DirectUpload.S3Conformance.SelfTests;

/// <summary>Which suites a server lacks: a suite is an abstract class with cases, run by a class that takes the server's fixture.</summary>
public static class SuiteCoverage
{
    public static IReadOnlyList<string> FindMissing(IEnumerable<Type> servers, IEnumerable<Type> suites, IReadOnlyCollection<Type> runs) =>
    [
        .. from server in servers
           from suite in suites
           where !runs.Any(run => run.BaseType == suite && AcceptsServer(run, server))
           select $"{server.Name} lacks {suite.Name}",
    ];

    private static bool AcceptsServer(Type run, Type server) =>
        run.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == server));
}
