namespace DirectUpload.Browser.Tests.Client;

/// <summary>What the page shows of an upload.</summary>
internal sealed record UploadView(
    string? Id, string State, long Loaded, long Total, double Fraction, ErrorView? Error, RecordView? Record, bool Resumed, bool IsRetrying,
    string Sha256);

internal sealed record ErrorView(string Code, string Message, string? Detail, bool CanRetry, string Source);

internal sealed record RecordView(string Id, string Status, string FileName, string ContentType, long Size);

/// <summary>A file that the page generates: its bytes follow from the seed, unless a text is given.</summary>
internal sealed record GeneratedFile(string Name, int Size = 0, string Type = "", int Seed = 0, string? Text = null, string? Path = null);
