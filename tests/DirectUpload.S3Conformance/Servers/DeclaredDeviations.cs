namespace DirectUpload.S3Conformance.Servers;

/// <summary>What each server has declared. A case is named by its method, and by its argument where only that one deviates.</summary>
public static class DeclaredDeviations
{
    private static readonly Dictionary<Type, IReadOnlyDictionary<string, Deviation>> ByServer = new()
    {
        [typeof(LocalS3Fixture)] = LocalS3Deviations.All,
        [typeof(RgwFixture)] = RgwDeviations.All,
        [typeof(SwiftFixture)] = SwiftDeviations.All,
    };

    public static Deviation? Find(S3ServerFixture server, string name, string? argument)
    {
        if (!ByServer.TryGetValue(server.GetType(), out var all)) return null;
        return argument is not null && all.TryGetValue($"{name}({argument})", out var one) ? one : all.GetValueOrDefault(name);
    }
}
