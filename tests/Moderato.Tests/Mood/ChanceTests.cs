using FsCheck;
using FsCheck.Fluent;
using Moderato.Mood;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class ChanceTests
{
    /// <summary>From tables: 1 - e^-2 (1 + 2), and 1 - e^-0.5 (1 + 0.5 + 0.125).</summary>
    [Theory]
    [InlineData(2, 2, 0.593994)]
    [InlineData(3, 0.5, 0.014388)]
    [InlineData(0, 0.5, 1)]
    [InlineData(20, 10, 0.003454)]
    public void WithoutDispersionItIsPoisson(int count, double mean, double expected) =>
        Assert.Equal(expected, Chance.OfAtLeast(count, mean, 0), 5);

    /// <summary>With size 1 the negative binomial is geometric: (mean / (1 + mean))^count.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(3, 0.2)]
    [InlineData(40, 10)]
    public void WithDispersionOneItIsGeometric(int count, double mean) =>
        Assert.Equal(Math.Pow(mean / (1 + mean), count), Chance.OfAtLeast(count, mean, 1), 9);

    [Fact]
    public void ItFallsWithTheCountRisesWithTheMeanAndIsNeverNarrowerThanPoisson() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 60).ToArbitrary(), Gen.Choose(1, 4000).ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), (count, mean, dispersion) =>
        {
            var (m, d) = (mean / 100.0, dispersion / 100.0);
            var chance = Chance.OfAtLeast(count, m, d);
            Assert.InRange(chance, 0, 1);
            Assert.True(Chance.OfAtLeast(count + 1, m, d) <= chance + 1e-12);
            Assert.True(Chance.OfAtLeast(count, m * 1.1, d) >= chance - 1e-12);
            if (count > (2 * m) + 3 && d <= 1)
                Assert.True(chance >= Chance.OfAtLeast(count, m, 0));
        }));
}
