namespace DirectUpload.Health;

/// <summary>Describes a component that does not work.</summary>
/// <param name="Component"><c>store</c>, <c>worker</c>, <c>records</c> (some cannot be read), or <c>bucket NAME</c>.</param>
/// <param name="Detail">The problem and its solution.</param>
/// <param name="Exception">The exception that the check threw; null for none.</param>
/// <param name="IsDegradation">Whether uploads still work, later or with less than the profiles ask for.</param>
internal sealed record UploadHealthIssue(string Component, string Detail, Exception? Exception, bool IsDegradation = false);
