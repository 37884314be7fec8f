using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Contract;

public sealed class ExamplesPageTests
{
    /// <summary>With MODERATO_WRITE_EXAMPLES=1 the page is written instead.</summary>
    [Fact]
    public async Task ThePageOfExamplesIsWhatTheDocumentSays()
    {
        var file = Path.Combine(Repository.Root, "functions", "Contract", "EXAMPLES.md");
        if (Environment.GetEnvironmentVariable("MODERATO_WRITE_EXAMPLES") == "1")
            await File.WriteAllTextAsync(file, ExamplesPage.Write());
        Assert.Equal(ExamplesPage.Write(), await File.ReadAllTextAsync(file));
    }
}
