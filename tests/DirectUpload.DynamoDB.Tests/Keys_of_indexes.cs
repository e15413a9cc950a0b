using System.Text;
using CsCheck;

namespace DirectUpload.DynamoDB.Tests;

public sealed class Keys_of_indexes
{
    private static readonly string[] Tricks = ["", "/", "=", "-0", "#", "a", "a/", "/=a", "%2F", "a/=b", "-", "=-0"];

    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.Int[0, Tricks.Length - 1].Select(at => Tricks[at]), Gen.String[Gen.Char["a/=-#%0:é"], 0, 6], Gen.String[Gen.Char['\u0001', '\uD7FF'], 0, 3000]);

    private static readonly Gen<(string Profile, string? Owner)> Owned = Gen.Select(Names, Names.Null());

    [Fact]
    public void No_owner_of_any_profile_has_anothers() => Gen.Select(Owned, Owned).Sample(
        (one, another) =>
        {
            var lists = IndexKeys.OwnerLists(one.Owner, 8).Intersect(IndexKeys.OwnerLists(another.Owner, 8));
            var counts = IndexKeys.Pendings(one.Profile, one.Owner, 8).Intersect(IndexKeys.Pendings(another.Profile, another.Owner, 8));
            return lists.Any() == (one.Owner == another.Owner) && counts.Any() == (one == another);
        },
        iter: 20_000);

    [Theory]
    [InlineData("/=")]
    [InlineData("/-")]
    [InlineData("/")]
    public void Nor_has_one_whose_name_goes_on_as_the_key_does(string separator) => Gen.Select(Names, Names, Names).Sample(
        (one, two, three) => !IndexKeys.Pendings(one, two + separator + three, 8).Intersect(IndexKeys.Pendings(one + separator + two, three, 8)).Any(),
        iter: 2_000);

    [Fact]
    public void Each_is_one_that_DynamoDB_takes() => Owned.Sample(
        one => IndexKeys.OwnerLists(one.Owner, 200).Concat(IndexKeys.Pendings(one.Profile, one.Owner, 200)).All(key => Encoding.UTF8.GetByteCount(key) is > 0 and <= 2048),
        iter: 200);

    [Fact]
    public void A_record_is_where_it_is_looked_for() => Gen.Select(Owned, Gen.Int[1, 200]).Sample(
        (one, shards) =>
        {
            var record = Some.Record() with { Profile = one.Profile, Owner = one.Owner };
            return IndexKeys.OwnerLists(one.Owner, shards).Contains(IndexKeys.OwnerList(record, shards))
                && IndexKeys.Pendings(one.Profile, one.Owner, shards).Contains(IndexKeys.Pending(record, shards))
                && IndexKeys.Shard(record.Id, shards) is var shard && shard >= 0 && shard < shards;
        },
        iter: 2_000);
}
