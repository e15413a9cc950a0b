namespace DirectUpload.S3Conformance;

/// <summary>An object's access control list, in a bucket that has them enabled.</summary>
public abstract class Acl(S3ServerFixture server) : Suite(server)
{
    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";

    [Fact]
    public async Task A_new_object_s_acl_gives_its_owner_full_control()
    {
        await Store();
        Expect(await Grants(), "owner FULL_CONTROL");
    }

    [Fact]
    public async Task A_public_object_s_acl_gives_everybody_read()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        Expect(await Grants(), "AllUsers READ, owner FULL_CONTROL");
    }

    [Fact]
    public async Task A_canned_acl_is_put_by_its_name()
    {
        await Store();
        Expect($"{await SetAcl("public-read")}, {await Grants()}", "200, AllUsers READ, owner FULL_CONTROL");
    }

    [Theory]
    [InlineData("public-read-write", "AllUsers READ, AllUsers WRITE, owner FULL_CONTROL")]
    [InlineData("authenticated-read", "AuthenticatedUsers READ, owner FULL_CONTROL")]
    [InlineData("bucket-owner-full-control", "owner FULL_CONTROL")]
    [InlineData("bucket-owner-read", "owner FULL_CONTROL")]
    public async Task A_canned_acl_is_told_as_grants(string acl, string aws)
    {
        await Store();
        await SetAcl(acl);
        Expect(await Grants(), aws, of: acl);
    }

    [Fact]
    public async Task A_public_object_is_read_without_a_signature()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        var answer = await Send(Get());
        Expect($"{answer}, {((int)answer.Status == 200 ? answer.Text : "nothing")}", "200, hello");
    }

    [Fact]
    public async Task A_private_object_is_not_read_without_a_signature()
    {
        await Store();
        Expect($"{await Send(Get())}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_private_object_becomes_public_by_its_acl()
    {
        await Store();
        await SetAcl("public-read");
        Expect($"{await Send(Get())}", "200");
    }

    [Fact]
    public async Task A_public_object_becomes_private_by_its_acl()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        await SetAcl("private");
        Expect($"{await Send(Get())}, {await Grants()}", "403 AccessDenied, owner FULL_CONTROL");
    }

    [Fact]
    public async Task A_public_object_is_not_written_without_a_signature()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read-write"));
        Expect(await Upload(Put("changed")), "403 AccessDenied, hello");
    }

    [Fact]
    public async Task A_copy_of_a_public_object_is_private()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        var copy = WireRequest.For("PUT", Bucket, Key + "-copy");
        await SendAuthorized(copy.WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}"));
        Expect($"{await Send(copy with { Method = "GET" })}", "403 AccessDenied");
    }

    [Fact]
    public async Task Grants_that_were_read_can_be_put_again()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        var policy = (await SendAuthorized(Acls("GET"))).Text;
        await SetAcl("private");
        var put = await SendAuthorized(Acls("PUT").WithBody(policy).WithContentMd5());
        Expect($"{put}, {await Grants()}", "200, AllUsers READ, owner FULL_CONTROL");
    }

    [Fact]
    public async Task An_unknown_canned_acl_is_refused()
    {
        await Store();
        Expect($"{await SetAcl("public")}", "400 InvalidArgument");
    }

    [Fact]
    public async Task An_object_with_an_unknown_canned_acl_is_not_stored() =>
        Expect(await Upload(Signer.Authorize(Put().WithHeader("x-amz-acl", "public"))), "400 InvalidArgument, nothing");

    [Fact]
    public async Task An_acl_that_says_nothing_is_refused()
    {
        await Store();
        Expect($"{await SendAuthorized(Acls("PUT"))}", "400 MissingSecurityHeader");
    }

    [Fact]
    public async Task An_acl_by_name_and_by_grants_is_refused()
    {
        await Store();
        var policy = (await SendAuthorized(Acls("GET"))).Text;
        var both = Acls("PUT").WithBody(policy).WithContentMd5().WithHeader("x-amz-acl", "private");
        Expect($"{await SendAuthorized(both)}", "400 UnexpectedContent");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task The_acl_of_a_missing_object_is_answered_404(string method) =>
        Expect($"{await (method == "PUT" ? SetAcl("private") : SendAuthorized(Acls("GET")))}", "404 NoSuchKey", of: method);

    [Fact]
    public async Task Without_a_signature_no_acl_is_read()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        Expect($"{await Send(Acls("GET"))}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_form_s_field_makes_the_object_public()
    {
        await Send(new PostForm(Signer, Bucket).With("key", Key).With("acl", "public-read").Build());
        Expect($"{await Send(Get())}", "200");
    }

    private WireRequest Acls(string method) => WireRequest.For(method, Bucket, Key).WithQuery("acl", "");

    private Task<WireAnswer> SetAcl(string canned) => SendAuthorized(Acls("PUT").WithHeader("x-amz-acl", canned));

    /// <summary>"AllUsers READ, owner FULL_CONTROL", sorted.</summary>
    private async Task<string> Grants()
    {
        var answer = await SendAuthorized(Acls("GET"));
        var list = answer.Text[Math.Max(0, answer.Text.IndexOf("<AccessControlList>", StringComparison.Ordinal))..];
        var grants = list.Split("</Grant>").SkipLast(1).Select(grant => (answer with { Body = System.Text.Encoding.UTF8.GetBytes(grant) }))
            .Select(grant => $"{Who(grant)} {grant.Element("Permission")}");
        return string.Join(", ", grants.Order(StringComparer.Ordinal));

        string Who(WireAnswer grant) => grant.Element("URI")?.Replace(AllUsers[..^8], "", StringComparison.Ordinal)
            ?? (grant.Element("ID") == answer.Element("ID") ? "owner" : "another");
    }
}
