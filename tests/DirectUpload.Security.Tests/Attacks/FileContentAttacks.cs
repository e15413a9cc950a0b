using System.IO.Compression;
using System.Text;
using DirectUpload.AspNetCore;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Files that are not what they are called, or two things at once.</summary>
public sealed class FileContentAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const string Script = "<script>alert(document.domain)</script>";

    protected override TestHostOptions HostOptions => new()
    {
        Map = app => app.MapDirectUploads("/uploads", options => options.ContentDelivery = ContentDelivery.Stream).AllowAnonymous(),
    };

    [Theory]
    [InlineData("<!doctype html>" + Script)]
    [InlineData("\uFEFF  \r\n<HTML>" + Script)]
    [InlineData("<!-- a comment --><html>" + Script)]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\">" + Script + "</svg>")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [Attack("a page or an SVG with script, declared as an image", "the application inspects the bytes: they are not of the declared type")]
    public Task Html_DeclaredAsPicture_IsRejected(string text) => RejectedAsync("a.png", "image/png", Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("a.pdf", "application/pdf")]
    [InlineData("a.txt", "text/plain")]
    [InlineData("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.jpg", "image/jpeg")]
    [Attack("a program, declared as a document or an image", "its first bytes show the real type")]
    public Task Executable_DeclaredAsDocument_IsRejected(string name, string type) => RejectedAsync(name, type, TestFiles.Executable());

    [Fact]
    [Attack(
        "an image that is a valid script too (GIF/JavaScript)",
        "it is served with the verified image type and nosniff, so no page can load it as a script")]
    public async Task GifPolyglot_IsServedAsPictureOnly()
    {
        var answer = await ServedAsync("a.gif", "image/gif", [.. "GIF89a/*"u8, .. new byte[100], .. "*/=1;alert(1)"u8]);

        answer.Header("content-type").Should().Be("image/gif");
        answer.Header("x-content-type-options").Should().Be("nosniff");
    }

    [Fact]
    [Attack(
        "a PDF that is a valid HTML page too",
        "it is served as a PDF with nosniff; a page in front of the PDF, or with only its signature, is rejected")]
    public async Task PdfPolyglot_IsServedAsPdfOnly()
    {
        var answer = await ServedAsync("a.pdf", "application/pdf", Encoding.UTF8.GetBytes(
            "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + Script + "<html></html>\n%%EOF"));
        (answer.Header("content-type"), answer.Header("x-content-type-options")).Should().Be(("application/pdf", "nosniff"));
        await RejectedAsync("a.pdf", "application/pdf", Encoding.UTF8.GetBytes("%PDF-1.7\n" + Script + "<html></html>\n%%EOF"));
        await RejectedAsync("a.pdf", "application/pdf", Encoding.UTF8.GetBytes("<html>" + Script + "</html>\n%PDF-1.7\n"));
    }

    [Fact]
    [Attack(
        "an archive appended to an image (JPEG/ZIP), to be unpacked later",
        "it is served as an image; an archive under the name of an image is an archive, and is downloaded as one")]
    public async Task JpegZipPolyglot_IsServedAsPictureOnly()
    {
        byte[] both = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. new byte[50], .. Zip(("evil.exe", 100))];
        (await ServedAsync("a.jpg", "image/jpeg", both)).Header("content-type").Should().Be("image/jpeg");
        var archive = await ServedAsync("a.png", "image/png", Zip(("evil.exe", 100)));
        archive.Header("content-type").Should().Be("application/zip");
        archive.Header("content-disposition").Should().StartWith("attachment").And.NotContain(".png");
    }

    [Theory]
    [InlineData("page.html", "text/html", "<html>" + Script)]
    [InlineData("a.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\">" + Script + "</svg>")]
    [InlineData("a.xhtml", "application/xhtml+xml", "<html xmlns=\"http://www.w3.org/1999/xhtml\">" + Script + "</html>")]
    [InlineData("a.xml", "text/xml", "<?xml version=\"1.0\"?><a/>")]
    [InlineData("a.js", "text/javascript", "alert(1)")]
    [InlineData("a.mjs", "application/javascript", "alert(1)")]
    [Attack(
        "an accepted page, SVG or script, opened from the application's own address",
        "types that can carry script are always downloaded, with a sandbox and nosniff")]
    public async Task ScriptCapableContent_IsDownloadedInASandbox(string name, string type, string text)
    {
        var answer = await ServedAsync(name, type, Encoding.UTF8.GetBytes(text));

        answer.Header("content-disposition").Should().StartWith("attachment");
        answer.Header("content-security-policy").Should().Be("default-src 'none'; sandbox");
    }

    [Theory]
    [InlineData("invoice.pdf.exe")]
    [InlineData("invoice.exe")]
    [InlineData("invoice")]
    [InlineData("invoice.pdf.")]
    [InlineData("invoice.pdf ")]
    [InlineData("invoice.p\u200Bdf")]
    [Attack("a file extension that does not belong to the type", "a profile lists the extensions that it accepts")]
    public async Task FileExtension_OfAnotherType_IsRefused(string name) =>
        (await Client.RequestAsync(new TestUploadRequest
        {
            Profile = "invoice",
            FileName = name,
            ContentType = "application/pdf",
            ChecksumSha256 = TestFiles.Sha256([1]),
            Association = new { type = "a", id = "1" },
        })).Code.Should().BeOneOf(400, 415);

    [Fact]
    [Attack(
        "an archive whose directory lists millions of entries, or that unpacks to petabytes",
        "the application reads at most 4 MiB of the directory, and unpacks at most 256 bytes: the name of a type")]
    public async Task ArchiveBomb_IsNotUnpacked()
    {
        var bomb = Zip([.. Enumerable.Range(0, 3000).Select(number => ($"{number}.txt", 10_000))]);
        var before = GC.GetTotalAllocatedBytes();
        var grant = await UploadedAsync(
            bomb, new() { Profile = "anything", FileName = "a.zip", ContentType = "application/zip", Size = bomb.Length });
        await Client.ConfirmAsync(grant);
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(60_000_000, "thirty megabytes lie in it");

        // The end of the directory claims that there are 65,535 of them, from an offset that is not there.
        var liar = Zip(("a.txt", 10));
        liar.AsSpan(liar.Length - 14, 12).Fill(0xFF);
        var lied = await UploadedAsync(
            liar, new() { Profile = "anything", FileName = "a.zip", ContentType = "application/zip", Size = liar.Length });
        (await Client.ConfirmAsync(lied)).Code.Should().BeOneOf(200, 202, 422);
    }

    [Fact]
    [Attack(
        "bytes that were changed in transit, or at storage, under the declared checksum",
        "storage refuses them; otherwise the verified checksum differs")]
    public async Task Content_OtherThanTheChecksum_IsRefused()
    {
        var promised = TestFiles.Png(filler: 1);
        var grant = await Client.GrantAsync(TestUploadRequest.FromPicture(promised) with { ChecksumSha256 = TestFiles.Sha256(promised) });

        (await StorageClient.UploadAsync(grant, TestFiles.Png(filler: 2))).ShouldBe(400);
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "not-uploaded");
    }

    private async Task RejectedAsync(string name, string type, byte[] bytes)
    {
        var grant = await UploadedAsync(bytes, new() { Profile = "shown", FileName = name, ContentType = type, Size = bytes.Length });
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(422, "mismatch");
        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    private async Task<ApiResponse> ServedAsync(string name, string type, byte[] bytes)
    {
        var grant = await ReadyAsync(bytes, new() { Profile = "shown", FileName = name, ContentType = type, Size = bytes.Length });
        return (await Client.ContentAsync(grant)).ShouldBe(200);
    }

    private static byte[] Zip(params (string Name, int Size)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, size) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[size]);
            }
        }

        return bytes.ToArray();
    }
}
