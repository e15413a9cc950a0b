namespace DirectUpload.Architecture.Tests;

public sealed class BannedWordTests
{
    [Fact]
    public void Texts_HoldNoBannedWord()
    {
        var found = BannedWordRules.FindAll().ToList();

        // Read the whole list from this file when there are many.
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_BANNED_WORDS") is { Length: > 0 } list)
            File.WriteAllLines(list, found);
        found.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Whoever has the token", "Whoever")]
    [InlineData("the worker tells each handler", "tells")]
    [InlineData("/// <summary>This is said once.</summary>", "is said once")]
    [InlineData("var observerName = 1;", "observer")]
    [InlineData("bool IsSettled { get; }", "Settled")]
    [InlineData("void ToldSteps() { }", "Told")]
    [InlineData("UPLOAD_OUTAGE", "OUTAGE")]
    [InlineData("FinalisationMode", "Finalisation")]
    [InlineData("string Behaviour", "Behaviour")]
    [InlineData("the request was cancelled", "cancelled")]
    [InlineData("Not authorised", "authorised")]
    public void Find_BannedWord_IsReported(string text, string word) =>
        BannedWordRules.Find("a.md", text).Should().Equal($"a.md(1): {word}");

    [Theory]
    [InlineData("a cancellation token, canceled")]
    [InlineData("Save the file for later")]
    [InlineData("retold, stellar, toldark")]
    [InlineData("authorize, finalize, behavior")]
    [InlineData("optimistic concurrency")]
    [InlineData("using System.Collections.Frozen; FrozenDictionary, ToFrozenSet()")]
    [InlineData("https://example.com/behaviour")]
    public void Find_PlainEnglish_None(string text) => BannedWordRules.Find("a.md", text).Should().BeEmpty();
}
