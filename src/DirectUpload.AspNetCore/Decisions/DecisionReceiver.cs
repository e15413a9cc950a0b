using System.Buffers;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Decisions;

/// <summary>Receives the signed decisions of one processor.</summary>
internal sealed class DecisionReceiver(string processor, IReadOnlyList<WebhookVerifier> verifiers)
{
    private const int MaxKiB = 16;

    private static readonly string MustBeDecision =
        "Send {\"uploadId\": \"…\", \"decision\": \"accept\"}, or {\"uploadId\": \"…\", \"decision\": \"reject\", \"code\": \"…\", "
        + "\"detail\": \"…\"} with a code of lower-case letters, digits and hyphens and a detail of at most 1,000 characters.";

    public async Task<IResult> ReceiveAsync(HttpContext context, IDirectUploadService uploads)
    {
        var (received, fault) = await JsonBodyReader.ReceiveAsync(
            context.Request, MaxKiB, BodyMemoryBudget.Unauthenticated, context.RequestAborted).ConfigureAwait(false);
        if (received is null)
            return Problems.From(fault!);
        using (received)
        {
            var bytes = received.Sequence.ToArray();
            if (!verifiers.Any(verifier => verifier.Verify(context.Request.Headers, bytes)))
                return Problems.SignatureInvalid();
            var (body, invalid) = JsonBodyReader.Parse(received.Sequence, ContractJson.Default.DecisionBody);
            if (body is null)
                return Problems.From(invalid!);
            if (body.ToResult() is not { } result || body.UploadId is null)
                return Problems.InvalidRequest(MustBeDecision);
            if (!UploadId.TryParse(body.UploadId, out var id))
                return Problems.NotFound();
            var decided = await uploads.CompleteProcessingAsync(
                id, processor, result, body.DecidedBy, context.RequestAborted).ConfigureAwait(false);
            return decided.Succeeded ? Results.NoContent() : Problems.From(decided.Error);
        }
    }
}
