namespace DirectUpload.Testing.Tests;

/// <summary>The smallest files of some types.</summary>
internal static class Files
{
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
