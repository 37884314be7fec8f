using Moderato.Scoring;

namespace Moderato.Tests.Scoring;

/// <summary>Small models whose weights a test knows.</summary>
public static class SomeModel
{
    public static readonly FeatureParameters Small = FeatureParameters.Default with { BucketBits = 12 };

    public static LinearModel Of(Vocabulary? vocabulary = null, params Head[] heads)
    {
        if (heads.Length == 0) heads = [Choice("sentiment", "negative", "neutral", "positive")];
        var columns = heads.Sum(head => head.Labels.Count);
        return new LinearModel(
            "test", Small, vocabulary ?? Vocabulary.Empty, heads,
            new float[columns], [.. Enumerable.Repeat(0.25f, columns)], new float[FeatureSet.Signals * columns], new sbyte[Small.Buckets * LinearModel.MostColumns]);
    }

    public static Head Choice(string name, params string[] labels) => new(name, HeadKind.Choice, labels, new float[labels.Length]);

    public static Head Flags(string name, params string[] labels) => new(name, HeadKind.Flags, labels, [.. labels.Select(_ => 0.5f)]);

    public static byte[] FileOf(LinearModel model)
    {
        var file = new MemoryStream();
        ModelFile.Write(file, model, new TrainingRecord(7, [("some.tsv", new string('a', 64))]));
        return file.ToArray();
    }
}
