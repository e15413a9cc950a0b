using System.Collections.Frozen;
using DirectUpload.Profiles;
using DirectUpload.Stores;
using static DirectUpload.Processing.Inspection.FileFormats;

namespace DirectUpload.Processing.Inspection;

/// <summary>Decides which content type an upload has: the bytes decide, among the types that the profile accepts.</summary>
/// <remarks>
/// A declared type that fits the bytes stays, by its canonical name. Content of another recognized type gets that type. Programs, scripts
/// and markup never get another type than they were declared with, and content of a type that no pattern matches is rejected.
/// </remarks>
/// <param name="record">The record of the upload.</param>
/// <param name="profile">The profile of the upload.</param>
/// <param name="inspect">Compares the bytes with a type.</param>
internal sealed class ContentTypeDecision(UploadRecord record, UploadProfile profile, Func<string, InspectionResult> inspect)
{
    /// <summary>The types whose content a program, browser or server may execute, and XML, which may be any of several formats.</summary>
    internal static readonly FrozenSet<string> NeverAssumed = new[]
    {
        Docm, Xlsm, Xlsb, Pptm, Installer, WindowsProgram, WindowsShortcut, Elf, MachO, WebAssembly, Shell, JavaScript, Php, ServerPage,
        Html, HtmlFragment, Svg, Xml,
    }.Select(format => MediaTypes.Canonicalize(format.MediaType)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly string _declared = MediaTypes.Canonicalize(record.DeclaredContentType ?? record.ContentType);

    /// <summary>Decides on the content type.</summary>
    /// <param name="rejection">Why the content is rejected; null when it is accepted.</param>
    /// <returns>The canonical type; null when the content is rejected.</returns>
    public string? Decide(out string? rejection)
    {
        var inspection = inspect(record.DeclaredContentType ?? record.ContentType);
        var found = inspection.DetectedType is { } type ? MediaTypes.Canonicalize(type) : null;
        var decided = MediaTypes.IsGeneric(_declared) ? DecideUndeclared(found) : DecideDeclared(inspection, found);
        rejection = decided is null ? inspection.Detail ?? DescribeRefusal(found) : null;
        return decided;
    }

    private string? DecideUndeclared(string? found)
    {
        // Stays without a type, and is only served as an attachment.
        if (found is not null && NeverAssumed.Contains(found) && IsGenericAllowedFor(found))
            return MediaTypeTable.Generic;
        var byName = MediaTypes.FindByFileName(record.FileName);
        if (FindAccepted([byName, found, .. SharedTypeNames.Find(found ?? string.Empty, record.FileName)]) is { } decided)
            return decided;
        return IsGenericAllowedFor(found) ? MediaTypeTable.Generic : FindAccepted(["text/plain"]);
    }

    private string? DecideDeclared(InspectionResult inspection, string? found)
    {
        var fits = inspection.Accepted && IsAllowed(_declared);
        if (fits && IsInspected(_declared))
            return _declared;
        // A recognized container may be the basis of a type that this library does not recognize.
        if (fits && found is not null && ContainerTypes.Contains(found) && (IsNamed(_declared) || IsAllowed(found)))
            return _declared;
        var shared = SharedTypeNames.Find(_declared, record.FileName);
        if (found is not null && NeverAssumed.Contains(found))
            return FindAccepted(shared.Where(MediaTypes.IsText));
        var byName = MediaTypes.FindByFileName(record.FileName) is { } type && MediaTypes.IsRecognized(type) ? type : null;
        // Unrecognized content keeps an unrecognized declared type, which is only served as an attachment.
        return FindAccepted([.. shared, byName, found]) ?? (fits && found is null ? _declared : null);
    }

    // Only a type whose content the inspector checks can be decided on.
    private static bool IsInspected(string type) =>
        SignedTypes.FindFormats(type) is not null || TextTypes.FindAllowedFormats(type) is not null;

    private string? FindAccepted(IEnumerable<string?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate is not null && IsInspected(candidate) && IsAllowed(candidate) && HasAllowedExtension(candidate)
                && inspect(candidate).Accepted)
                return candidate;
        }

        return null;
    }

    private bool IsAllowed(string type) =>
        MediaType.MatchesAny(profile.ContentTypes, type)
        && (record.AllowedContentTypes.Count == 0 || MediaType.MatchesAny(record.AllowedContentTypes, type));

    // A wildcard such as application/* takes the generic type, but says nothing about a recognized format of another kind.
    private bool IsGenericAllowedFor(string? found) =>
        IsAllowed(MediaTypeTable.Generic) && (found is null || IsNamed(MediaTypeTable.Generic) || IsAllowed(found));

    private bool IsNamed(string type) =>
        IsAllowed(type) && profile.ContentTypes.Any(pattern => !MediaType.IsWildcard(pattern) && MediaType.Matches(pattern, type));

    private bool HasAllowedExtension(string type) =>
        profile.Extensions.Count == 0 || ContentFileName.GetExtensions(record.FileName, type).Any(
            extension => profile.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    private string DescribeRefusal(string? found) => found is null
        ? $"The type of the uploaded file was not recognized; the profile accepts: {string.Join(", ", profile.ContentTypes)}."
        : $"The uploaded file is {found}, which the profile does not accept; allowed: {string.Join(", ", profile.ContentTypes)}.";
}
