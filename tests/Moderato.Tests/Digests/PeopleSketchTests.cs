using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class PeopleSketchTests
{
    private static readonly Arbitrary<int[]> People = Gen.Choose(1, 900).ArrayOf().ToArbitrary();

    [Fact]
    public void FewPeopleAreCountedExactlyHoweverOftenTheyWrite() => Prop.ForAll(Gen.Choose(1, 200).ArrayOf().ToArbitrary(), people =>
    {
        Assert.Equal(people.Distinct().Count(), Sketch(people).Count);
        Assert.Equal(Sketch(people), Sketch(people.Concat(people).Reverse()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheSketchOfSeveralHoursIsTheSketchOfAllTheirPeople() => Prop.ForAll(People, People, (one, other) =>
    {
        Assert.Equal(Sketch(one.Concat(other)), PeopleSketch.Union([Sketch(one), Sketch(other)]));
        Assert.Equal(Sketch(one), PeopleSketch.Union([Sketch(one), Sketch(one), PeopleSketch.Empty]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(255)]
    [InlineData(300)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void ManyPeopleAreCountedToWithinAFifth(int people) => // 6 % standard error: a fifth is more than three of them
        Assert.InRange(Sketch(Enumerable.Range(0, people)).Count, people * 0.8, people * 1.2);

    [Fact]
    public void ASketchIsSmallAndReadsBack()
    {
        var sketch = Sketch(Enumerable.Range(0, 10_000));
        Assert.InRange(sketch.ToString().Length, 1, 2_732);
        Assert.Equal(sketch, PeopleSketch.Parse(sketch.ToString()));
        Assert.Equal(PeopleSketch.Empty, PeopleSketch.Parse(""));
        Assert.Throws<FormatException>(() => PeopleSketch.Parse("AAAA"));
    }

    [Fact]
    public void OnePersonHasAnotherHashInEveryCommunityAndOnEveryPlatform()
    {
        var (demo, other) = (CommunityId.Parse("demo"), CommunityId.Parse("other"));
        var (facebook, instagram) = (PlatformId.Parse("facebook"), PlatformId.Parse("instagram"));
        ulong[] hashes =
        [
            PeopleSketch.HashOf(demo, facebook, "anna"), PeopleSketch.HashOf(other, facebook, "anna"), PeopleSketch.HashOf(demo, instagram, "anna"),
            PeopleSketch.HashOf(demo, facebook, null), PeopleSketch.HashOf(demo, facebook, "bruno"),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    private static PeopleSketch Sketch(IEnumerable<int> people) =>
        PeopleSketch.Of(people.Select(p => PeopleSketch.HashOf(CommunityId.Parse("demo"), PlatformId.Parse("facebook"), $"{p}")));
}
