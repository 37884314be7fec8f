namespace Moderato.Scoring;

/// <summary>How features become numbers. Stored in the model file: weights are meaningless with other parameters.</summary>
/// <param name="BucketBits">2 to this power buckets, 12 to 22.</param>
/// <param name="ShortestNgram">Fewest characters of a character n-gram, boundary marks included, at least 1.</param>
/// <param name="LongestNgram">Most characters of one, at most 8.</param>
public sealed record FeatureParameters(int BucketBits, int ShortestNgram, int LongestNgram)
{
    public static FeatureParameters Default { get; } = new(BucketBits: 18, ShortestNgram: 2, LongestNgram: 5);

    public int Buckets => 1 << BucketBits;

    public bool AreValid => BucketBits is >= 12 and <= 22 && ShortestNgram >= 1 && ShortestNgram <= LongestNgram && LongestNgram <= 8;
}
