using System.Text;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>Files as a person might choose them.</summary>
public static class SampleFiles
{
    // A whole PNG of 1 × 1 pixel; readers ignore what follows its end.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static FilePayload Picture(string name = "portrait.png", int size = 0) =>
        new() { Name = name, MimeType = "image/png", Buffer = [.. Png, .. new byte[Math.Max(0, size - Png.Length)]] };

    public static FilePayload Document(string name = "notes.txt", string text = "The minutes of the meeting.\n") =>
        new() { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) };

    public static FilePayload HtmlNamedAsPicture() =>
        new() { Name = "harmless.png", MimeType = "image/png", Buffer = "<!doctype html><script>alert(1)</script>"u8.ToArray() };
}
