using System.Security.Cryptography;
using System.Text;
using DirectUpload.Client;

namespace ConsoleUpload;

/// <summary>Where the state of an unfinished upload is kept: one file for each upload, in the user's own data folder, which nobody else may read.</summary>
internal static class Interrupted
{
    public static UploadStateFile StateOf(CommandLine wanted)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{wanted.Server} {wanted.Profile} {wanted.File}")))[..16];
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return new UploadStateFile(Path.Combine(folder, "DirectUpload.Console", $"{name}.json"));
    }
}
