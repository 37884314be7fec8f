using System.Globalization;
using Moderato.Storage.Tables;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class QueryFilterTests
{
    public static TheoryData<object, string> Literals() => new()
    {
        { "", "''" },
        { "l'amore", "'l''amore'" },
        { "' or PartitionKey ne '", "''' or PartitionKey ne '''" },
        { "{0}", "'{0}'" },
        { 42, "42" },
        { -1L, "-1L" },
        { 0.5, "0.5" },
        { 1.0, "1.0" },
        { 1e20, "1E+20" },
        { true, "true" },
        { false, "false" },
        { new DateTimeOffset(2026, 7, 1, 14, 0, 0, TimeSpan.FromHours(2)), "datetime'2026-07-01T12:00:00.0000000Z'" },
        { new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc), "datetime'2026-07-01T12:00:00.0000000Z'" },
        { Guid.Parse("7f3b9b5e-52f3-4f6b-9b57-0d2f0c7a3a11"), "guid'7f3b9b5e-52f3-4f6b-9b57-0d2f0c7a3a11'" },
        { new byte[] { 0, 171 }, "X'00ab'" },
    };

    [Theory]
    [MemberData(nameof(Literals))]
    public void AValueIsTypedAndEscaped(object value, string literal)
    {
        Assert.Equal($"A eq {literal}", TableClient.CreateQueryFilter($"A eq {value}"));
    }

    [Fact]
    public void TheMachinesCultureChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("it-IT");
        try
        {
            Assert.Equal("A gt 1234.5 and B lt -7", TableClient.CreateQueryFilter($"A gt {1234.5} and B lt {-7}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AValueThatNoFilterCanHoldIsRefused()
    {
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {null}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {12.5m}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {double.NaN}"));
    }
}
