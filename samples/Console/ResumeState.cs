using System.Security.Cryptography;
using System.Text;
using DirectUpload.Client;

namespace ConsoleUpload;

/// <summary>Stores the state of an unfinished upload in a file that only the user can read, one for each upload.</summary>
internal static class ResumeState
{
    public static FileUploadStateFile GetFile(CommandLine wanted)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{wanted.Server} {wanted.Profile} {wanted.File}")))[..16];
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return new FileUploadStateFile(Path.Combine(folder, "DirectUpload.Console", $"{name}.json"));
    }
}
