using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Profiles;

/// <summary>The profiles that the application has, by name.</summary>
internal sealed class ProfileCatalog(IEnumerable<UploadProfile> profiles)
{
    private readonly Dictionary<string, UploadProfile> _profiles = profiles.ToDictionary(profile => profile.Name, StringComparer.Ordinal);

    public IEnumerable<UploadProfile> All => _profiles.Values;

    public IEnumerable<string> Names => _profiles.Keys;

    public bool TryGet(string? name, [NotNullWhen(true)] out UploadProfile? profile) => _profiles.TryGetValue(name ?? string.Empty, out profile);
}
