namespace DirectUpload.Primitives;

/// <summary>The sentences that more than one package sends to clients. Packages that need them share this file.</summary>
internal static class ErrorMessages
{
    /// <summary>The message for an unknown id and for a wrong token, so that callers cannot distinguish the two.</summary>
    public const string NotFound = "There is no such upload, or the token is not one of its tokens.";
}
