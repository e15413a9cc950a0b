using System.Globalization;

namespace DirectUpload.TestKit.Integrity;

/// <summary>
/// Decides how many bits are flipped and how many honest uploads are sent: a hundred of each in a usual run; a thousand and ten thousand
/// with DIRECTUPLOAD_INTEGRITY=all.
/// </summary>
public static class IntegrityScope
{
    private const int MiB = 1024 * 1024;

    /// <summary>The combinations of a client and a method that flip bits.</summary>
    private const int Combinations = 9;

    private static bool IsAll => Engine.GetVariable("DIRECTUPLOAD_INTEGRITY") == "all";

    /// <summary>Gets the number of flips for one client and one method.</summary>
    public static int Flips => (IsAll ? 1_000 : 100) / Combinations + 1;

    /// <summary>Gets the number of honest uploads for one method.</summary>
    public static int HonestUploads => (IsAll ? 10_000 : 100) / 3 + 1;

    /// <summary>Returns the size of a file with a flipped bit: each order of magnitude is equally likely.</summary>
    public static int ChooseSize(Random random) => ChooseSize(random, IsAll ? 200 * MiB : 12 * MiB);

    /// <summary>Returns the size of an honest file.</summary>
    public static int ChooseHonestSize(Random random) => ChooseSize(random, 16 * MiB);

    /// <summary>Appends a row to the file that DIRECTUPLOAD_INTEGRITY_TABLE names: docs/evidence/integrity.md is made of it.</summary>
    public static void Report(string client, string method, string fault, int uploads, int found, long bytes)
    {
        if (Engine.GetVariable("DIRECTUPLOAD_INTEGRITY_TABLE") is { } file)
        {
            File.AppendAllText(file, string.Create(
                CultureInfo.InvariantCulture,
                $"| {client} | {method} | {fault} | {uploads:N0} | {bytes / (double)MiB:N0} | {found:N0} |\n"));
        }
    }

    private static int ChooseSize(Random random, int max) => (int)Math.Round(Math.Exp(random.NextDouble() * Math.Log(max)));
}
