using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Profiles;

/// <summary>Finds the profiles of the application by name.</summary>
internal sealed class ProfileCatalog(IEnumerable<UploadProfile> profiles)
{
    private readonly Dictionary<string, UploadProfile> _profiles = profiles.ToDictionary(profile => profile.Name, StringComparer.Ordinal);

    public IEnumerable<UploadProfile> All => _profiles.Values;

    public IEnumerable<string> Names => _profiles.Keys;

    /// <summary>Describes the profiles for the error of an unknown profile: their names, or how to add the first.</summary>
    public string Describe() => _profiles.Count == 0
        ? "the application has none. Its developer adds one: AddDirectUploads(o => o.AddProfile(\"avatar\", …)), or the configuration "
            + "section DirectUploads:Profiles"
        : $"there are: {string.Join(", ", Names)}";

    public bool TryGet(string? name, [NotNullWhen(true)] out UploadProfile? profile) =>
        _profiles.TryGetValue(name ?? string.Empty, out profile);
}
