using System.IO.Compression;
using System.Text;
using DirectUpload.AspNetCore;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Files that are not what they are called, or two things at once.</summary>
public sealed class FileContents(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    private const string Script = "<script>alert(document.domain)</script>";

    protected override HostChoices Choices => new()
    {
        Map = app => app.MapDirectUploads("/uploads", options => options.Content = ContentDelivery.Proxy).AllowAnonymous(),
    };

    [Theory]
    [InlineData("<!doctype html>" + Script)]
    [InlineData("\uFEFF  \r\n<HTML>" + Script)]
    [InlineData("<!-- a comment --><html>" + Script)]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\">" + Script + "</svg>")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [Attack("a page or an SVG with script, called a picture", "the bytes are looked at: they are not the type that was claimed")]
    public Task Pages_as_pictures(string text) => RejectedAsync("a.png", "image/png", Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("a.pdf", "application/pdf")]
    [InlineData("a.txt", "text/plain")]
    [InlineData("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.jpg", "image/jpeg")]
    [Attack("a program, called a document or a picture", "its first bytes say what it is")]
    public Task Programs_as_documents(string name, string type) => RejectedAsync(name, type, Bytes.Program());

    [Fact]
    [Attack("a picture that is a script as well (GIF/JavaScript)", "whatever else it is, it is served as the picture that it was verified to be, never sniffed; and a page that wants a script gets none from it")]
    public async Task Gif_and_script()
    {
        var answer = await ServedAsync("a.gif", "image/gif", [.. "GIF89a/*"u8, .. new byte[100], .. "*/=1;alert(1)"u8]);

        answer.Header("content-type").Should().Be("image/gif");
        answer.Header("x-content-type-options").Should().Be("nosniff");
    }

    [Fact]
    [Attack("a PDF that is a page as well", "it is served as a PDF, never sniffed; what begins as a page is rejected")]
    public async Task Pdf_and_page()
    {
        var answer = await ServedAsync("a.pdf", "application/pdf", Encoding.UTF8.GetBytes("%PDF-1.7\n" + Script + "<html></html>\n%%EOF"));
        (answer.Header("content-type"), answer.Header("x-content-type-options")).Should().Be(("application/pdf", "nosniff"));
        await RejectedAsync("a.pdf", "application/pdf", Encoding.UTF8.GetBytes("<html>" + Script + "</html>\n%PDF-1.7\n"));
    }

    [Fact]
    [Attack("an archive behind a picture (JPEG/ZIP), to be unpacked by somebody", "it is served as a picture, and as an archive it is not taken for one")]
    public async Task Jpeg_and_zip()
    {
        byte[] both = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. new byte[50], .. Zip(("evil.exe", 100))];
        (await ServedAsync("a.jpg", "image/jpeg", both)).Header("content-type").Should().Be("image/jpeg");
        await RejectedAsync("a.png", "image/png", Zip(("evil.exe", 100)));
    }

    [Theory]
    [InlineData("page.html", "text/html", "<html>" + Script)]
    [InlineData("a.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\">" + Script + "</svg>")]
    [InlineData("a.xhtml", "application/xhtml+xml", "<html xmlns=\"http://www.w3.org/1999/xhtml\">" + Script + "</html>")]
    [InlineData("a.xml", "text/xml", "<?xml version=\"1.0\"?><a/>")]
    [InlineData("a.js", "text/javascript", "alert(1)")]
    [InlineData("a.mjs", "application/javascript", "alert(1)")]
    [Attack("a page, an SVG or a script that is taken as such, opened from the application's own address", "what can carry script is downloaded whatever the profile says, in a sandbox, never sniffed")]
    public async Task Script_that_is_served(string name, string type, string text)
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
    [Attack("an ending that is not the type's", "a profile names the endings that it takes")]
    public async Task Endings_that_disagree(string name) =>
        (await Client.RequestAsync(new Wanted
        {
            Profile = "invoice",
            FileName = name,
            ContentType = "application/pdf",
            ChecksumSha256 = Bytes.Sha256([1]),
            Association = new { type = "a", id = "1" },
        })).Code.Should().BeOneOf(400, 415);

    [Fact]
    [Attack("an archive whose directory claims millions of entries, or unpacks to petabytes", "of an archive only the directory's beginning is read, nothing is ever unpacked")]
    public async Task Archive_bombs()
    {
        var bomb = Zip([.. Enumerable.Range(0, 3000).Select(number => ($"{number}.txt", 10_000))]);
        var before = GC.GetTotalAllocatedBytes();
        var grant = await UploadedAsync(bomb, new() { Profile = "anything", FileName = "a.zip", ContentType = "application/zip", Size = bomb.Length });
        await Client.ConfirmAsync(grant);
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(60_000_000, "thirty megabytes lie in it");

        // The end of the directory claims that there are 65,535 of them, from an offset that is not there.
        var liar = Zip(("a.txt", 10));
        liar.AsSpan(liar.Length - 14, 12).Fill(0xFF);
        var lied = await UploadedAsync(liar, new() { Profile = "anything", FileName = "a.zip", ContentType = "application/zip", Size = liar.Length });
        (await Client.ConfirmAsync(lied)).Code.Should().BeOneOf(200, 202, 422);
    }

    [Fact]
    [Attack("bytes that were changed on their way, or at storage, under the promised checksum", "storage refuses them; or else the verified checksum is another")]
    public async Task Changed_bytes()
    {
        var promised = Bytes.Png(filler: 1);
        var grant = await Client.GrantAsync(Wanted.PictureOf(promised) with { ChecksumSha256 = Bytes.Sha256(promised) });

        (await Browser.UploadAsync(grant, Bytes.Png(filler: 2))).ShouldBe(400);
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "not-uploaded");
    }

    private async Task RejectedAsync(string name, string type, byte[] bytes)
    {
        var grant = await UploadedAsync(bytes, new() { Profile = "shown", FileName = name, ContentType = type, Size = bytes.Length });
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(422, "mismatch");
        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    private async Task<Answer> ServedAsync(string name, string type, byte[] bytes)
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
