using Moderato.Scoring;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("Questo negozio è una vera truffa, non comprate mai qui", "QUESTO NEGOZIO È UNA VERA TRUFFA!!! Non comprate mai qui 😡")]
    [InlineData("Questo negozio e' una vera truffa non comprate mai qui", "Questo negozio è una vera truffa, non comprate maiii qui")]
    [InlineData("guardate https://soldi.example/a", "Guardate!! https://soldi.example/b")]
    [InlineData("Questo negozio è una vera truffa, non comprate mai qui", "Questo negozio è una vera truffa, non comprate più qui")]
    public void NearlyTheSameIsNear(string one, string other) => Assert.True(Near(one, other));

    [Theory]
    [InlineData("Questo negozio è una vera truffa, non comprate mai qui", "Questo ristorante è una vera meraviglia, tornate sempre qui")]
    [InlineData("A che ora aprite domani mattina?", "A che ora chiudete questa sera?")]
    [InlineData("Bellissimo!!!", "Bellissimo!!!")]
    public void OtherThingsAreFar(string one, string other) => Assert.False(Near(one, other));

    [Theory]
    [InlineData("")]
    [InlineData("Bellissimo!!!")]
    [InlineData("grazie mille davvero")]
    [InlineData("🤡🤡🤡🤡🤡")]
    public void OfShortTextsNothingIsSaid(string text) => Assert.Equal(0UL, Fingerprint.Of(text));

    [Fact]
    public void UnrelatedCommentsAreHardlyEverNear()
    {
        var texts = File.ReadLines(Path.Combine(Repository.Root, "infra", "model", "data", "comments.tsv")).Skip(1).Select(line => line.Split('\t')[5]).Where((_, i) => i % 4 == 0).ToList();
        var prints = texts.Select(Fingerprint.Of).Where(p => p != 0).ToList();
        Assert.InRange(prints.Count, 800, texts.Count);
        var near = 0;
        for (var i = 0; i < prints.Count; i++)
        {
            for (var j = 0; j < i; j++)
                near += Fingerprint.AreNear(prints[i], prints[j]) ? 1 : 0;
        }
        Assert.InRange(near, 0, 5); // of about half a million pairs
    }

    private static bool Near(string one, string other) => Fingerprint.AreNear(Fingerprint.Of(one), Fingerprint.Of(other));
}
