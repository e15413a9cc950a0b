using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Handles PostObject: the upload of a browser form that a signed policy allows.</summary>
internal static class PostObject
{
    public static async Task HandleAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var (fields, file) = await FormReader.Open(call.Request).ReadAsync(call.RequestAborted);
        var key = FormAuthorization.GetRequired(fields, "key");
        fields.ExpandFileName(file.Name);
        var policy = FormAuthorization.Authorize(fields, call.Services.Authenticator);
        policy.Validate(fields, call.Request.Bucket, call.Services.Clock.GetUtcNow());
        key = fields["key"]!;
        if (key.Length == 0)
            throw S3Errors.InvalidArgument("User key must have a length greater than 0.", "key", "");
        RequestTarget.ValidateKey(key);

        call.RequireHonored(fields.Names);
        var demands = ReadChecksum(fields);
        var attributes = ObjectAttributesReader.Read(
            name => fields[name == "x-amz-acl" ? "acl" : name], fields.GetByPrefix("x-amz-meta-"), TagSet.ParseForm(fields["tagging"]));
        await using var draft = bucket.CreateBlob();
        var summary = await ReceiveAsync(file.Content, draft, demands, policy, call.RequestAborted);
        await FormReader.SkipRestAsync(call.Request, call.RequestAborted);
        var stored = await bucket.CommitAsync(
            draft, PutObject.CreateStoredObject(key, draft, summary, attributes, call.Now()), WriteCondition.None);
        call.PublishEvent(EventName.Post, stored);
        await FormResponse.WriteAsync(call, fields, stored);
    }

    private static async Task<BodyDigests> ReceiveAsync(
        Stream content, PendingBlob draft, ExpectedDigests demands, PostPolicy policy, CancellationToken cancellationToken)
    {
        using var digests = new BodyHasher(demands.Algorithm ?? ChecksumAlgorithm.Default, demands.Algorithm);
        await BodyCopy.CopyAsync(content, draft.Stream, digests, policy.MaxLength, cancellationToken);
        if (digests.Length < policy.MinLength)
            throw S3Errors.EntityTooSmall(digests.Length, policy.MinLength);
        var summary = digests.Finish();
        demands.Verify(summary, new Dictionary<string, string>());
        return summary;
    }

    private static ExpectedDigests ReadChecksum(FormFields fields)
    {
        var sent = ChecksumAlgorithm.All.Where(a => fields[a.HeaderName] is not null).ToList();
        if (sent.Count > 1)
            throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        var value = sent.Count == 1 ? fields[sent[0].HeaderName] : null;
        if (value is not null && !sent[0].IsWellFormed(value))
            throw S3Errors.InvalidRequest($"Value for {sent[0].HeaderName} header is invalid.");
        var named = fields["x-amz-checksum-algorithm"] is { } name
            ? ChecksumAlgorithm.FindByName(name) ?? throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported.")
            : null;
        return new(ExpectedDigests.ParseMd5(fields["Content-MD5"]), null, sent.SingleOrDefault() ?? named, value, InTrailer: false);
    }
}
