namespace DirectUpload.S3Conformance.Suites;

/// <summary>An object's access control list, in a bucket that has them enabled.</summary>
public abstract class AccessControlLists(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";

    [Fact]
    public async Task A_new_object_s_ACL_grants_its_owner_full_control()
    {
        await Store();
        Expect(await Grants(), "owner FULL_CONTROL");
    }

    [Fact]
    public async Task A_public_object_s_ACL_grants_read_to_all_users()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        Expect(await Grants(), "AllUsers READ, owner FULL_CONTROL");
    }

    [Fact]
    public async Task A_canned_ACL_is_set_by_name()
    {
        await Store();
        Expect($"{await SetAcl("public-read")}, {await Grants()}", "200, AllUsers READ, owner FULL_CONTROL");
    }

    [Theory]
    [InlineData("public-read-write", "AllUsers READ, AllUsers WRITE, owner FULL_CONTROL")]
    [InlineData("authenticated-read", "AuthenticatedUsers READ, owner FULL_CONTROL")]
    [InlineData("bucket-owner-full-control", "owner FULL_CONTROL")]
    [InlineData("bucket-owner-read", "owner FULL_CONTROL")]
    public async Task A_canned_ACL_is_returned_as_grants(string acl, string aws)
    {
        await Store();
        await SetAcl(acl);
        Expect(await Grants(), aws, of: acl);
    }

    [Fact]
    public async Task A_public_object_allows_unsigned_reads()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        var answer = await Send(Get());
        Expect($"{answer}, {((int)answer.Status == 200 ? answer.Text : "nothing")}", "200, hello");
    }

    [Fact]
    public async Task A_private_object_needs_signed_reads()
    {
        await Store();
        Expect($"{await Send(Get())}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_private_object_becomes_public_by_its_ACL()
    {
        await Store();
        await SetAcl("public-read");
        Expect($"{await Send(Get())}", "200");
    }

    [Fact]
    public async Task A_public_object_becomes_private_by_its_ACL()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        await SetAcl("private");
        Expect($"{await Send(Get())}, {await Grants()}", "403 AccessDenied, owner FULL_CONTROL");
    }

    [Fact]
    public async Task A_public_object_needs_signed_writes()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read-write"));
        Expect(await SendAndRead(Put("changed")), "403 AccessDenied, hello");
    }

    [Fact]
    public async Task A_copy_of_a_public_object_is_private()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        var copy = WireRequest.ForObject("PUT", Bucket, Key + "-copy");
        await SendAuthorized(copy.WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}"));
        Expect($"{await Send(copy with { Method = "GET" })}", "403 AccessDenied");
    }

    [Fact]
    public async Task Grants_can_be_read_and_written_back()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        var policy = (await SendAuthorized(Acls("GET"))).Text;
        await SetAcl("private");
        var put = await SendAuthorized(Acls("PUT").WithBody(policy).WithContentMd5());
        Expect($"{put}, {await Grants()}", "200, AllUsers READ, owner FULL_CONTROL");
    }

    [Fact]
    public async Task An_unknown_canned_ACL_is_refused()
    {
        await Store();
        Expect($"{await SetAcl("public")}", "400 InvalidArgument");
    }

    [Fact]
    public async Task An_object_with_an_unknown_canned_ACL_is_not_stored() =>
        Expect(await SendAndRead(Signer.Authorize(Put().WithHeader("x-amz-acl", "public"))), "400 InvalidArgument, nothing");

    [Fact]
    public async Task An_empty_ACL_is_refused()
    {
        await Store();
        Expect($"{await SendAuthorized(Acls("PUT"))}", "400 MissingSecurityHeader");
    }

    [Fact]
    public async Task An_ACL_with_both_name_and_grants_is_refused()
    {
        await Store();
        var policy = (await SendAuthorized(Acls("GET"))).Text;
        var both = Acls("PUT").WithBody(policy).WithContentMd5().WithHeader("x-amz-acl", "private");
        Expect($"{await SendAuthorized(both)}", "400 UnexpectedContent");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task The_ACL_of_a_missing_object_returns_404(string method) =>
        Expect($"{await (method == "PUT" ? SetAcl("private") : SendAuthorized(Acls("GET")))}", "404 NoSuchKey", of: method);

    [Fact]
    public async Task Reading_an_ACL_needs_a_signature()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        Expect($"{await Send(Acls("GET"))}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_form_field_makes_the_object_public()
    {
        await Send(new PostForm(Signer, Bucket).With("key", Key).With("acl", "public-read").Build());
        Expect($"{await Send(Get())}", "200");
    }

    private WireRequest Acls(string method) => WireRequest.ForObject(method, Bucket, Key).WithQuery("acl", "");

    private Task<WireResponse> SetAcl(string canned) => SendAuthorized(Acls("PUT").WithHeader("x-amz-acl", canned));

    /// <summary>"AllUsers READ, owner FULL_CONTROL", sorted.</summary>
    private async Task<string> Grants()
    {
        var answer = await SendAuthorized(Acls("GET"));
        var list = answer.Text[Math.Max(0, answer.Text.IndexOf("<AccessControlList>", StringComparison.Ordinal))..];
        var grants = list.Split("</Grant>").SkipLast(1).Select(grant => (answer with { Body = System.Text.Encoding.UTF8.GetBytes(grant) }))
            .Select(grant => $"{Who(grant)} {grant.GetElement("Permission")}");
        return string.Join(", ", grants.Order(StringComparer.Ordinal));

        string Who(WireResponse grant) => grant.GetElement("URI")?.Replace(AllUsers[..^8], "", StringComparison.Ordinal)
            ?? (grant.GetElement("ID") == answer.GetElement("ID") ? "owner" : "another");
    }
}
