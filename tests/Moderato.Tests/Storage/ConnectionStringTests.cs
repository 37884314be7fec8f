using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://storage.local;", "http://storage.local:10002/devstoreaccount1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=moderato;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://moderato.table.core.windows.net/")]
    [InlineData("AccountName=moderato;AccountKey=a2V5", "https://moderato.table.core.windows.net/")]
    [InlineData("defaultendpointsprotocol=http;accountname=moderato;accountkey=a2V5;endpointsuffix=core.chinacloudapi.cn", "http://moderato.table.core.chinacloudapi.cn/")]
    [InlineData("AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:777/a/;QueueEndpoint=http://127.0.0.1:778/a;", "http://127.0.0.1:777/a")]
    public void ItSaysWhereTheTablesAre(string connectionString, string endpoint)
    {
        Assert.Equal(endpoint, new TableServiceClient(connectionString).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("AccountName=a", "AccountKey is missing")]
    [InlineData("AccountKey=a2V5", "AccountName is missing")]
    [InlineData("AccountName=a;AccountKey=secret!", "AccountKey is not base64")]
    [InlineData("AccountName=a;AccountKey=a2V5;nonsense", "part 3 is not of the form name=value")]
    [InlineData("AccountName=a;AccountKey=a2V5;AccountName=b", "AccountName is there twice")]
    [InlineData("AccountName=a;AccountKey=a2V5;TableEndpoint=ftp://a", "TableEndpoint is not an absolute http or https address")]
    [InlineData("AccountName=a;AccountKey=a2V5;DefaultEndpointsProtocol=ftp", "DefaultEndpointsProtocol is neither http nor https")]
    [InlineData("AccountName=a b;AccountKey=a2V5", "The address made from AccountName and EndpointSuffix is not an absolute http or https address")]
    [InlineData("TableEndpoint=https://a;SharedAccessSignature=sv=1", "SharedAccessSignature is not supported; use a key or a managed identity")]
    [InlineData("UseDevelopmentStorage=yes", "UseDevelopmentStorage can only be true")]
    public void WhatIsWrongIsSaid(string connectionString, string problem)
    {
        var e = Assert.Throws<FormatException>(() => new TableServiceClient(connectionString));

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingThatIsWrongIsSaidAtOnce()
    {
        var e = Assert.Throws<FormatException>(
            () => new TableServiceClient("AccountKey=not base64!;TableEndpoint=nowhere;SharedAccessSignature=sv=1;x"));

        Assert.Equal(
            "The storage connection string cannot be used: part 4 is not of the form name=value; AccountName is missing; "
            + "AccountKey is not base64; SharedAccessSignature is not supported; use a key or a managed identity; "
            + "TableEndpoint is not an absolute http or https address.",
            e.Message);
    }

    [Fact]
    public async Task TheEmulatorsConnectionStringReachesIt()
    {
        var azurite = await Azurite.SharedAsync();

        Assert.Equal(azurite.TableEndpoint, new TableServiceClient(azurite.ConnectionString).Uri);
    }
}
