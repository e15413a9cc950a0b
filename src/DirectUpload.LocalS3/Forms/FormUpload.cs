using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Forms;

/// <summary>PostObject: a browser's form, allowed by a signed policy.</summary>
internal static class FormUpload
{
    public static async Task AnswerAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var (fields, file) = await FormReader.Open(call.Request).ReadAsync(call.Aborted);
        var key = FormAuthorization.Required(fields, "key");
        fields.ExpandFileName(file.Name);
        var policy = FormAuthorization.Authorize(fields, call.Services.Authenticator);
        policy.Check(fields, call.Request.Bucket, call.Services.Clock.GetUtcNow());
        key = fields["key"]!;
        if (key.Length == 0)
            throw S3Errors.InvalidArgument("User key must have a length greater than 0.", "key", "");
        RequestTarget.CheckKey(key);

        var demands = ReadChecksum(fields);
        var attributes = AttributeReader.Read(
            name => fields[name == "x-amz-acl" ? "acl" : name], fields.StartingWith("x-amz-meta-"), TagSet.ParseForm(fields["tagging"]));
        await using var draft = bucket.NewBlob();
        var summary = await ReceiveAsync(file.Content, draft, demands, policy, call.Aborted);
        var stored = await bucket.CommitAsync(
            draft, PutObject.Describe(key, draft, summary, attributes, call.Now()), WriteCondition.None);
        call.Announce(EventName.Post, stored);
        await FormAnswer.WriteAsync(call, fields, stored);
    }

    private static async Task<BodySummary> ReceiveAsync(
        Stream content, BlobDraft draft, BodyDemands demands, PostPolicy policy, CancellationToken cancellationToken)
    {
        using var digests = new BodyDigests(demands.Algorithm ?? ChecksumAlgorithm.Default, demands.Algorithm);
        await BodyCopy.CopyAsync(content, draft.Stream, digests, policy.MaxLength, cancellationToken);
        if (digests.Length < policy.MinLength)
            throw S3Errors.EntityTooSmall(digests.Length, policy.MinLength);
        var summary = digests.Finish();
        demands.Verify(summary, new Dictionary<string, string>());
        return summary;
    }

    private static BodyDemands ReadChecksum(FormFields fields)
    {
        var sent = ChecksumAlgorithm.All.Where(a => fields[a.HeaderName] is not null).ToList();
        if (sent.Count > 1)
            throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        var value = sent.Count == 1 ? fields[sent[0].HeaderName] : null;
        if (value is not null && !sent[0].IsWellFormed(value))
            throw S3Errors.InvalidRequest($"Value for {sent[0].HeaderName} header is invalid.");
        var named = fields["x-amz-checksum-algorithm"] is { } name
            ? ChecksumAlgorithm.ByName(name) ?? throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported.")
            : null;
        return new(null, null, sent.SingleOrDefault() ?? named, value, InTrailer: false);
    }
}
