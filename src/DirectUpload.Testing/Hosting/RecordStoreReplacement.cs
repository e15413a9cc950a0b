using DirectUpload.Stores;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Testing.Hosting;

/// <summary>Replaces the record store of an application by one in memory.</summary>
internal static class RecordStoreReplacement
{
    public static void Apply(DirectUploadBuilder builder)
    {
        var stores = builder.Services.Where(it => it.ServiceType == typeof(IUploadRecordStore) && !it.IsKeyedService).ToList();
        var packages = stores.Select(Registrations.GetAssemblyName).Where(IsStorePackage).ToHashSet();
        // The hosted services of a store package create or check its table.
        foreach (var replaced in builder.Services.Where(
            it => it.ServiceType == typeof(IHostedService) && packages.Contains(Registrations.GetAssemblyName(it))).Concat(stores).ToList())
            builder.Services.Remove(replaced);
        builder.UseInMemoryStore();
    }

    private static bool IsStorePackage(string? assembly) =>
        assembly?.StartsWith("DirectUpload.", StringComparison.Ordinal) == true;
}
