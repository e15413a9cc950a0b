using System.Text;
using CsCheck;
using DirectUpload.DynamoDB.Records;

namespace DirectUpload.DynamoDB.Tests;

public sealed class IndexKeysTests
{
    private static readonly string[] SeparatorTexts = ["", "/", "=", "-0", "#", "a", "a/", "/=a", "%2F", "a/=b", "-", "=-0"];

    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.Int[0, SeparatorTexts.Length - 1].Select(at => SeparatorTexts[at]), Gen.String[Gen.Char["a/=-#%0:é"], 0, 6],
        Gen.String[Gen.Char['\u0001', '\uD7FF'], 0, 3000]);

    private static readonly Gen<(string Profile, string? Owner)> ProfilesAndOwners = Gen.Select(Names, Names.Null());

    [Fact]
    public void Keys_DifferentOwners_NeverOverlap() => Gen.Select(ProfilesAndOwners, ProfilesAndOwners).Sample(
        (one, another) =>
        {
            var lists = IndexKeys.GetOwnerLists(one.Owner, 8).Intersect(IndexKeys.GetOwnerLists(another.Owner, 8));
            var counts = IndexKeys.GetPendingKeys(one.Profile, one.Owner, 8)
                .Intersect(IndexKeys.GetPendingKeys(another.Profile, another.Owner, 8));
            return lists.Any() == (one.Owner == another.Owner) && counts.Any() == (one == another);
        },
        iter: 20_000);

    [Theory]
    [InlineData("/=")]
    [InlineData("/-")]
    [InlineData("/")]
    public void Keys_NamesWithSeparators_NeverOverlap(string separator) => Gen.Select(Names, Names, Names).Sample(
        (one, two, three) => !IndexKeys.GetPendingKeys(one, two + separator + three, 8)
            .Intersect(IndexKeys.GetPendingKeys(one + separator + two, three, 8)).Any(),
        iter: 2_000);

    [Fact]
    public void Keys_DifferentAssociations_NeverOverlap() => Gen.Select(Names, Names, Names, Names).Sample(
        (type, id, otherType, otherId) =>
            IndexKeys.GetAssociationList(new(type, id)) == IndexKeys.GetAssociationList(new(otherType, otherId)) ==
                ((type, id) == (otherType, otherId)),
        iter: 20_000);

    [Theory]
    [InlineData("/")]
    [InlineData("#")]
    [InlineData("%2F")]
    public void Keys_AssociationsWithSeparators_NeverOverlap(string separator) => Gen.Select(Names, Names, Names).Sample(
        (one, two, three) => IndexKeys.GetAssociationList(new(one, two + separator + three))
            != IndexKeys.GetAssociationList(new(one + separator + two, three)),
        iter: 2_000);

    [Fact]
    public void Keys_AreWithinDynamoDBLimits() => ProfilesAndOwners.Sample(
        one => IndexKeys.GetOwnerLists(one.Owner, 200).Concat(IndexKeys.GetPendingKeys(one.Profile, one.Owner, 200))
            .Append(IndexKeys.GetAssociationList(new(one.Profile, one.Owner ?? "")))
            .All(key => Encoding.UTF8.GetByteCount(key) is > 0 and <= 2048),
        iter: 200);

    [Fact]
    public void Keys_OfARecord_AreAmongTheQueriedKeys() => Gen.Select(ProfilesAndOwners, Gen.Int[1, 200]).Sample(
        (one, shards) =>
        {
            var record = TestData.CreateRecord() with { Profile = one.Profile, Owner = one.Owner };
            return IndexKeys.GetOwnerLists(one.Owner, shards).Contains(IndexKeys.GetOwnerList(record, shards))
                && IndexKeys.GetPendingKeys(one.Profile, one.Owner, shards).Contains(IndexKeys.GetPendingKey(record, shards))
                && IndexKeys.GetShard(record.Id, shards) is var shard && shard >= 0 && shard < shards;
        },
        iter: 2_000);
}
