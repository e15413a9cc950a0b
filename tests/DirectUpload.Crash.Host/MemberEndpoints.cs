using DirectUpload.EntityFrameworkCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.Crash.Host;

/// <summary>What the application does with its members; each call can be repeated when its answer is lost.</summary>
internal static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/members/{name}", SaveAsync);
        routes.MapDelete("/members/{name}", DeleteAsync);
    }

    // how: "save" leaves the transaction to SaveChanges, "commit" and "roll back" end one of the application.
    private static async Task<IResult> SaveAsync(string name, string avatar, string photos, string how, MembersContext context)
    {
        await using var transaction = how == "save" ? null : await context.Database.BeginTransactionAsync();
        var member = await context.Members.SingleOrDefaultAsync(it => it.Name == name);
        if (member is null)
            context.Add(member = new Member { Name = name, Owner = "ada" });
        member.AvatarId = avatar.Length == 0 ? null : UploadId.Parse(avatar);
        UploadId[] ordered = [.. photos.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => UploadId.Parse(id))];
        if (!member.PhotoIds.SequenceEqual(ordered))
            member.PhotoIds = [.. ordered];
        try
        {
            await context.SaveChangesAsync();
        }
        catch (UploadAttachmentException refused)
        {
            return Results.Text(refused.Error.Code, statusCode: StatusCodes.Status409Conflict);
        }

        if (how == "commit")
            await transaction!.CommitAsync();
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(string name, MembersContext context)
    {
        if (await context.Members.SingleOrDefaultAsync(it => it.Name == name) is { } member)
        {
            context.Remove(member);
            await context.SaveChangesAsync();
        }

        return Results.NoContent();
    }
}
